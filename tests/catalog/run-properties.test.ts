import { runStates } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { allowedSteps, dueStep, registrationAt, runAt, stepRun } from '@skills/core/catalog/run.ts'
import { testRun as run } from '@skills/core/catalog/test-run.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const instants = fc
  .integer({ min: Date.parse('2026-11-25T00:00:00Z'), max: Date.parse('2026-12-20T00:00:00Z') })
  .map((ms) => new Date(ms).toISOString())

describe('a run', () => {
  test('any sequence of steps at any times visits only states that the step before allows, and nothing leaves an end', () => {
    const attempts = fc.array(fc.record({ to: fc.constantFrom(...runStates), now: instants }), { maxLength: 40 })
    fc.assert(
      fc.property(attempts, (tries) => {
        let at = run('draft')
        for (const { to, now } of tries) {
          const from = at.state
          try {
            at = stepRun(at, to, now)
            expect(allowedSteps(from)).toContain(to)
            expect(at.state).toBe(to)
            expect(['completed', 'cancelled']).not.toContain(from)
            if (to === 'registration-open') expect(registrationAt(at, now)).toBe('open')
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            expect(error.code).toBe('illegal-transition')
            expect(error.members['current']).toBe(from)
            expect(error.members['allowed']).not.toContain(to)
            expect(at.state).toBe(from)
          }
        }
      }),
    )
  })

  test('time itself takes only legal steps, never goes back, and arrives at the same state however often it looks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...runStates), fc.array(instants, { minLength: 1, maxLength: 20 }), (state, times) => {
        const looks = times.toSorted()
        let at = run(state)
        for (const now of looks) {
          const due = dueStep(at)
          const next = runAt(at, now)
          if (next.state !== at.state) expect(due?.at !== undefined && due.at <= now && allowedSteps(at.state).includes(due.to)).toBe(true)
          at = next
        }
        expect(at.state).toBe(runAt(run(state), looks.at(-1) as string).state)
      }),
    )
  })
})
