import { Refusal } from '@skills/contract/refusals.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { openTable } from '@skills/core/table.ts'
import { judge } from '@skills/core/transact.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localAccess, startTable } from '../test-table.ts'
import { seeded, testWorld, type TestWorld } from '../test-world.ts'
import { actor, command, makePeople, makeRun, quoteSecret } from './claim-scene.ts'

let stop: () => Promise<void>
let endpoint: string
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('claim-faults')
  stop = started.stop
  endpoint = started.endpoint
  world = testWorld(started.table)
})
afterAll(() => stop())

type Fault = 'none' | 'twin' | 'conflict' | 'throttle' | 'lost before' | 'lost after'

/** A world whose transactions meet faults on their way: `next` says which one the next send meets. Nothing is mocked: what is sent reaches the engine. */
function faultyWorld(next: () => Fault): { world: TestWorld; sent: () => number } {
  const table = openTable(world.table.name, { endpoint, maxAttempts: 1, ...localAccess })
  let sent = 0
  table.client.middlewareStack.add(
    (proceed, context) => async (args) => {
      if (context['commandName'] !== 'TransactWriteItemsCommand' && context['commandName'] !== 'TransactWriteCommand') return proceed(args)
      sent += 1
      const fault = next()
      if (fault === 'twin')
        throw Object.assign(new Error(), {
          name: 'TransactionCanceledException',
          $fault: 'client',
          CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
        })
      if (fault === 'conflict' || fault === 'throttle') {
        const Code = fault === 'conflict' ? 'TransactionConflict' : 'ThrottlingError'
        throw Object.assign(new Error(), {
          name: 'TransactionCanceledException',
          $fault: 'client',
          CancellationReasons: [{ Code: 'None' }, { Code }],
        })
      }
      if (fault === 'lost before')
        throw Object.assign(new Error(), { name: 'InternalServerError', $fault: 'server', $metadata: { httpStatusCode: 500 } })
      const answer = await proceed(args)
      if (fault === 'lost after') throw Object.assign(new Error(), { name: 'TimeoutError', $metadata: {} })
      return answer
    },
    { step: 'initialize', name: 'faults' },
  )
  return { world: { ...testWorld(table, world.now(), 7), id: world.id }, sent: () => sent }
}

const claimIn = (faulty: TestWorld, person: string, runId: string, key: string) =>
  claimSeat(
    { world: faulty, memory: seatMemory(faulty), quoteSecret },
    { actor: actor(person), command: command(key), params: { runId }, body: {} },
  )

