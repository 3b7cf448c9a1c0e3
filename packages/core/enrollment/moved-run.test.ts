import type { Meeting, Run } from '@skills/contract/catalog.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { expect, test } from 'vitest'
import { admittedMinutes, movedPercent, movedUntil } from './moved-run.ts'
import { timesOf } from './schedule.ts'

const day = (number: number) => plusMinutes('2026-12-01T10:30:00.000Z', number * 24 * 60)
const meeting = (number: number, kind: Meeting['kind'] = 'classroom') =>
  ({ id: `mtg_${number}`, startsAt: day(number), endsAt: plusMinutes(day(number), 120), kind }) as Meeting
const run = (numbers: number[], kind?: Meeting['kind']) => ({ meetings: numbers.map((number) => meeting(number, kind)) }) as unknown as Run
const bought = [0, 1, 2, 3]
const admitted = { times: timesOf(run(bought).meetings) }

test.each<[string, number[], number, number]>([
  ['not moved: the bands decide alone', [0, 1, 2, 3], 1, 0],
  ['moved, until its first meeting: all', [0, 11, 12, 13], 0, 100],
  ['the rest moved a week later, one of four was taught: the other three', [0, 11, 12, 13], 0.5, 75],
  ['the same after the old times of them all', [0, 11, 12, 13], 10, 75],
  ['and while the last is still to come', [0, 11, 12, 13], 12.5, 25],
  ['everything was taught at last', [0, 11, 12, 13], 13.5, 0],
  ['the rest dropped: the part that was bought and is not taught', [0], 0.5, 75],
  ['that ends where the last of it was to begin', [0], 3.5, 0],
  ['an odd part is rounded up', [0, 1, 12], 1.5, 50],
  ['what was moved lies behind: the rest is as it was bought', [0.5, 1, 2, 3], 1.5, 0],
])('%s', (_, now, at, percent) => {
  expect(movedPercent(run(now), admitted, day(at))).toBe(percent)
})

test('a third of a run is never less than a third', () => {
  const three = { times: timesOf(run([0, 1, 2]).meetings) }
  expect(movedPercent(run([0, 1, 12]), three, day(1.5))).toBe(34)
})

test('a run that was only brought forward can be left until its first meeting, as then nothing of it is left', () => {
  const one = { times: timesOf(run([9]).meetings) }
  expect(movedUntil(run([2]), one)).toBe(day(2))
  expect([movedPercent(run([2]), one, day(2)), movedPercent(run([2]), one, day(3))]).toEqual([100, 0])
})

test('what somebody was to be taught does not shrink with the run; videos are none of it', () => {
  expect(admittedMinutes(run([0]), admitted)).toBe(480)
  const mixed = { meetings: [meeting(0), meeting(1), meeting(12, 'video')] }
  expect(admittedMinutes(mixed, { times: timesOf([meeting(0), meeting(1), meeting(2)]) })).toBe(240)
})
