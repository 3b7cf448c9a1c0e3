import type { Meeting } from '@skills/contract/catalog.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import { weekdayName, weekdayOf } from '../dates.ts'
import { raw, type Html } from '../html.ts'
import type { Language } from '../language.ts'

const parts = { zh: ['上午', '下午', '晚上'], en: ['a.m.', 'p.m.', 'Evening'] }
const partOf = (instant: string) => {
  const hour = Number(clockAt(instant).slice(0, 2))
  return hour < 12 ? 0 : hour < 18 ? 1 : 2
}
/** Monday first, as Chinese calendars print it. */
const column = (instant: string) => (weekdayOf(dateAt(instant)) + 6) % 7
const week = [1, 2, 3, 4, 5, 6, 0]

/** When a run meets, as people say it: `周二、周四 19:30–21:30，共 12 次`. */
export function meetingPattern(meetings: readonly Meeting[], lang: Language): string {
  const days = [...new Set(meetings.map((meeting) => column(meeting.startsAt)))].sort((a, b) => a - b)
  const clocks = [...new Set(meetings.map((meeting) => `${clockAt(meeting.startsAt)}–${clockAt(meeting.endsAt)}`))]
  const names = days.map((at) => weekdayName(week[at] ?? 0, lang))
  const said =
    days.length === 7
      ? lang === 'zh'
        ? '每天'
        : 'every day'
      : days.length > 3 && days.at(-1)! - days[0]! === days.length - 1
        ? `${names[0]}${lang === 'zh' ? '至' : '–'}${names.at(-1)}`
        : names.join(lang === 'zh' ? '、' : ', ')
  const clock = clocks.length === 1 ? ` ${clocks[0]}` : ''
  return lang === 'zh'
    ? `${said}${clock}，共 ${meetings.length} 次`
    : `${said}${clock}, ${meetings.length} meeting${meetings.length === 1 ? '' : 's'}`
}

/** The week of a run as a little grid, seven days by three parts of the day: darker where it meets more often. */
export function weekStrip(meetings: readonly Meeting[], lang: Language): Html {
  const counts = new Map<number, number>()
  for (const meeting of meetings) {
    const cell = partOf(meeting.startsAt) * 7 + column(meeting.startsAt)
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  const most = Math.max(1, ...counts.values())
  const cells = Array.from({ length: 21 }, (_, cell) => {
    const count = counts.get(cell) ?? 0
    const grade = count === 0 ? 0 : count * 3 > most * 2 ? 3 : count * 3 > most ? 2 : 1
    return `<rect x="${52 + (cell % 7) * 30}" y="${20 + Math.floor(cell / 7) * 18}" width="27" height="15" rx="3" class="cell-${grade}"/>`
  })
  const heads = week.map(
    (name, i) => `<text x="${65.5 + i * 30}" y="13" text-anchor="middle">${weekdayName(name, lang).replace('周', '')}</text>`,
  )
  const rows = parts[lang].map((name, i) => `<text x="46" y="${32 + i * 18}" text-anchor="end">${name}</text>`)
  return raw(
    `<svg class="week" viewBox="0 0 262 74" width="262" height="74" role="img" aria-label="${meetingPattern(meetings, lang)}">${heads.join('')}${rows.join('')}${cells.join('')}</svg>`,
  )
}
