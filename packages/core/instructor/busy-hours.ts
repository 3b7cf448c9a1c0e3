import { Refusal } from '@skills/contract/refusals.ts'
import { Script } from 'node:vm'
import ical from 'ical.js'
import { boundedEvent, boundedZones } from './calendar-bounds.ts'

/** What is read out of one calendar: so many events, steps through repetitions in all, and busy times; nothing further ahead than a year. */
const most = { events: 5_000, steps: 50_000, times: 400, days: 366 }
/** How long one calendar is read, milliseconds; hundreds of real ones are read in that time. */
const longest = 5_000

const unreadable = (zh: string, en: string) => new Refusal('calendar-unreadable', { reason: { zh, en } })

/**
 * The times at which somebody is busy by her calendar (iCalendar, RFC 5545), from `now` for a year, merged where they touch: instants and nothing else. Titles, places and people are
 * never looked at. Events that are free (TRANSP), cancelled or over are left out; repetitions, exceptions and time zones count; times without a zone are Beijing's.
 * Refuses `calendar-unreadable` for what is no calendar or holds too much.
 */
export function busyHours(text: string, now: string): { from: string; to: string }[] {
  try {
    // What its rules cost is judged before; should one be overlooked, the reading is stopped from outside.
    const found: unknown = new Script('read()').runInNewContext({ read: () => readBusy(text, now) }, { timeout: longest })
    return found as { from: string; to: string }[]
  } catch (error) {
    if (error instanceof Refusal) throw error
    // The library says what is wrong in words of the file; they may be private.
    throw unreadable('不是有效的日历文件（.ics）', 'it is no calendar file (.ics)')
  }
}

function readBusy(text: string, now: string): { from: string; to: string }[] {
  const until = new Date(Date.parse(now) + most.days * 86_400_000).toISOString()
  const busy: { from: string; to: string }[] = []
  let left = most.steps
  const spend = () => {
    if ((left -= 1) < 0) throw unreadable('重复日程太多', 'its events repeat too often')
  }
  const events = eventsOf(text, Number(now.slice(0, 4)))
  // A changed repetition is an event of its own that names the one it replaces.
  const changes = Map.groupBy(
    events.filter((event) => event.isRecurrenceException()),
    ({ uid }) => uid,
  )
  for (const event of events.filter((one) => !one.isRecurrenceException())) {
    for (const change of changes.get(event.uid) ?? []) {
      spend()
      event.relateException(change)
    }
    for (const { from, to } of timesOf(event, now, until, spend)) if (from < to && to > now && from < until) busy.push({ from, to })
  }
  const merged = merge(busy)
  if (merged.length > most.times) throw unreadable(`忙碌时间超过 ${most.times} 段`, `it holds more than ${most.times} busy times`)
  return merged
}

function eventsOf(text: string, year: number): ical.Event[] {
  const calendar = new ical.Component(ical.parse(text) as unknown[])
  if (calendar.name !== 'vcalendar') throw new Error('no calendar')
  const found = calendar.getAllSubcomponents('vevent')
  if (found.length > most.events) throw unreadable(`日程超过 ${most.events} 条`, `it holds more than ${most.events} events`)
  const busy = found.filter((one) => one.hasProperty('dtstart') && blocks(one))
  if (!boundedZones(calendar) || !busy.every((one) => boundedEvent(one, year)))
    throw unreadable('有的日程或时区的重复规则不受支持', 'an event or a time zone repeats by a rule that is not supported')
  return busy.map((one) => new ical.Event(one))
}

/** Whether an event keeps somebody busy. */
function blocks(event: ical.Component): boolean {
  const said = (name: string) => String(event.getFirstPropertyValue(name) ?? '').toUpperCase()
  return said('transp') !== 'TRANSPARENT' && said('status') !== 'CANCELLED'
}

function* timesOf(event: ical.Event, now: string, until: string, spend: () => void): Generator<{ from: string; to: string }> {
  if (!event.isRecurring()) {
    yield { from: instant(event.startDate), to: instant(event.endDate) }
    return
  }
  const all = event.iterator()
  for (;;) {
    spend()
    const next = all.next() as ical.Time | undefined
    if (next === undefined || instant(next) >= until) return
    const { startDate, endDate } = event.getOccurrenceDetails(next)
    if (instant(endDate) > now) yield { from: instant(startDate), to: instant(endDate) }
  }
}

/** The instant of a calendar's time; one without a zone, and a whole day, are Beijing's. */
function instant(time: ical.Time): string {
  const floating = time.isDate || time.zone === ical.Timezone.localTimezone
  if (!floating) return time.toJSDate().toISOString()
  const pad = (value: number) => String(value).padStart(2, '0')
  const wall = `${time.year}-${pad(time.month)}-${pad(time.day)}T${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}`
  return new Date(Date.parse(`${wall}+08:00`)).toISOString()
}

/** Times in order, with those that overlap or touch made one. */
function merge(times: readonly { from: string; to: string }[]): { from: string; to: string }[] {
  const merged: { from: string; to: string }[] = []
  for (const { from, to } of times.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1)
    if (last === undefined || from > last.to) merged.push({ from, to })
    else if (to > last.to) last.to = to
  }
  return merged
}
