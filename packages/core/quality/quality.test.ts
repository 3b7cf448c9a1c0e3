import { expect, test } from 'vitest'
import { toldToComplainant } from './complaint-words.ts'
import type { Said } from './complaint.ts'
import { basisPoints, ratesOf, windowAt } from './quality.ts'
import { countsOf, type QualityFacts } from './quality-facts.ts'
import { termEnd } from './terms.ts'

const none = {
  complaints: 0,
  answersDue: 0,
  answeredInTime: 0,
  decided: 0,
  upheld: 0,
  runs: 0,
  cancelled: 0,
  credited: 0,
  attended: 0,
  completed: 0,
}

test('rates are whole basis points, half up; fewer than five who attended have none', () => {
  expect([basisPoints(1, 3), basisPoints(2, 3), basisPoints(1, 8), basisPoints(0, 7), basisPoints(7, 7), basisPoints(0, 0)]).toEqual([
    3333,
    6667,
    1250,
    0,
    10_000,
    null,
  ])
  const counts = { ...none, complaints: 2, answersDue: 2, answeredInTime: 1, runs: 4, cancelled: 1, credited: 6, attended: 5, completed: 4 }
  expect(ratesOf(counts)).toEqual({ response: 5000, complaint: 4000, upheld: null, cancellation: 2500, attendance: 6667, pass: null })
  expect(Object.values(ratesOf({ ...counts, attended: 4 }))).toEqual([null, null, null, null, null, null])
})

test('the window is the 365 days before the day', () => {
  expect(windowAt('2026-12-01T16:00:00.000Z')).toEqual({ since: '2025-12-02', until: '2026-12-02' })
})

test('terms end with their last working day: over a holiday and a worked weekend', () => {
  expect(termEnd('2026-12-01T02:00:00.000Z', 5)).toBe('2026-12-08T16:00:00.000Z')
  // Friday, 18 September 2026: Sunday the 20th is worked; the 25th to 27th are Mid-Autumn.
  expect(termEnd('2026-09-18T02:00:00.000Z', 5)).toBe('2026-09-24T16:00:00.000Z')
  expect(termEnd('2026-09-18T02:00:00.000Z', 6)).toBe('2026-09-28T16:00:00.000Z')
})

test('a cancelled run counts where somebody had a seat; force majeure and a minimum that was not reached do not', () => {
  const meetings = [
    { id: 'mtg', startsAt: '2026-11-01T10:00:00.000Z', endsAt: '2026-11-01T12:00:00.000Z', kind: 'live', venueId: null, room: null },
  ] as never
  const run = (state: string, more: object = {}, tentative?: object) =>
    ({
      run: { id: 'run', state, meetings, closesAt: '', tentative },
      version: 1,
      seated: true,
      excused: false,
      ...more,
    }) as QualityFacts['runs'][number]
  const minimum = { minimum: 5, decideAt: '2026-10-30T00:00:00.000Z' }
  const counts = (...runs: QualityFacts['runs']) => {
    const { runs: all, cancelled } = countsOf({ runs, credits: [], complaints: [] }, { since: '2025-12-01', until: '2026-12-01' }, '')
    return [all, cancelled]
  }
  expect(counts(run('completed'), run('cancelled'))).toEqual([2, 1])
  expect(counts(run('cancelled', { excused: true }), run('cancelled', { seated: false }), run('draft'))).toEqual([0, 0])
  expect(counts(run('cancelled', {}, { ...minimum, confirmedAt: null }))).toEqual([0, 0])
  expect(counts(run('cancelled', {}, { ...minimum, confirmedAt: '2026-10-29T00:00:00.000Z' }))).toEqual([1, 1])
})

test('a notice about a complaint leaves the title of the course as it is written', () => {
  const complaint = { title: { zh: 'CNC 编程', en: 'CNC Milling' }, sayBy: null, decideBy: null, decision: null } as unknown as Said
  for (const occasion of ['answered', 'with-operator', 'lapsed', 'decided'] as const)
    expect(toldToComplainant(occasion, complaint).body.en).toContain('“CNC Milling”')
})
