import { instantOf } from '@skills/contract/time.ts'
import { expect, test } from 'vitest'
import { judgeCredit } from './credit.ts'
import type { Evidence, Override, Proof } from './evidence.ts'
import { presence, type Check } from './presence.ts'
import { hoursOf, ruleFor } from './rule.ts'

const at = (clock: string) => instantOf('2026-12-16', clock)
const meeting = { startsAt: at('18:00'), endsAt: at('20:00') }
const rule = ruleFor(null)
let count = 0
const proof = (kind: Proof['kind'], clock: string, by: Proof['by'] = 'code'): Proof => ({
  type: 'proof',
  id: `chk_${(count += 1)}`,
  kind,
  by,
  at: at(clock),
  receivedAt: at(clock),
  deviceId: 'device',
  recordedBy: null,
  seal: String(count),
})
const correction = (present: boolean, from: string, to: string, decidedAt = '20:30', yes = true): Override => ({
  type: 'override',
  id: `chk_${(count += 1)}`,
  present,
  from: at(from),
  to: at(to),
  reason: '手机没电',
  askedBy: 'a',
  askedAt: at('20:10'),
  decided: { by: 'b', at: at(decidedAt), confirmed: yes },
})
const check = (clock: string, until: string): Check => ({ id: 'c', at: at(clock), until: at(until) })
const of = (evidence: Evidence[], checks: Check[] = []) => presence(meeting, checks, evidence, rule)

test.each<[string, Evidence[], Check[], number, number | null, number | null]>([
  ['nobody came', [], [], 0, null, null],
  ['in and out', [proof('in', '17:50'), proof('out', '20:01')], [], 120, 0, 0],
  ['within the grace at both ends', [proof('in', '18:10'), proof('out', '19:50')], [], 120, 0, 0],
  ['late by more than the grace', [proof('in', '18:11'), proof('out', '20:00')], [], 109, 11, 0],
  ['left early', [proof('in', '18:00'), proof('out', '19:00')], [], 60, 0, 60],
  ['never checked out: until last seen', [proof('in', '18:00'), proof('mid', '19:00')], [], 60, 0, 60],
  ['only arrived', [proof('in', '18:00')], [], 0, null, null],
  ['went out and came back', [proof('in', '18:00'), proof('out', '18:40'), proof('in', '19:10'), proof('out', '20:00')], [], 90, 0, 0],
  ['a check that was answered', [proof('in', '18:00'), proof('mid', '19:01'), proof('out', '20:00')], [check('19:00', '19:03')], 120, 0, 0],
  ['a check that was missed', [proof('in', '18:00'), proof('out', '20:00')], [check('19:00', '19:03')], 60, 0, 60],
  [
    'a missed check, seen again later',
    [proof('in', '18:00'), proof('mid', '19:40'), proof('out', '20:00')],
    [check('19:00', '19:03')],
    80,
    0,
    0,
  ],
  ['proofs of two scanners', [proof('in', '18:05', 'pass'), proof('in', '18:02', 'pass'), proof('out', '20:00', 'pass')], [], 120, 0, 0],
  ['brought later, alone', [proof('in', '18:00', 'late-code'), proof('out', '20:00', 'late-code')], [], 0, null, null],
  ['brought later, beside one that was not', [proof('in', '18:00', 'late-code'), proof('out', '20:00')], [], 0, null, null],
  [
    'vouched for before the second one came',
    [
      proof('in', '18:00', 'late-code'),
      { type: 'vouch', id: 'v', at: at('18:40'), by: 'i' },
      proof('mid', '19:01'),
      proof('out', '20:00', 'late-code'),
    ],
    [],
    61,
    0,
    59,
  ],
  [
    'brought later, and vouched for',
    [proof('in', '18:00', 'late-code'), proof('out', '20:00', 'late-code'), { type: 'vouch', id: 'v', at: at('20:05'), by: 'i' }],
    [],
    120,
    0,
    0,
  ],
  ['corrected: she was there', [correction(true, '18:00', '20:00')], [], 120, 0, 0],
  ['asked, but not confirmed', [correction(true, '18:00', '20:00', '20:30', false)], [], 0, null, null],
  ['corrected: she was not there', [proof('in', '18:00'), proof('out', '20:00'), correction(false, '18:00', '20:00')], [], 0, null, null],
  ['corrected: she left at seven', [proof('in', '18:00'), proof('out', '20:00'), correction(false, '19:00', '20:00')], [], 60, 0, 60],
  ['the later correction wins', [correction(false, '18:00', '20:00', '20:30'), correction(true, '18:00', '19:00', '20:40')], [], 60, 0, 60],
  ['a correction reaches no further than the meeting', [correction(true, '10:00', '23:00')], [], 120, 0, 0],
])('%s', (_, evidence, checks, minutes, late, early) => {
  const { minutes: got, lateMinutes, earlyMinutes } = of(evidence, checks)
  expect([got, lateMinutes, earlyMinutes]).toEqual([minutes, late, early])
})

