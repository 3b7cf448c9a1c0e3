import { moment } from '../dates.ts'
import { html, raw, type Html } from '../html.ts'
import type { Language } from '../language.ts'

export type Registration = 'not-open' | 'open' | 'closed' | 'cancelled'

const words = {
  zh: {
    left: (n: number, all: number) => `余 ${n} / ${all} 座`,
    none: '已满',
    few: (n: number) => `仅剩 ${n} 座`,
    'not-open': '未开放',
    open: '正在报名',
    opens: (text: string) => `${text} 开抢`,
    closed: '报名截止',
    cancelled: '已取消',
  },
  en: {
    left: (n: number, all: number) => `${n} of ${all} left`,
    none: 'Sold out',
    few: (n: number) => `Only ${n} left`,
    'not-open': 'Not open yet',
    open: 'Open now',
    opens: (text: string) => `Opens ${text}`,
    closed: 'Closed',
    cancelled: 'Cancelled',
  },
}

/** Whether registration of a run is open, by the clock alone. */
export const registrationAt = (opensAt: string, closesAt: string, now: number): Registration =>
  now < Date.parse(opensAt) ? 'not-open' : now < Date.parse(closesAt) ? 'open' : 'closed'

/** Registration of a run in a word or two; the day it opens when it has not yet. */
export function registrationLabel(registration: Registration, opensAt: string, lang: Language): Html {
  const w = words[lang]
  const said = registration === 'open' ? w.open : registration === 'not-open' ? w.opens(moment(opensAt, lang)) : w[registration]
  const look = registration === 'open' ? 'good-news' : registration === 'not-open' ? 'warn' : ''
  return html`<span class="label ${look}" data-opens="${opensAt}">${said}</span>`
}

/** `many`, `few` (a seventh or less, or five) or `none`: what the meter's color says. */
export const scarcity = (free: number, capacity: number) => (free <= 0 ? 'none' : free <= 5 || free * 7 <= capacity ? 'few' : 'many')

/** Seats as twenty little blocks, taken ones first, and the same in words. Always of one size, whatever it says. */
export function seatMeter(runId: string, free: number, capacity: number, registration: Registration, lang: Language): Html {
  const w = words[lang]
  const state = scarcity(free, capacity)
  const said =
    registration === 'open'
      ? state === 'none'
        ? w.none
        : state === 'few'
          ? w.few(free)
          : w.left(free, capacity)
      : registration === 'not-open'
        ? w.left(free, capacity)
        : w[registration]
  const taken = free <= 0 ? 20 : Math.min(19, Math.max(free < capacity ? 1 : 0, Math.round(((capacity - free) / capacity) * 20)))
  const blocks = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `M${(from + i) * 7} 0h5v10h-5z`).join('')
  return html`<span class="seats" data-run="${runId}" data-capacity="${capacity}" data-state="${state}"
    ><span class="seats-text">${said}</span
    >${raw(`<svg viewBox="0 0 138 10" aria-hidden="true" preserveAspectRatio="none"><path class="taken" d="${blocks(0, taken)}"/><path class="free" d="${blocks(taken, 20)}"/></svg>`)}</span
  >`
}
