import { Refusal } from '@skills/contract/refusals.ts'
import type { Allocation, Budget } from '@skills/contract/funding.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { readBudget } from '@skills/core/funding/budget.table.ts'
import { lookAtAllocation } from '@skills/core/funding/look-at-allocation.ts'
import type { PotAccount } from '@skills/core/funding/pot.ts'
import { moveGrant } from '@skills/core/funding/pot.table.ts'
import { transact } from '@skills/core/transact.ts'
import { moveMoney } from '@skills/functions/sponsor/move-money.ts'
import { stepAllocation } from '@skills/functions/sponsor/step-allocation.ts'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { allocateTo, makeProgram, newCommand, operator } from './funding-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('budget-model')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

const start = 100_000
const setAsideFen = 60_000
type Deed =
  | { do: 'grant' | 'post' | 'void' | 'return'; fen: number }
  | { do: 'top-up' | 'withdrawal'; fen: number }
  | { do: 'step'; to: Allocation['state'] }
  | { do: 'look' }

const fen = fc.integer({ min: 1, max: 30_000 })
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('grant', 'post', 'void', 'return'), fen }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('top-up', 'withdrawal'), fen }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('step' as const), to: fc.constantFrom('open', 'frozen', 'closed') }) },
  { weight: 1, arbitrary: fc.constant({ do: 'look' as const }) },
) as fc.Arbitrary<Deed>

const moves: Record<'grant' | 'post' | 'void' | 'return', [PotAccount, PotAccount]> = {
  grant: ['available', 'reserved'],
  post: ['reserved', 'spent'],
  void: ['reserved', 'available'],
  return: ['spent', 'available'],
}

/** A budget as it should be: four numbers and a state. Says whether a deed is possible, and what is so after it. */
function model() {
  const money = { outside: 0, free: start - setAsideFen, available: setAsideFen, reserved: 0, spent: 0 }
  let state: Allocation['state'] = 'open'
  let toppedUp = start
  const take = (from: keyof typeof money, to: keyof typeof money, sum: number) => {
    if (from !== 'outside' && money[from] < sum) return false
    money[from] -= sum
    money[to] += sum
    return true
  }
  const emptied = () => take('available', 'free', money.available)
  return {
    budget: (): Partial<Budget> => ({
      toppedUpFen: toppedUp,
      freeFen: money.free,
      availableFen: money.available,
      reservedFen: money.reserved,
      spentFen: money.spent,
    }),
    done(one: Deed): boolean {
      switch (one.do) {
        case 'top-up':
          toppedUp += one.fen
          return take('outside', 'free', one.fen)
        case 'withdrawal':
          return take('free', 'outside', one.fen)
        case 'step':
          if (state === 'closed' && one.to !== 'closed') return false
          state = one.to
          return one.to !== 'closed' || emptied()
        case 'look':
          return state !== 'closed' || emptied()
        default:
          return (one.do !== 'grant' || state === 'open') && take(...moves[one.do], one.fen)
      }
    },
  }
}

async function scene() {
  const run = await makeRun(world, { priceFen: 30_000 })
  const program = await makeProgram(world, { budgetFen: start, funding: { kind: 'full' } })
  await allocateTo(world, program, run, { seats: 30, fen: setAsideFen })
  const runId = run.run.id
  const programId = program.id
  const who = { personId: world.id('person'), enrollmentId: world.id('enrollment') }
  const said = async (doing: Promise<unknown>) =>
    doing.then(
      (outcome) => typeof outcome !== 'object' || outcome === null || !('failed' in outcome),
      (error: unknown) => {
        if (error instanceof Refusal) return false
        throw error
      },
    )
  const call = (route: Parameters<typeof newCommand>[1]) => ({ actor: operator(world), command: newCommand(world, route) })
  const act = (one: Deed): Promise<boolean> => {
    switch (one.do) {
      case 'top-up':
      case 'withdrawal':
        return said(
          moveMoney(world, {
            ...call('moveMoney'),
            params: { programId },
            body: { kind: one.do, fen: one.fen, reference: world.id('request') },
          }),
        )
      case 'step':
        return said(stepAllocation(world, { ...call('stepAllocation'), params: { programId, runId }, body: { to: one.to } }))
      case 'look':
        return said(lookAtAllocation(world, runId, programId, 'system:test'))
      default: {
        const grant = { id: world.id('grant'), fen: one.fen, pot: { programId, of: runId, part: '00' } }
        return said(transact(world, undefined, moveGrant(world, grant, ...moves[one.do], who, world.now()), null))
      }
    }
  }
  return { act, budget: () => readBudget(world.table, programId) }
}

/** Seats of the pot stand beside the fen and run out on their own; the model is about money, so there are more seats than deeds. */
const deeds = fc.array(deed, { minLength: 5, maxLength: 24 })

it('whatever sponsors and claims do one after another, the budget is what a small model says', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (list) => {
      const [expected, real] = [model(), await scene()]
      for (const one of list) {
        const possible = expected.done(one)
        expect([one, await real.act(one)]).toEqual([one, possible])
        expect(await real.budget()).toMatchObject(expected.budget())
      }
    }),
    { numRuns: 12, seed: 20261121 },
  )
})

it('whatever they do at once, money only moves: the sums hold and every ledger gives its balances', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (list) => {
      const real = await scene()
      await Promise.all(list.map((one) => real.act(one)))
      const { toppedUpFen, withdrawnFen, freeFen, availableFen, reservedFen, spentFen } = await real.budget()
      expect(freeFen + availableFen + reservedFen + spentFen).toBe(toppedUpFen - withdrawnFen)
    }),
    { numRuns: 8, seed: 20261121 },
  )
  const broken = (await checkBooks(world)).violations.filter(({ code }) => ['A1', 'B1', 'B2', 'B4'].includes(code))
  expect(broken).toEqual([])
})