test('it says what is missing, and shows where a scan and a correction do not agree', () => {
  expect(of([]).missing).toEqual(['arrival'])
  expect(of([proof('in', '18:00')]).missing).toEqual(['leaving'])
  expect(of([proof('in', '18:00', 'late-code')]).missing).toEqual(['confirmation'])
  expect(of([proof('in', '18:00'), proof('out', '20:00')], [check('19:00', '19:03')]).missing).toEqual(['check'])
  expect(of([proof('in', '18:00'), proof('out', '20:00'), correction(false, '18:00', '20:00')]).conflict).toBe(true)
})

test('hours are class hours of 45 minutes in halves, never rounded up', () => {
  expect([0, 22, 23, 44, 45, 120].map((minutes) => hoursOf(minutes, rule))).toEqual([0, 0, 0.5, 0.5, 1, 2.5])
})

const meetings = ['14', '15', '16', '17'].map((day) => ({
  id: `mtg_${day}`,
  startsAt: instantOf(`2026-12-${day}`, '18:00'),
  endsAt: instantOf(`2026-12-${day}`, '20:00'),
  kind: 'classroom' as const,
  venueId: null,
  room: null,
}))
const present = (day: string) => ({
  meetingId: `mtg_${day}`,
  evidence: (['in', 'out'] as const).map((kind): Proof => ({
    ...proof(kind, '18:00'),
    at: instantOf(`2026-12-${day}`, kind === 'in' ? '18:00' : '20:00'),
  })),
})
const judged = (days: string[], taken: string[]) =>
  judgeCredit({ run: { meetings }, taken: taken.map((day) => `mtg_${day}`), checks: [], attendances: days.map(present) }, rule)

test('completed from 80 % on; a no-show is judged only where attendance was taken at half of the meetings', () => {
  const all = ['14', '15', '16', '17']
  expect(judged(all, all)).toMatchObject({ outcome: 'completed', minutes: 480, outOfMinutes: 480, hours: 10.5, noShowAt: null })
  expect(judged(['14', '15', '16'], all)).toMatchObject({ outcome: 'incomplete', minutes: 360, noShowAt: null })
  expect(judged([], all)).toMatchObject({ outcome: 'no-show', minutes: 0, noShowAt: instantOf('2026-12-17', '20:00') })
  expect(judged([], ['14', '15'])).toMatchObject({ outcome: 'no-show' })
  expect(judged([], ['14'])).toMatchObject({ outcome: 'not-taken', noShowAt: null })
})

test('what was dropped after somebody was admitted is not taught: who was at one of four is not complete', () => {
  const [first] = meetings
  const run = { meetings: first === undefined ? [] : [first] }
  const facts = { run, taken: ['mtg_14'], checks: [], attendances: [present('14')] }
  expect(judgeCredit(facts, rule)).toMatchObject({ outcome: 'completed', outOfMinutes: 120 })
  expect(judgeCredit({ ...facts, admittedMinutes: 480 }, rule)).toMatchObject({ outcome: 'incomplete', minutes: 120, outOfMinutes: 480 })
  expect(judgeCredit({ ...facts, run: { meetings: [] }, admittedMinutes: 480 }, rule)).toMatchObject({
    outcome: 'incomplete',
    outOfMinutes: 480,
  })
})
