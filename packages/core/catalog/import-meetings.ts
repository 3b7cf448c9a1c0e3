import type { Meeting } from '@skills/contract/catalog.ts'
import { instantOf, isCivilDate } from '@skills/contract/time.ts'
import { asciiOf, clockText, dateText, partsOf } from './import-cells.ts'
import type { RemarkCode } from './import-remarks.ts'

/** A meeting of an imported run. `room` is null for what is not on site (live and video). */
export type ImportMeeting = Omit<Meeting, 'id' | 'venueId'>

const kinds: Record<string, Meeting['kind']> = {
  '': 'classroom',
  理论: 'classroom',
  面授: 'classroom',
  课堂: 'classroom',
  classroom: 'classroom',
  实操: 'practice',
  实训: 'practice',
  practice: 'practice',
  直播: 'live',
  live: 'live',
  录播: 'video',
  视频: 'video',
  video: 'video',
  考核: 'assessment',
  assessment: 'assessment',
}
const weekdays: Record<string, number> = { 日: 0, 天: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6 }
const english: Record<string, number> = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 }
const maxMeetings = 200
const day = 86_400_000

/** What is wrong with a schedule: the remark's code and its values. */
export interface MeetingFault {
  code: RemarkCode
  values?: Record<string, number>
}

/**
 * Reads the compact notation of meetings, parts between `;`: `2026-12-01 18:30-20:30 理论` or
 * `2026-12-01..2026-12-29 每周二四 18:30-20:30 实操` (also 每天, `Tue,Thu`, `daily`). Beijing time. Out: meetings in order of time, or the fault.
 */
export function meetingsOf(text: string, room: string | null): ImportMeeting[] | MeetingFault {
  const meetings: ImportMeeting[] = []
  for (const [index, part] of partsOf(asciiOf(text)).entries()) {
    const n = index + 1
    const read = readPart(dateText(part))
    if (read === undefined) return { code: 'meetings', values: { n } }
    if (read.to <= read.from) return { code: 'meeting-ends-first', values: { n } }
    if (read.dates.length === 0) return { code: 'meeting-none', values: { n } }
    const onSite = read.kind !== 'live' && read.kind !== 'video'
    for (const date of read.dates) {
      meetings.push({ startsAt: instantOf(date, read.from), endsAt: instantOf(date, read.to), kind: read.kind, room: onSite ? room : null })
    }
    if (meetings.length > maxMeetings) return { code: 'meetings-too-many', values: { max: maxMeetings } }
  }
  if (meetings.length === 0) return { code: 'meetings', values: { n: 1 } }
  meetings.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  const overlap = meetings.some((meeting, index) => index > 0 && meeting.startsAt < meetings[index - 1]!.endsAt)
  return overlap ? { code: 'meetings-overlap' } : meetings
}

function readPart(part: string): { dates: string[]; from: string; to: string; kind: Meeting['kind'] } | undefined {
  const date = String.raw`(\d{4}-\d{2}-\d{2})`
  const pattern = new RegExp(
    String.raw`^${date}(?:\s*(?:\.{2,3}|~|至|到)\s*${date}\s+(\S+))?\s+(\d{1,2}:\d{2})\s*[-–—~至到]\s*(\d{1,2}:\d{2})(?:\s+(\S+))?$`,
  )
  const [, first = '', last, repeat = '', start = '', end = '', word = ''] = pattern.exec(part) ?? []
  const from = clockText(start)
  const to = clockText(end)
  const kind = kinds[word.toLowerCase()]
  if (!isCivilDate(first) || from === undefined || to === undefined || kind === undefined) return undefined
  if (last === undefined) return { dates: [first], from, to, kind }
  const on = repeatDays(repeat)
  if (!isCivilDate(last) || last < first || on === undefined) return undefined
  const dates: string[] = []
  // The walk ends once there are more dates than a run may have meetings; the caller refuses that.
  for (let at = Date.parse(first); at <= Date.parse(last) && dates.length <= maxMeetings; at += day) {
    if (on.has(new Date(at).getUTCDay())) dates.push(new Date(at).toISOString().slice(0, 10))
  }
  return { dates, from, to, kind }
}

function repeatDays(text: string): Set<number> | undefined {
  if (/^(每天|每日|daily)$/i.test(text)) return new Set([0, 1, 2, 3, 4, 5, 6])
  const chinese = /^每?(?:周|星期)([一二三四五六日天、,]+)$/.exec(text)?.[1]
  const days = chinese
    ? [...chinese.replace(/[、,]/g, '')].map((letter) => weekdays[letter])
    : text.split(',').map((name) => english[name.toLowerCase().slice(0, 3)])
  return days.length === 0 || days.includes(undefined) ? undefined : new Set(days as number[])
}
