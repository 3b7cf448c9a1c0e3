import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { readBudget } from '@skills/core/funding/budget.table.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { allocateTo, makeProgram, makeVoucher } from './funding-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('allocations')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

describe('setting aside', () => {
  it('moves free money to the run, and a claim spends it', async () => {
    const run = await makeRun(world, { priceFen: 30_000, capacity: 100 })
    const program = await makeProgram(world, { budgetFen: 1_000_000 })
    const view = await allocateTo(world, program, run, { seats: 10, fen: 300_000 })
    expect(view).toMatchObject({ seatsLeft: 10, availableFen: 300_000, spentFen: 0 })
    expect(await readBudget(world.table, program.id)).toMatchObject({ freeFen: 700_000, availableFen: 300_000 })
    const [person = ''] = await makePeople(world, 1)
    const call = { actor: actor(person), params: { runId: run.run.id } }
    const price = await getPrice(world, quoteSecret, call)
    expect(price.split).toMatchObject({ listFen: 30_000, subsidyFen: 30_000, payableFen: 0 })
    const claiming = { world, memory: seatMemory(world), quoteSecret }
    expect(await claimSeat(claiming, { ...call, command: command('claim-1'), body: { quote: price.quote } })).toMatchObject({
      state: 'active',
    })
    expect(await readBudget(world.table, program.id)).toEqual({
      toppedUpFen: 1_000_000,
      withdrawnFen: 0,
      freeFen: 700_000,
      availableFen: 270_000,
      reservedFen: 0,
      spentFen: 30_000,
    })
    const { code } = await makeVoucher(world, program)
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  })
})