describe('when the engine does not say', () => {
  it('a reply lost after the write still answers with the one enrollment', async () => {
    const { run, shards } = await makeRun(world)
    const [person = ''] = await makePeople(world, 1)
    const faults: Fault[] = ['lost after']
    const faulty = faultyWorld(() => faults.shift() ?? 'none')
    const seat = await claimIn(faulty.world, person, run.id, 'lost-after')
    expect(faulty.sent()).toBe(2)
    expect(freeSeats(await readHeads(world.table, run.id, shards))).toBe(29)
    expect(await claimIn(world, person, run.id, 'lost-after')).toEqual(seat)
  })
  it('every reply lost: the guard is read and the truth is told', async () => {
    const { run, shards } = await makeRun(world)
    const [person = ''] = await makePeople(world, 1)
    const faulty = faultyWorld(() => 'lost after')
    await expect(claimIn(faulty.world, person, run.id, 'all-lost')).resolves.toMatchObject({ state: 'active' })
    expect(freeSeats(await readHeads(world.table, run.id, shards))).toBe(29)
  })
  it('never written: the outcome is unknown, nothing is taken, and the same key succeeds later', async () => {
    const { run, shards } = await makeRun(world)
    const [person = ''] = await makePeople(world, 1)
    const faulty = faultyWorld(() => 'lost before')
    await expect(claimIn(faulty.world, person, run.id, 'unknown')).rejects.toMatchObject({ code: 'outcome-unknown' })
    expect(freeSeats(await readHeads(world.table, run.id, shards))).toBe(30)
    await expect(claimIn(world, person, run.id, 'unknown')).resolves.toMatchObject({ state: 'active' })
  })
  it('conflict without end: busy inside the budget, nothing is taken', async () => {
    const { run, shards } = await makeRun(world)
    const [person = ''] = await makePeople(world, 1)
    const faulty = faultyWorld(() => 'conflict')
    await expect(claimIn(faulty.world, person, run.id, 'busy')).rejects.toMatchObject({ code: 'busy', retryAfterSeconds: 2 })
    expect(faulty.sent()).toBeLessThanOrEqual(8)
    expect(freeSeats(await readHeads(world.table, run.id, shards))).toBe(30)
  })
  it('the same command in flight elsewhere: told so after a moment, and the first answer is there for the next try', async () => {
    const { run } = await makeRun(world)
    const [person = ''] = await makePeople(world, 1)
    const faulty = faultyWorld(() => 'twin')
    const refused = claimIn(faulty.world, person, run.id, 'twin')
    await expect(refused).rejects.toMatchObject({ code: 'request-outstanding', retryAfterSeconds: 2 })
    expect(faulty.sent()).toBe(3)
    const seat = await claimIn(world, person, run.id, 'twin')
    expect(await claimIn(faulty.world, person, run.id, 'twin')).toEqual(seat)
  })
  it('a failed condition is never sent again', async () => {
    const { run } = await makeRun(world, { capacity: 1 })
    const [first = '', second = ''] = await makePeople(world, 2)
    await claimIn(world, first, run.id, 'condition-1')
    const faulty = faultyWorld(() => 'none')
    await expect(claimIn(faulty.world, second, run.id, 'condition-2')).rejects.toMatchObject({ code: 'sold-out' })
    expect(faulty.sent()).toBe(1)
  })
  it('a refused parameter is not retried and not called a maybe', () => {
    expect(judge({ name: 'ValidationException', $fault: 'client', $metadata: { httpStatusCode: 400 } })).toEqual({ kind: 'fatal' })
    expect(judge({ name: 'IdempotentParameterMismatchException', $fault: 'client' })).toEqual({ kind: 'fatal' })
    expect(judge({ name: 'Error', code: 'ECONNRESET' })).toEqual({ kind: 'maybe' })
  })
})

describe.each([10, 50])('a storm with a fault in %i of 100 sends', (percent) => {
  it('sells no seat twice, loses none that was confirmed, and the books add up', async () => {
    const { run, shards } = await makeRun(world, { capacity: 30, date: percent === 10 ? '2026-12-24' : '2026-12-25' })
    const people = await makePeople(world, 80)
    const random = seeded(percent)
    const kinds: Fault[] = ['conflict', 'throttle', 'lost before', 'lost after']
    const faulty = faultyWorld(() => (random() * 100 < percent ? (kinds[Math.floor(random() * kinds.length)] ?? 'none') : 'none'))
    const answers = await Promise.all(
      people.map(async (person) => {
        for (let again = 0; ; again += 1) {
          try {
            return await claimIn(faulty.world, person, run.id, `storm-${percent}-${person}`)
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            if (error.code === 'sold-out') return undefined
            expect(['busy', 'outcome-unknown']).toContain(error.code)
            if (again > 50) throw error
          }
        }
      }),
    )
    const seats = answers.filter((seat) => seat !== undefined)
    expect(new Set(seats.map(({ id }) => id)).size).toBe(30)
    expect(freeSeats(await readHeads(world.table, run.id, shards))).toBe(0)
    await Promise.all(
      people.slice(0, 40).map(async (person, index) => {
        const seat = answers[index]
        if (seat === undefined) return
        for (;;) {
          const call = {
            actor: actor(person),
            command: command(`undo-${percent}-${person}`, 'asked', 'cancelEnrollment'),
            params: { enrollmentId: seat.id },
          }
          const done = await cancelEnrollment(faulty.world, call).catch((error: unknown) => {
            if (error instanceof Refusal && ['busy', 'outcome-unknown'].includes(error.code)) return undefined
            throw error
          })
          if (done !== undefined) return
        }
      }),
    )
    expect((await checkBooks(world)).violations).toEqual([])
  })
})
