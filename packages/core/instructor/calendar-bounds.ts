import type ical from 'ical.js'

/** What a repetition may be made of, so that the next time is found in a number of steps that is known before (RFC 5545, 3.3.10); and the most steps between two times. */
const rules: Partial<Record<string, { parts: readonly string[]; interval: number }>> = {
  DAILY: { parts: ['BYDAY', 'BYMONTH', 'BYMONTHDAY'], interval: 366 },
  WEEKLY: { parts: ['BYDAY', 'BYMONTH'], interval: 104 },
  MONTHLY: { parts: ['BYDAY', 'BYMONTH', 'BYMONTHDAY', 'BYSETPOS'], interval: 120 },
  YEARLY: { parts: ['BYDAY', 'BYMONTH', 'BYMONTHDAY', 'BYSETPOS'], interval: 10 },
}
const most = { values: 62, zoneRules: 200, yearsAhead: 30, durationSeconds: 366 * 86_400 }
const firstYear = 1600
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const everyMonth = longest.map((_, place) => place + 1)

/**
 * Whether repetitions by a rule are found in bounded time: no finer than days, no more parts than are allowed, and days that exist. A day that never comes (30 February) is looked for
 * without an end otherwise.
 */
function boundedRule({ freq, interval, parts }: ical.Recur): boolean {
  const rule = rules[freq]
  const names = Object.keys(parts)
  if (rule === undefined || interval < 1 || interval > rule.interval || names.some((name) => !rule.parts.includes(name))) return false
  const lists = Object.values(parts) as unknown[][]
  if (lists.some((values) => values.length === 0 || values.length > most.values)) return false
  // Each second Tuesday counted in days may never be met; a fifth Monday that is a 3rd never is.
  if (freq === 'DAILY' && interval !== 1 && names.length > 0) return false
  const numbered = (parts.BYDAY ?? []).some((day) => /\d/.test(String(day)))
  if (numbered && (freq === 'DAILY' || freq === 'WEEKLY' || parts.BYMONTHDAY !== undefined)) return false
  const months = (parts.BYMONTH ?? everyMonth).map(Number)
  return (parts.BYMONTHDAY ?? [1])
    .map(Number)
    .some((day) => day !== 0 && months.some((month) => Math.abs(day) <= (longest[month - 1] ?? 0)))
}

/** Whether the times of an event lie in years that somebody living plans in, and its repetitions are bounded. In: the year it is. */
export function boundedEvent(event: ical.Component, year: number): boolean {
  const values = (...names: string[]) =>
    names.flatMap((name) => event.getAllProperties(name).flatMap((one) => one.getValues() as unknown[]))
  const years = values('dtstart', 'dtend', 'rdate', 'exdate', 'recurrence-id').map((value) => (value as Partial<ical.Time>).year)
  if (years.some((one) => one === undefined || one < firstYear || one > year + most.yearsAhead)) return false
  const lasting = values('duration').map((value) => Math.abs((value as ical.Duration).toSeconds()))
  return lasting.every((seconds) => seconds <= most.durationSeconds) && values('rrule').every((one) => boundedRule(one as ical.Recur))
}

/** Whether the time zones that a calendar brings change yearly, as clocks do, and are not too many. */
export function boundedZones(calendar: ical.Component): boolean {
  const changes = calendar.getAllSubcomponents('vtimezone').flatMap((zone) => zone.getAllSubcomponents())
  const found = changes.flatMap((one) => one.getAllProperties('rrule').map((rule) => rule.getFirstValue() as ical.Recur))
  return changes.length <= most.zoneRules && found.every((rule) => rule.freq === 'YEARLY' && rule.interval === 1 && boundedRule(rule))
}
