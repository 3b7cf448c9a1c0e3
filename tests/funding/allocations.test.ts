import { checkBooks } from '@skills/core/books/books.table.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { potParts } from '@skills/core/funding/allocation.ts'
import { readBudget } from '@skills/core/funding/budget.table.ts'
import { readPots } from '@skills/core/funding/pot.table.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { changeProgram, readProgram } from '@skills/core/funding/program.table.ts'
import { allocate } from '@skills/functions/sponsor/allocate.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { listAllocations } from '@skills/functions/sponsor/list-allocations.ts'
import { stepAllocation } from '@skills/functions/sponsor/step-allocation.ts'
import { stepProgram } from '@skills/functions/sponsor/step-program.ts'
import { sweepFunding } from '@skills/functions/sponsor/sweep-funding.ts'
import type { Allocation, Program } from '@skills/contract/funding.ts'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { allocateTo, makeProgram, newCommand, operator } from './funding-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('allocations')
  stop = started.stop
  world = testWorld(started.table)
})
afterEach(async () => expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([]))
afterAll(() => stop())

const wrong = (pointer: string, code: string) => ({ code: 'validation-failed', errors: [{ pointer, code }] })
const step = (program: Program, runId: string, to: Allocation['state']) =>
  stepAllocation(world, {
    actor: operator(world),
    command: newCommand(world, 'stepAllocation'),
    params: { programId: program.id, runId },
    body: { to },
  })
const stepTo = (program: Program, to: Program['state']) =>
  stepProgram(world, { actor: operator(world), params: { programId: program.id }, body: { to } })

/** A person's seat at the price she is quoted now. */
async function claim(runId: string, person: string, key = world.id('request')) {
  const call = { actor: actor(person), params: { runId } }
  const { quote, split } = await getPrice(world, quoteSecret, call)
  const seat = await claimSeat({ world, memory: seatMemory(world), quoteSecret }, { ...call, command: command(key), body: { quote } })
  return { seat, split }
}
const cancel = (person: string, enrollmentId: string) =>
  cancelEnrollment(world, { actor: actor(person), command: newCommand(world, 'cancelEnrollment'), params: { enrollmentId } })

