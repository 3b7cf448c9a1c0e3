import { instantOf } from '@skills/contract/time.ts'
import { expect, it } from 'vitest'
import type { Proof } from '../attendance/evidence.ts'
import { testRun } from '../catalog/test-run.ts'
import { soFar } from './so-far.ts'

const at = (date: string, clock: string) => instantOf(date, clock)
const meeting = (id: string, date: string) => ({
  ...{ id, startsAt: at(date, '18:00'), endsAt: at(date, '20:00') },
  ...{ kind: 'classroom' as const, venueId: null, room: null },
})
const run = {
  ...testRun('running'),
  meetings: [meeting('mtg_1', '2026-12-16'), meeting('mtg_2', '2026-12-18'), meeting('mtg_3', '2026-12-20')],
}
const proof = (kind: Proof['kind'], instant: string): Proof => ({
  ...{
    type: 'proof',
    id: instant,
    kind,
    by: 'code',
    at: instant,
    receivedAt: instant,
    deviceId: 'device',
    recordedBy: null,
    seal: instant,
  },
})
const came = (meetingId: string, date: string) => ({
  meetingId,
  evidence: [proof('in', at(date, '17:55')), proof('out', at(date, '20:01'))],
})
const taken = (...ids: string[]) => ({ taken: ids.map((meetingId) => ({ meetingId, at: '', by: '' })), checks: [] })

it('counts the meetings whose attendance was taken, and of those the ones she came to', () => {
  const shown = [came('mtg_1', '2026-12-16'), came('mtg_3', '2026-12-20')]
  expect(soFar({ run, trade: null }, taken('mtg_1', 'mtg_2'), shown, undefined)).toEqual({ came: 1, taken: 2, minutes: 120, outcome: null })
  expect(soFar({ run, trade: null }, taken(), shown, undefined)).toEqual({ came: 0, taken: 0, minutes: 0, outcome: null })
})

it('says what it came to once hours are credited', () => {
  expect(soFar({ run, trade: null }, taken('mtg_1'), [], { outcome: 'no-show' })).toMatchObject({ came: 0, outcome: 'no-show' })
})
