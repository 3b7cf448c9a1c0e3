import { expect, it } from 'vitest'
import { decide } from './tentative.ts'

const at = '2026-12-10T10:00:00.000Z'
const run = (state: 'published' | 'registration-open' | 'registration-closed' | 'cancelled', confirmedAt: string | null = null) => ({
  state,
  tentative: { minimum: 5, decideAt: at, confirmedAt },
})
const later = '2026-12-10T11:00:00.000Z'

it.each([
  ['enough, long before', run('registration-open'), 5, 0, '2026-12-01T00:00:00.000Z', 'confirm'],
  ['too few, before', run('registration-open'), 4, 9, '2026-12-10T09:59:59.999Z', 'wait'],
  ['too few, due: nobody may come in between', run('registration-open'), 4, 0, at, 'shut'],
  ['too few, shut', run('registration-closed'), 4, 0, at, 'cancel'],
  ['somebody is paying', run('registration-closed'), 4, 1, at, 'wait'],
  ['nobody pays for an hour', run('registration-closed'), 4, 1, later, 'cancel'],
  ['paying would not be enough', run('registration-closed'), 3, 1, at, 'cancel'],
  ['decided already', run('registration-closed', at), 0, 0, later, 'wait'],
  ['cancelled already', run('cancelled'), 0, 0, later, 'wait'],
] as const)('%s', (_, of, sold, held, now, word) => expect(decide(of, { sold, held }, now)).toBe(word))
