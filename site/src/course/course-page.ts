import type { CourseSnapshot } from '@skills/contract/snapshot.ts'
import { sceneOf } from '../art/scene-of.ts'
import { priceText } from '../catalog/price.ts'
import { termName, tradeName, word, type Taxonomy } from '../catalog/words.ts'
import { moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import { conditionText } from './conditions.ts'
import { ratingText } from '../rating/rating.text.ts'
import { courseText } from './course.text.ts'
import { runCard } from './run-card.ts'

/**
 * A course page whole, from its snapshot alone: the same at build and in the browser. `now` decides only between open, not yet open and closed;
 * at build it is when the snapshot was published.
 */
export function coursePage(snapshot: CourseSnapshot, taxonomy: Taxonomy, lang: Language, now: number): Html {
  const { course, provider, venues } = snapshot
  const w = courseText[lang]
  const image = course.images[0]
  // Who comes for a run that was merged finds it after the others, with the way to where it went.
  const merged = snapshot.runs.filter(({ run }) => run.state === 'cancelled' && run.mergedInto !== undefined)
  const runs = [
    ...snapshot.runs.filter(({ run }) => run.state !== 'draft' && run.state !== 'cancelled' && run.state !== 'completed'),
    ...merged,
  ]
  const fact = (name: string, value: string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`
  const hours = [course.theoryHours && w.theory(course.theoryHours), course.practiceHours && w.practice(course.practiceHours)]
    .filter(Boolean)
    .join(' · ')
  return html`<article class="wrap course" data-course="${course.id}">
    <nav class="crumbs no-print" aria-label="${lang === 'zh' ? '位置' : 'Breadcrumb'}">
      <a href="${at(lang, '/')}">${w.home}</a><span aria-hidden="true">/</span><a href="${at(lang, '/courses/')}">${w.courses}</a
      ><span aria-hidden="true">/</span
      ><a href="${at(lang, `/courses/?industry=${course.industry}`)}">${termName(taxonomy, 'industries', course.industry, lang)}</a>
    </nav>
    <header class="course-head">
      <div class="stack-s">
        <p class="row">
          <span class="label brand">${word('family', course.family, lang)}</span
          >${course.level ? html`<span class="label">${word('level', course.level, lang)}</span>` : ''}<span class="label"
            >${word('delivery', course.delivery, lang)}</span
          >
        </p>
        <h1>${say(course.title, lang)}</h1>
        <p class="lead">${say(course.summary, lang)}</p>
        <p class="soft">${icon('building')} ${say(provider.name, lang)}</p>
        <p class="no-print"><a class="button" href="#runs">${w.toRuns}</a></p>
      </div>
      <img
        class="course-art"
        src="${image?.src ?? sceneOf(course)}"
        width="${image?.width ?? 320}"
        height="${image?.height ?? 200}"
        alt="${image ? say(image.alt, lang) : ''}"
        fetchpriority="high"
      />
    </header>
    <div class="course-body">
      <section class="course-runs" id="runs" aria-labelledby="runs-title">
        <h2 id="runs-title">${w.runs}</h2>
        ${
          runs.length === 0
            ? html`<div class="notice">
                ${icon('info')}
                <div><strong>${w.noRuns}</strong>${w.noRunsHint}</div>
              </div>`
            : html`<ul class="tickets">
                  ${runs.map(({ run, free }) => runCard(run, free, venues, lang, now))}
                </ul>
                <p class="hint">${w.asOf(moment(snapshot.publishedAt, lang))}</p>`
        }
      </section>
      <div class="course-text">
        <section>
          <h2>${w.outcomes}</h2>
          <ul class="ticks">
            ${course.outcomes.map((outcome) => html`<li>${icon('check')}<span>${say(outcome, lang)}</span></li>`)}
          </ul>
        </section>
        <section>
          <h2>${w.audience}</h2>
          <p>${say(course.audience, lang)}</p>
        </section>
        <section>
          <h2>${w.conditions}</h2>
          ${
            course.conditions.length === 0
              ? html`<p>${w.noConditions}</p>`
              : html`<ul class="ticks">
                  ${course.conditions.map((condition) => html`<li>${icon('shield-check')}<span>${conditionText(condition, taxonomy, lang)}</span></li>`)}
                </ul>`
          }
        </section>
        <section>
          <h2>${w.facts}</h2>
          <dl class="table">
            ${fact(w.hours, hours)}${course.trade ? fact(w.trade, tradeName(taxonomy, course.trade, lang)) : ''}${course.level ? fact(w.level, word('level', course.level, lang)) : ''}${fact(w.delivery, word('delivery', course.delivery, lang))}${fact(w.language, course.languages.map((one) => word('language', one, lang)).join(' · '))}${fact(w.fee, priceText(course.feeFen, lang))}
          </dl>
          <p class="notice">${icon('info')}<span>${w.credential[course.family]}</span></p>
        </section>
        <section>
          <h2>${w.provider}</h2>
          <p><strong>${say(provider.name, lang)}</strong></p>
          <p class="soft">${say(provider.about, lang)}</p>
          <div data-place="quality" data-provider="${provider.id}"></div>
        </section>
      </div>
    </div>
    <section class="course-ratings" id="ratings" aria-labelledby="ratings-title">
      <h2 id="ratings-title">${ratingText[lang].ratings}</h2>
      <div data-place="ratings"><p class="soft">${ratingText[lang].loading}</p></div>
    </section>
  </article>`
}
