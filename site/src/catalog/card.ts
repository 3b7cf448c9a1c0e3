import type { CourseRow, RunRow } from '@skills/contract/snapshot.ts'
import { sceneOf } from '../art/scene-of.ts'
import { moment, span } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { at, type Language } from '../language.ts'
import { priceTag } from './price.ts'
import { registrationAt, seatMeter } from './seats.ts'
import { word } from './words.ts'

const words = {
  zh: {
    hours: (n: number) => `${n} 课时`,
    opens: '开抢',
    starts: '开课',
    none: '近期没有开班',
    from: '起',
    rated: (mean: string, n: number) => `评价 ${mean} 分，${n} 条`,
  },
  en: {
    hours: (n: number) => `${n} h`,
    opens: 'Opens',
    starts: 'Starts',
    none: 'No run scheduled',
    from: 'from ',
    rated: (mean: string, n: number) => `Rated ${mean} out of 5 by ${n}`,
  },
}

/** The run a card speaks of: open with seats, else the one that opens next, else one that is open, else the last. */
export function shownRun(row: CourseRow, now: number): RunRow | undefined {
  const rank = (run: RunRow) => {
    const registration = registrationAt(run[1], run[2], now)
    return registration === 'open' ? (run[7] > 0 ? 0 : 2) : registration === 'not-open' ? 1 : 3
  }
  return row.r.reduce<RunRow | undefined>((best, run) => (!best || rank(run) < rank(best) ? run : best), undefined)
}

/** One course as goods on a shelf. `run` is the run it speaks of, the best one unless another is given. */
export function card(row: CourseRow, lang: Language, now: number, provider: string, run = shownRun(row, now), eager = false): Html {
  const w = words[lang]
  const registration = run && registrationAt(run[1], run[2], now)
  const when = !run ? w.none : registration === 'not-open' ? `${moment(run[1], lang)} ${w.opens}` : `${span(run[3], run[4], lang)}`
  return html`<li class="good">
    <div class="good-box">
      <img
        class="good-art"
        src="${row.m ?? sceneOf({ id: row.id, industry: row.n, family: row.f, trade: row.d })}"
        width="320"
        height="200"
        alt=""
        ${eager ? '' : 'loading=lazy'}
        decoding="async"
      />
      <div class="good-text">
        <h3><a href="${at(lang, `/courses/${row.id}/`)}">${lang === 'zh' ? row.t : row.e}</a></h3>
        <p class="good-facts">
          <span class="label brand">${row.l ? word('level', row.l, lang) : word('family', row.f, lang)}</span
          ><span class="label">${word('delivery', row.v, lang)}</span><span class="label">${w.hours(row.h)}</span>${rated(row, lang)}
        </p>
        <p class="good-who">${provider}</p>
        <p class="good-when">${icon(registration === 'not-open' ? 'bell' : 'calendar-days')}<span>${when}</span></p>
      </div>
    </div>
    <div class="good-rail">
      ${priceTag(run ? run[5] : row.c, lang)}${run && registration ? seatMeter(run[0], run[7], run[6], registration, lang) : ''}
    </div>
  </li>`
}

/** The mean of a course's ratings, once there are enough of them. */
const rated = ({ s }: CourseRow, lang: Language) =>
  s === undefined || s[1] === null
    ? ''
    : html`<span class="label rated"
        >${icon('star')}<span aria-hidden="true">${(s[1] / 100).toFixed(1)} (${s[0]})</span
        ><span class="unseen">${words[lang].rated((s[1] / 100).toFixed(1), s[0])}</span></span
      >`

/** Places for `count` cards while the catalog is on its way: of the size of what comes. */
export const cardBones = (count: number): Html[] =>
  Array.from(
    { length: count },
    () =>
      html`<li class="good" aria-hidden="true">
        <div class="good-box">
          <span class="good-art bone"></span>
          <div class="good-text">
            <h3><span class="bone">&emsp;&emsp;&emsp;&emsp;&emsp;&emsp;</span></h3>
            <p class="good-facts"><span class="bone">&emsp;&emsp;&emsp;&emsp;&emsp;&emsp;&emsp;</span></p>
            <p class="good-who"><span class="bone">&emsp;&emsp;&emsp;&emsp;&emsp;&emsp;&emsp;&emsp;</span></p>
            <p class="good-when"><span class="bone">&emsp;&emsp;&emsp;&emsp;&emsp;&emsp;</span></p>
          </div>
        </div>
        <div class="good-rail"></div>
      </li>`,
  )
