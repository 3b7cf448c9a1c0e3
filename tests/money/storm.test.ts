import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { atOnce } from '@skills/core/at-once.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { readPots } from '@skills/core/funding/pot.table.ts'
import type { Table } from '@skills/core/table.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { priceFen } from '../order/payment-scene.ts'
import { startTable } from '../test-table.ts'
import { seeded, testWorld, type TestWorld } from '../test-world.ts'
import { priceFor } from './money-scene.ts'
import { withoutConditions } from './turns.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('money-storm')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

const seats = 30
const subsidized = 20
const grantFen = 30_000

/** The world in which so many of a hundred transactions meet a conflict on their way. */
function conflicting(of: TestWorld, percent: number): TestWorld {
  const random = seeded(percent)
  const send = (request: Parameters<Table['client']['send']>[0]): Promise<unknown> => {
    if (request instanceof TransactWriteCommand && random() * 100 < percent)
      return Promise.reject(
        Object.assign(new Error('conflict'), {
          name: 'TransactionCanceledException',
          $fault: 'client',
          CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
        }),
      )
    return of.table.client.send(request) as Promise<unknown>
  }
  return { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }
}

/** So many people who all saw the price want a run's seats at once; each looks and asks again until she has a seat or there is none. Out: what was answered. */
async function storm(
  within: TestWorld,
  people: number,
): Promise<{ funded: number; held: number; soldOut: number; left: number; runId: string }> {
  const run = await makeRun(world, { capacity: seats, priceFen })
  const program = await makeProgram(world, { budgetFen: 5_000_000 })
  await allocateTo(world, program, run, { seats: subsidized, fen: subsidized * grantFen })
  const { id: runId } = run.run
  const instances = [seatMemory(within), seatMemory(within), seatMemory(within)]
  const everybody = await makePeople(world, people)
  const seen = new Map<string, Awaited<ReturnType<typeof priceFor>>>()
  await atOnce(everybody, 16, async (personId) => seen.set(personId, await priceFor(world, personId, runId)))
  let looking: Promise<unknown> = Promise.resolve()
  /** Prices are looked at one after the other: it is the claims that storm. */
  const lookAgain = (personId: string) => {
    const next = looking.then(() => priceFor(world, personId, runId))
    looking = next.catch(() => undefined)
    return next
  }
  const answers = await Promise.all(
    everybody.map(async (personId, place) => {
      let { quote, split } = seen.get(personId) ?? (await lookAgain(personId))
      for (let again = 0; again < 60; again += 1) {
        try {
          const call = { actor: actor(personId), params: { runId }, command: command(`${runId}-${personId}`), body: { quote } }
          const memory = instances[place % instances.length] ?? seatMemory(within)
          const { state } = await claimSeat({ world: within, memory, quoteSecret }, call)
          expect(state).toBe('held')
          return split.subsidyFen > 0 ? 'funded' : 'full'
        } catch (error) {
          // Two hundred at once on a busy machine: who gets no connection asks again with the same key, as a browser does.
          if ((error as Error).name === 'TimeoutError') continue
          if (!(error instanceof Refusal)) throw error
          if (error.code === 'sold-out') return 'sold-out'
          expect(['price-changed', 'busy', 'outcome-unknown']).toContain(error.code)
          if (error.code === 'price-changed') ({ quote, split } = await lookAgain(personId))
        }
      }
      throw new Error('she never heard whether she has a seat')
    }),
  )
  const count = (what: string) => answers.filter((answer) => answer === what).length
  const [pot] = await readPots(world.table, program.id, runId, 1)
  return { funded: count('funded'), held: count('funded') + count('full'), soldOut: count('sold-out'), left: pot?.availableFen ?? 0, runId }
}

const faults = async () => (await checkBooks(world)).violations.filter(({ code }) => code !== 'T1').map(({ code }) => code)

describe.each([0, 50])('200 people, 30 seats to hold and 20 subsidies, with a conflict in %i of 100 sends', (percent) => {
  test('each seat and each subsidy goes to one of them, and the books add up', async () => {
    const { funded, held, soldOut, left, runId } = await storm(conflicting(world, percent), 200)
    expect({ funded, held, soldOut, left }).toEqual({ funded: subsidized, held: seats, soldOut: 170, left: 0 })
    expect(await readHeads(world.table, runId, 1)).toMatchObject([{ free: 0, held: seats, sold: 0 }])
    expect(await faults()).toEqual([])
  })
})

test('CONTROL: without the conditions on pots the subsidy is overspent', async () => {
  const { funded } = await storm(
    withoutConditions(world, (pk) => pk.startsWith('POT#')),
    60,
  )
  expect(funded).toBeGreaterThan(subsidized)
  expect(await faults()).toContain('B1')
})
