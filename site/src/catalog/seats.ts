import { html, raw, type Html } from '../html.ts'
import type { Language } from '../language.ts'

export type Registration = 'not-open' | 'open' | 'closed' | 'cancelled'

const words = {
  zh: { left: (n: number, all: number) => `余 ${n} / ${all} 座`, none: '已满', few: (n: number) => `仅剩 ${n} 座`, 'not-open': '未开放', closed: '报名截止', cancelled: '已取消' },
  en: { left: (n: number, all: number) => `${n} of ${all} left`, none: 'Sold out', few: (n: number) => `Only ${n} left`, 'not-open': 'Not open yet', closed: 'Closed', cancelled: 'Cancelled' },
}

/** Whether registration of a run is open, by the clock alone. */
export const registrationAt = (opensAt: string, closesAt: string, now: number): Registration =>
  now < Date.parse(opensAt) ? 'not-open' : now < Date.parse(closesAt) ? 'open' : 'closed'

/** `many`, `few` (a seventh or less, or five) or `none`: what the meter's color says. */
export const scarcity = (free: number, capacity: number) => (free <= 0 ? 'none' : free <= 5 || free * 7 <= capacity ? 'few' : 'many')

/** Seats as twenty little blocks, taken ones first, and the same in words. Always of one size, whatever it says. */
export function seatMeter(runId: string, free: number, capacity: number, registration: Registration, lang: Language): Html {
  const w = words[lang]
  const state = scarcity(free, capacity)
  const said = registration === 'open' ? (state === 'none' ? w.none : state === 'few' ? w.few(free) : w.left(free, capacity)) : registration === 'not-open' ? w.left(free, capacity) : w[registration]
  const taken = free <= 0 ? 20 : Math.min(19, Math.max(free < capacity ? 1 : 0, Math.round(((capacity - free) / capacity) * 20)))
  const blocks = Array.from({ length: 20 }, (_, i) => `<rect x="${i * 7}" width="5" height="10" rx="1.500" class="${i < taken ? 'taken' : 'free'}"/>`).join('')
  return html`<span class="seats" data-run="${runId}" data-capacity="${capacity}" data-state="${state}"><span class="seats-text">${said}</span>${raw(`<svg viewBox="0 0 138 10" aria-hidden="true" preserveAspectRatio="none">${blocks}</svg>`)}</span>`
}