/** As a caller does who is told that the request is under way. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'request-outstanding') throw error
    }
  }
}

describe('setting aside', () => {
  it('moves free money to the run, split over its shards, and a claim spends it', async () => {
    const run = await makeRun(world, { priceFen: 30_000, capacity: 100 })
    const program = await makeProgram(world, { budgetFen: 1_000_000 })
    const view = await allocateTo(world, program, run, { seats: 10, fen: 300_000 })
    expect(view).toMatchObject({ seatsLeft: 10, availableFen: 300_000, spentFen: 0 })
    const [person = ''] = await makePeople(world, 1)
    expect(await claim(run.run.id, person)).toMatchObject({ seat: { state: 'active' }, split: { subsidyFen: 30_000, payableFen: 0 } })
    expect(await readBudget(world.table, program.id)).toEqual({
      toppedUpFen: 1_000_000,
      withdrawnFen: 0,
      freeFen: 700_000,
      availableFen: 270_000,
      reservedFen: 0,
      spentFen: 30_000,
    })
    const { allocations } = await listAllocations(world, { actor: operator(world), params: { programId: program.id } })
    expect(allocations).toMatchObject([{ seatsLeft: 9, availableFen: 270_000, spentFen: 30_000, runTitle: run.title }])
  })
  it('refuses what cannot be, with its pointer', async () => {
    const program = await makeProgram(world, { budgetFen: 100_000 })
    const ask = { seats: 1, fen: 30_000 }
    const unknown = { run: { ...(await makeRun(world)).run, id: world.id('run') } }
    await expect(allocateTo(world, program, unknown, ask)).rejects.toMatchObject(wrong('#/runId', 'run-unknown'))
    const draft = await makeRun(world, { priceFen: 30_000, state: 'draft' })
    await expect(allocateTo(world, program, draft, ask)).rejects.toMatchObject(wrong('#/runId', 'run-unknown'))
    for (const state of ['cancelled', 'running', 'completed'] as const) {
      const over = await makeRun(world, { priceFen: 30_000, state })
      await expect(allocateTo(world, program, over, ask)).rejects.toMatchObject(wrong('#/runId', 'run-over'))
    }
    const late = await makeRun(world, { priceFen: 30_000, closesAt: '2026-11-30T00:00:00.000Z' })
    await expect(allocateTo(world, program, late, ask)).rejects.toMatchObject(wrong('#/runId', 'run-over'))
    await expect(allocateTo(world, program, await makeRun(world), ask)).rejects.toMatchObject(wrong('#/runId', 'run-free'))
    const run = await makeRun(world, { priceFen: 30_000, capacity: 2 })
    await expect(allocateTo(world, program, run, { seats: 3, fen: 90_000 })).rejects.toMatchObject(wrong('#/seats', 'too-large'))
    await expect(allocateTo(world, program, run, { seats: 2, fen: 29_999 })).rejects.toMatchObject(wrong('#/fen', 'too-small'))
    const broke = { code: 'budget-insufficient', members: { freeFen: 100_000 } }
    await expect(allocateTo(world, program, run, { seats: 2, fen: 100_001 })).rejects.toMatchObject(broke)
    await allocateTo(world, program, run, { seats: 2, fen: 60_000 })
    await expect(allocateTo(world, program, run, { seats: 1, fen: 30_000 })).rejects.toMatchObject({ code: 'allocation-exists' })
    expect(await readBudget(world.table, program.id)).toMatchObject({ freeFen: 40_000, availableFen: 60_000 })
  })
  it('of many at once for one budget, none takes more than is there, and one run gets one', async () => {
    const program = await makeProgram(world, { budgetFen: 100_000 })
    const runs = await Promise.all(Array.from({ length: 6 }, () => makeRun(world, { priceFen: 30_000 })))
    const twice = [...runs, ...runs]
    const settled = await Promise.allSettled(twice.map((run) => allocateTo(world, program, run, { seats: 1, fen: 30_000 })))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(await readBudget(world.table, program.id)).toMatchObject({ freeFen: 10_000, availableFen: 90_000 })
  })
  it('the same command many times at once sets aside once, and everybody hears the same', async () => {
    const program = await makeProgram(world, { budgetFen: 100_000 })
    const run = await makeRun(world, { priceFen: 30_000 })
    const call = {
      actor: operator(world),
      command: newCommand(world, 'allocate'),
      params: { programId: program.id },
      body: { runId: run.run.id, seats: 1, fen: 30_000 },
    }
    const answers = await Promise.all(Array.from({ length: 8 }, () => again(() => allocate(world, call))))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await readBudget(world.table, program.id)).toMatchObject({ freeFen: 70_000, availableFen: 30_000 })
  })
  it('parts add up to seats and fen, and none but the only one is too small for a grant', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 10_000_000_000 }),
        (shards, seats, one, more) => {
          const fen = one + more
          const parts = potParts(shards, seats, fen, one)
          const sum = (read: (part: { seats: number; fen: number }) => number) => parts.reduce((all, part) => all + read(part), 0)
          expect([sum((part) => part.seats), sum((part) => part.fen)]).toEqual([seats, fen])
          expect(parts.length).toBeLessThanOrEqual(shards)
          expect(parts.every((part) => part.seats > 0 && part.fen >= one)).toBe(true)
          // As many grants as money and seats allow: no part strands one.
          expect(sum((part) => Math.min(part.seats, Math.floor(part.fen / one)))).toBe(Math.min(seats, Math.floor(fen / one)))
        },
      ),
    )
  })
})

describe('freezing and closing', () => {
  it('frozen it grants nothing, opened it does, closed it gives back what is not promised', async () => {
    const run = await makeRun(world, { priceFen: 30_000, capacity: 100 })
    const program = await makeProgram(world, { budgetFen: 300_000 })
    await allocateTo(world, program, run, { seats: 10, fen: 300_000 })
    const people = await makePeople(world, 3)
    const { seat } = await claim(run.run.id, people[0] ?? '')
    expect((await step(program, run.run.id, 'frozen')).allocation.state).toBe('frozen')
    const unsubsidized = await claim(run.run.id, people[1] ?? '')
    expect(unsubsidized.split).toMatchObject({ subsidyFen: 0, payableFen: 30_000 })
    await cancel(people[1] ?? '', unsubsidized.seat.id)
    await step(program, run.run.id, 'open')
    expect((await claim(run.run.id, people[2] ?? '')).split.subsidyFen).toBe(30_000)

    const closed = await step(program, run.run.id, 'closed')
    expect(closed).toMatchObject({ allocation: { state: 'closed' }, seatsLeft: 0, availableFen: 0, spentFen: 60_000 })
    expect(await readBudget(world.table, program.id)).toMatchObject({ freeFen: 240_000, availableFen: 0, spentFen: 60_000 })
    await expect(step(program, run.run.id, 'open')).rejects.toMatchObject({ code: 'illegal-transition', members: { allowed: [] } })
    // A seat that is given back puts its money into the closed pot; the next look sends it on.
    await cancel(people[0] ?? '', seat.id)
    expect(await readBudget(world.table, program.id)).toMatchObject({ availableFen: 30_000, spentFen: 30_000 })
    world.moveTo('2026-12-01T04:00:00.000Z')
    await sweepFunding(world)
    expect(await readBudget(world.table, program.id)).toMatchObject({ freeFen: 270_000, availableFen: 0, spentFen: 30_000 })
    await expect(step(program, world.id('run'), 'frozen')).rejects.toMatchObject({ code: 'not-found' })
  })
  it('a frozen program freezes its allocations and opens only those that were open', async () => {
    const runs = [await makeRun(world, { priceFen: 30_000 }), await makeRun(world, { priceFen: 30_000 })] as const
    const program = await makeProgram(world, { budgetFen: 300_000 })
    for (const run of runs) await allocateTo(world, program, run, { seats: 2, fen: 60_000 })
    await step(program, runs[1].run.id, 'frozen')
    const states = async () =>
      (await Promise.all(runs.map(({ run }) => readPots(world.table, program.id, run.id, 1)))).flat().map(({ state }) => state)
    await stepTo(program, 'frozen')
    expect(await states()).toEqual(['frozen', 'frozen'])
    // Opened while the program is frozen, it waits for the program.
    await step(program, runs[1].run.id, 'open')
    await step(program, runs[0].run.id, 'frozen')
    expect(await states()).toEqual(['frozen', 'frozen'])
    await stepTo(program, 'active')
    expect(await states()).toEqual(['frozen', 'open'])
    await stepTo(program, 'closing')
    expect(await states()).toEqual(['closed', 'closed'])
    expect(await readBudget(world.table, program.id)).toMatchObject({ freeFen: 300_000, availableFen: 0 })
    await expect(step(program, runs[0].run.id, 'open')).rejects.toMatchObject({ code: 'illegal-transition' })
  })
})

describe('the sweep', () => {
  it('goes on with a program whose step broke off after its first transaction', async () => {
    const program = await makeProgram(world, { budgetFen: 100_000 })
    const run = await makeRun(world, { priceFen: 30_000, date: '2026-12-28', closesAt: '2026-12-26T00:00:00.000Z' })
    await allocateTo(world, program, run, { seats: 1, fen: 30_000 })
    for (const [state, potsAre, freeFen] of [
      ['frozen', 'frozen', 70_000],
      ['active', 'open', 70_000],
      ['closing', 'closed', 100_000],
    ] as const) {
      const before = await readProgram(world.table, program.id)
      if (before === undefined) throw new Error('the program is gone')
      const change = { before, program: { ...before.program, state }, action: 'step', by: 'system:test', follow: true }
      await changeProgram(world, undefined, change, () => null)
      expect((await sweepFunding(world)).followed).toBe(1)
      expect((await readPots(world.table, program.id, run.run.id, 1)).map((pot) => pot.state)).toEqual([potsAre])
      expect((await readBudget(world.table, program.id)).freeFen).toBe(freeFen)
      expect((await sweepFunding(world)).followed).toBe(0)
    }
  })
  it('gives money back of runs that were cancelled, have closed or begun, and leaves the others', async () => {
    const program = await makeProgram(world, { budgetFen: 300_000 })
    const wishes = { priceFen: 30_000, date: '2026-12-28', closesAt: '2026-12-26T00:00:00.000Z' }
    const [stays, cancelled, closes] = [
      await makeRun(world, wishes),
      await makeRun(world, wishes),
      await makeRun(world, { ...wishes, closesAt: '2026-12-05T00:00:00.000Z' }),
    ]
    for (const run of [stays, cancelled, closes]) await allocateTo(world, program, run, { seats: 1, fen: 30_000 })
    const before = await readRun(world.table, cancelled.run.id)
    if (before === undefined) throw new Error('the run is gone')
    await changeRun(world, { before, run: { ...before.run, state: 'cancelled' }, by: 'system:test', action: 'cancel' }, null)
    const freeAt = async (instant: string) => {
      world.moveTo(instant)
      await sweepFunding(world)
      return (await readBudget(world.table, program.id)).freeFen
    }
    expect(await freeAt('2026-12-02T00:00:00.000Z')).toBe(240_000)
    expect(await freeAt('2026-12-04T23:59:00.000Z')).toBe(240_000)
    expect(await freeAt('2026-12-05T00:00:00.000Z')).toBe(270_000)
    expect(await freeAt('2026-12-26T00:00:00.000Z')).toBe(300_000)
    // Nothing was promised, so nothing can come back: it is never looked at again.
    world.moveTo('2027-12-01T00:00:00.000Z')
    await sweepFunding(world)
    expect(await sweepFunding(world)).toEqual({ due: 0, returned: 0, followed: 0 })
  })
})
