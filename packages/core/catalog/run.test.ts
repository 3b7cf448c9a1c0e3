import { describe, expect, test } from 'vitest'
import { registrationAt, runAt, stepRun } from './run.ts'
import { testRun as run } from './test-run.ts'

const before = '2026-11-30T23:59:59.999Z'
const opens = '2026-12-01T00:00:00.000Z'
const lastMoment = '2026-12-09T23:59:59.999Z'
const closes = '2026-12-10T00:00:00.000Z'
const begins = '2026-12-12T00:00:00.000Z'
const over = '2026-12-14T02:00:00.000Z'

describe('a run', () => {
  test('goes its way by the clock', () => {
    const states = [before, opens, lastMoment, closes, begins, over].map((now) => runAt(run('published'), now).state)
    expect(states).toEqual(['published', 'registration-open', 'registration-open', 'registration-closed', 'running', 'completed'])
    expect(runAt(run('draft'), over).state).toBe('draft')
    expect(runAt(run('cancelled'), over).state).toBe('cancelled')
  })

  test('takes registrations from the first instant of its window up to the last, whatever the last sweep said', () => {
    for (const state of ['published', 'registration-open'] as const) {
      expect([before, opens, lastMoment, closes].map((now) => registrationAt(run(state), now))).toEqual([
        'not-open',
        'open',
        'open',
        'closed',
      ])
    }
    for (const state of ['registration-closed', 'running', 'completed'] as const) expect(registrationAt(run(state), opens)).toBe('closed')
    expect(registrationAt(run('cancelled'), opens)).toBe('cancelled')
    expect(registrationAt(run('draft'), opens)).not.toBe('open')
  })

  test('registration closed by hand opens again only while its window lasts', () => {
    const closed = stepRun(run('registration-open'), 'registration-closed', opens)
    expect(stepRun(closed, 'registration-open', lastMoment).state).toBe('registration-open')
    expect(() => stepRun(closed, 'registration-open', closes)).toThrow(
      expect.objectContaining({ members: { current: 'registration-closed', allowed: ['cancelled'] } }) as Error,
    )
  })
})
