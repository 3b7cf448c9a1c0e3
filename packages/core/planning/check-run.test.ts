import type { RunInput } from '@skills/contract/planning.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { expect, it } from 'vitest'
import { checkRun } from './check-run.ts'

const now = '2026-12-01T02:00:00.000Z'
const planned = (day: string, opensAt = '2026-12-01T01:00:00.000Z'): RunInput => ({
  name: { zh: '电工夜校', en: 'Evening electricians' },
  opensAt,
  closesAt: '2026-12-02T01:00:00.000Z',
  capacity: 30,
  priceFen: 0,
  cancelUntilMinutes: 60,
  policy: 'standard',
  region: '460100',
  venueId: null,
  tentative: null,
  onHolidays: true,
  meetings: [{ startsAt: `${day}T10:00:00.000Z`, endsAt: `${day}T12:00:00.000Z`, kind: 'live', venueId: null, room: null, devices: [] }],
})
const wrong = (input: RunInput) => {
  try {
    checkRun(input, { venues: new Map(), before: [], now })
    return []
  } catch (error) {
    return (error as Refusal).errors.map(({ pointer, code }) => `${pointer} ${code}`)
  }
}

it('a run is planned two years ahead and no further, and opens a year ago at the earliest', () => {
  expect(wrong(planned('2028-11-29'))).toEqual([])
  expect(wrong(planned('2028-12-01'))).toEqual(['#/meetings/0/startsAt too-far'])
  expect(wrong(planned('9999-12-28'))).toEqual(['#/meetings/0/startsAt too-far'])
  expect(wrong(planned('2026-12-16', '0001-01-01T00:00:00.000Z'))).toEqual(['#/opensAt opens-long-ago'])
})

it('who plans on a holiday, or twice at once, reads what is free near by', () => {
  const errors = (input: RunInput) => {
    try {
      checkRun(input, { venues: new Map(), before: [], now })
      return []
    } catch (error) {
      return (error as Refusal).errors.map(({ code, detail }) => [code, detail.zh])
    }
  }
  const newYear = errors({ ...planned('2027-01-01'), onHolidays: false })
  expect(newYear).toEqual([['on-a-holiday', expect.stringMatching(/可以改为：.*2026-12-31 18:00/)]])
  const [evening] = planned('2026-12-16').meetings
  const twice = { ...planned('2026-12-16'), meetings: [evening!, { ...evening!, startsAt: '2026-12-16T11:00:00.000Z' }] }
  expect(errors(twice)).toEqual([['meetings-overlap', expect.stringMatching(/可以改为：/)]])
})
