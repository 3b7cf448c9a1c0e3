import { aspects, type MyRating, type RatingInput, type RatingOffer } from '@skills/contract/ratings.ts'
import { html, icon, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { ratingText } from './rating.text.ts'

/** One to five stars as radio buttons: arrow keys move, each is named. `none` adds the choice to leave it. */
function starField(name: string, legend: string, chosen: number | undefined, lang: Language, none = false): Html {
  const w = ratingText[lang]
  const radio = (value: string, label: string, shown: Html | string, kind: string) =>
    html`<label class="${kind}" title="${label}"
      ><input type="radio" name="${name}" value="${value}" ${String(chosen ?? '') === value ? 'checked' : ''} /><span class="unseen"
        >${label}</span
      >${shown}</label
    >`
  return html`<fieldset class="star-field" data-field="${name}" aria-describedby="${name}-error">
    <legend>${legend}</legend>
    <div class="star-choice">
      ${[1, 2, 3, 4, 5].map((stars) => radio(String(stars), `${w.star(stars)} · ${w.words[stars - 1] ?? ''}`, icon('star'), 'star'))}${
        none ? radio('', w.noStars, html`<span aria-hidden="true">${w.noStars}</span>`, 'no-star') : ''
      }
    </div>
    <p class="field-error" id="${name}-error"></p>
  </fieldset>`
}

/** The form: five aspects, words, instructors, and whether to be named. Filled with what was said before, where there is something. */
export function rateForm({ author, instructors }: RatingOffer, before: MyRating | null, lang: Language): Html {
  const w = ratingText[lang]
  return html`<form id="rate" class="card stack" novalidate>
    ${aspects.map((aspect) => starField(aspect, w.aspects[aspect], before?.aspects[aspect], lang))}
    <div class="field" data-field="text">
      <label for="text">${w.text}</label><span class="hint" id="text-hint">${w.textHint}</span>
      <textarea id="text" name="text" rows="4" maxlength="1000" aria-describedby="text-hint text-error">${before?.text ?? ''}</textarea>
      <p class="field-error" id="text-error"></p>
    </div>
    ${
      instructors.length === 0
        ? ''
        : html`<section class="stack-s" aria-labelledby="teachers">
            <h2 id="teachers">${w.teachers}</h2>
            ${instructors.map(({ id, name }) => {
              const given = before?.instructors.find(({ instructorId }) => instructorId === id)?.stars
              return starField(id, say(name, lang), given, lang, true)
            })}
          </section>`
    }
    <label class="tick"
      ><input type="checkbox" name="anonymous" ${before !== null && before.author === null ? 'checked' : ''} /><span
        >${w.anonymous}<span class="hint block">${w.anonymousHint(author)}</span></span
      ></label
    >
    <section class="rating-preview" aria-labelledby="preview-title">
      <h2 id="preview-title">${w.preview}</h2>
      <div id="preview"></div>
    </section>
    <div id="rate-said" role="status" tabindex="-1"></div>
    <div class="row">
      <button class="button big" type="submit">${before === null ? w.send : w.save}</button>
      ${before === null ? '' : html`<button class="button plain" type="button" id="leave-it">${w.cancel}</button>`}
    </div>
  </form>`
}

/** What the form says now; aspects that have no stars yet are zero. */
export function readForm(form: HTMLFormElement, { instructors }: RatingOffer): RatingInput {
  const data = new FormData(form)
  const stars = (name: string) => Number(data.get(name) ?? 0)
  const text = String(data.get('text') ?? '').trim()
  return {
    aspects: {
      content: stars('content'),
      teaching: stars('teaching'),
      organisation: stars('organisation'),
      venue: stars('venue'),
      usefulness: stars('usefulness'),
    },
    text: text === '' ? null : text,
    instructors: instructors.flatMap(({ id }) => (stars(id) === 0 ? [] : [{ instructorId: id, stars: stars(id) }])),
    anonymous: data.get('anonymous') !== null,
  }
}
