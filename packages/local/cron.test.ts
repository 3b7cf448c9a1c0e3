import { expect, it } from 'vitest'
import { readSchedule } from './cron.ts'

const due = (expression: string, at: string, zone?: string) => {
  const schedule = readSchedule(expression, zone)
  return 'minute' in schedule && schedule.minute(new Date(at))
}

it.each([
  ['rate(1 minute)', 60_000],
  ['rate(5 minutes)', 300_000],
  ['rate(2 hours)', 7_200_000],
  ['rate(1 day)', 86_400_000],
])('%s', (expression, everyMs) => {
  expect(readSchedule(expression)).toEqual({ everyMs })
})

it.each([
  ['cron(0 18 ? * MON-FRI *)', '2026-11-20T18:00:00Z', true],
  ['cron(0 18 ? * MON-FRI *)', '2026-11-21T18:00:00Z', false],
  ['cron(0 18 ? * MON-FRI *)', '2026-11-20T18:01:00Z', false],
  ['cron(0/15 * * * ? *)', '2026-11-21T03:45:00Z', true],
  ['cron(0/15 * * * ? *)', '2026-11-21T03:50:00Z', false],
  ['cron(0 9 1,15 JAN-MAR ? 2027)', '2027-02-15T09:00:00Z', true],
  ['cron(0 9 L * ? *)', '2028-02-29T09:00:00Z', true],
  ['cron(0 9 L * ? *)', '2028-02-28T09:00:00Z', false],
  ['cron(0 9 ? * 6L *)', '2026-11-27T09:00:00Z', true],
  ['cron(0 9 ? * 6L *)', '2026-11-20T09:00:00Z', false],
  ['cron(0 9 ? * TUE#2 *)', '2026-11-10T09:00:00Z', true],
  ['at(2026-11-21T08:00:00)', '2026-11-21T08:00:00Z', true],
])('%s at %s: %s', (expression, at, is) => {
  expect(due(expression, at)).toBe(is)
})

it('counts in the zone of the schedule', () => {
  expect(due('cron(0 8 * * ? *)', '2026-11-21T00:00:00Z', 'Asia/Shanghai')).toBe(true)
  expect(due('cron(0 8 * * ? *)', '2026-11-21T08:00:00Z', 'Asia/Shanghai')).toBe(false)
})

it('refuses what it cannot read', () => {
  expect(() => readSchedule('every day')).toThrow('not understood')
  expect(() => readSchedule('cron(61 * * * ? *)')).toThrow('61')
})
