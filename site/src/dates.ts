import { clockAt, dateAt } from '@skills/contract/time.ts'
import type { Language } from './language.ts'

const weekdays = { zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] }
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Day of the week of a civil date, Sunday is 0. */
export const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay()

/** The name of a day of the week. */
export const weekdayName = (day: number, lang: Language) => weekdays[lang][day] ?? ''

/** A civil date as people say it: `11月26日` or `26 Nov`. */
function shortDate(date: string, lang: Language): string {
  const [, month = '1', day = '1'] = date.split('-')
  return lang === 'zh' ? `${Number(month)}月${Number(day)}日` : `${Number(day)} ${months[Number(month) - 1] ?? ''}`
}

/** An instant as a day: `11月26日 周四`, `Thu 26 Nov`. Shanghai time, as every date of the house. */
function day(instant: string, lang: Language): string {
  const date = dateAt(instant)
  const name = weekdayName(weekdayOf(date), lang)
  return lang === 'zh' ? `${shortDate(date, lang)} ${name}` : `${name} ${shortDate(date, lang)}`
}

/** An instant with its clock: `11月26日 周四 19:30`. */
export const moment = (instant: string, lang: Language) => `${day(instant, lang)} ${clockAt(instant)}`

/** From–to of two instants, shortened when they fall on one day. */
export function span(from: string, to: string, lang: Language): string {
  const a = dateAt(from)
  const b = dateAt(to)
  return a === b ? day(from, lang) : `${shortDate(a, lang)} – ${shortDate(b, lang)}`
}

/** The two ends of one meeting: `11月26日 周四 19:30–21:30`. */
export const meetingTime = (from: string, to: string, lang: Language) => `${moment(from, lang)}–${clockAt(to)}`

/** How long until an instant, in whole parts. Nothing when it is past. */
export function until(instant: string, now: number): { days: number; hours: number; minutes: number; seconds: number } | undefined {
  const left = Math.ceil((Date.parse(instant) - now) / 1000)
  if (left <= 0) return undefined
  return { days: Math.floor(left / 86400), hours: Math.floor(left / 3600) % 24, minutes: Math.floor(left / 60) % 60, seconds: left % 60 }
}
