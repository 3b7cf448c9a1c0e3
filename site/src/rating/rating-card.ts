import { aspects, type PublicRating, type RatingSummary } from '@skills/contract/ratings.ts'
import { dateAt } from '@skills/contract/time.ts'
import { html, icon, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { ratingText } from './rating.text.ts'

/** The stars of a rating, aspect by aspect. */
function aspectList(of: PublicRating['aspects'], lang: Language): Html {
  const w = ratingText[lang]
  return html`<dl class="aspect-stars">
    ${aspects.map(
      (aspect) =>
        html`<div>
          <dt>${w.aspects[aspect]}</dt>
          <dd>
            ${icon('star')}<span class="figures" aria-hidden="true">${of[aspect] === 0 ? '–' : of[aspect]}</span
            ><span class="unseen">${w.star(of[aspect])}</span>
          </dd>
        </div>`,
    )}
  </dl>`
}

/** A rating as everybody sees it. */
export function ratingCard(rating: PublicRating, lang: Language): Html {
  const w = ratingText[lang]
  const { author, runName, text, at, changedAt, answer, fold } = rating
  return html`<article class="rating" data-rating="${rating.id}">
    <p class="row">
      <strong>${author ?? w.anonymousName}</strong>
      <span class="small soft">${say(runName, lang)} · ${dateAt(at)}${changedAt === null ? '' : ` · ${w.changed}`}</span>
    </p>
    ${aspectList(rating.aspects, lang)}${text === null ? '' : html`<p class="rating-words" dir="auto">${text}</p>`}
    ${
      fold === null
        ? ''
        : html`<div class="notice warn">
            ${icon('info')}
            <div><strong>${w.folded}：${w.fold[fold.reason]}</strong>${fold.sentence}</div>
          </div>`
    }
    ${
      answer === null
        ? ''
        : html`<div class="rating-answer">
            <p class="small soft">${w.answer} · ${dateAt(answer.changedAt ?? answer.at)}</p>
            <p class="rating-words" dir="auto">${answer.text}</p>
          </div>`
    }
  </article>`
}

/** What the ratings come to: mean, number, a bar for each aspect; below three how many are missing. And how it is reckoned. */
export function ratingSummary(figures: RatingSummary, lang: Language): Html {
  const w = ratingText[lang]
  const { count, overallHundredths, missing } = figures
  if (count === 0) return html`<p class="soft"><strong>${w.none}</strong> ${w.noneHint}</p>`
  return html`<div class="rating-summary">
    ${
      overallHundredths === null
        ? html`<p><strong>${w.count(count)}</strong> <span class="soft">${w.missing(missing)}</span></p>`
        : html`<p class="rating-mean">
              <strong class="figures">${(overallHundredths / 100).toFixed(1)}</strong>
              <span class="soft">${w.outOf} · ${w.count(count)}</span>
            </p>
            <dl class="rating-bars">
              ${aspects.map((aspect) => {
                const mean = figures.aspects[aspect] ?? 0
                return html`<div>
                  <dt>${w.aspects[aspect]}</dt>
                  <dd>
                    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                      <rect class="rail" width="100" height="8" />
                      <rect class="fill" width="${Math.round(mean / 5)}" height="8" />
                    </svg>
                    <span class="figures">${(mean / 100).toFixed(1)}</span>
                  </dd>
                </div>`
              })}
            </dl>`
    }
    <details>
      <summary>${w.how}</summary>
      <p class="small">${w.howText}</p>
    </details>
  </div>`
}
