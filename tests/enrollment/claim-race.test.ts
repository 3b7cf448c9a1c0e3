import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Refusal } from '@skills/contract/refusals.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { keys } from '@skills/core/keys.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { actor, command, makePeople, makeRun, quoteSecret } from './claim-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('claim-race')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

type Answer = { won: string } | { refused: string }

/** All at once; each answer is an enrollment's id or a refusal's code, anything else fails the test. */
function race(claims: (() => Promise<{ id: string }>)[]): Promise<Answer[]> {
  return Promise.all(
    claims.map((claim) =>
      claim().then(
        ({ id }) => ({ won: id }),
        (error: unknown) => {
          if (error instanceof Refusal) return { refused: error.code }
          throw error
        },
      ),
    ),
  )
}
const winners = (answers: readonly Answer[]) => answers.flatMap((answer) => ('won' in answer ? [answer.won] : []))
const codes = (answers: readonly Answer[]) => [...new Set(answers.flatMap((answer) => ('refused' in answer ? [answer.refused] : [])))]

describe('a rush for seats', () => {
  it('gives 30 seats to exactly 30 of 200 people, in every round, whatever instance they meet', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { run, shards } = await makeRun(world, { capacity: 30, date: `2026-12-${String(16 + round)}` })
      const people = await makePeople(world, 200)
      const instances = [seatMemory(world), seatMemory(world), seatMemory(world), seatMemory(world)]
      const answers = await race(
        people.map(
          (person, index) => () =>
            claimSeat(
              { world, memory: instances[index % 4] ?? seatMemory(world), quoteSecret },
              {
                actor: actor(person),
                command: command(`rush-${round}-${person}`),
                params: { runId: run.id },
                body: {},
              },
            ),
        ),
      )
      expect(new Set(winners(answers)).size).toBe(30)
      expect(codes(answers)).toEqual(['sold-out'])
      expect(freeSeats(await readHeads(world.table, run.id, shards))).toBe(0)
    }
    expect((await checkBooks(world)).violations).toEqual([])
  })

  it('CONTROL: read-then-write on the same engine oversells, so the race above is a race', async () => {
    const { run } = await makeRun(world, { capacity: 30 })
    const key = keys.shard.key(run.id, '00')
    const naive = async () => {
      const { Item: head } = await world.table.client.send(new GetCommand({ TableName: world.table.name, Key: key, ConsistentRead: true }))
      const free = head?.['free'] as number
      if (free < 1) throw new Refusal('sold-out')
      await world.table.client.send(
        new UpdateCommand({
          TableName: world.table.name,
          Key: key,
          UpdateExpression: 'SET #free = :free',
          ExpressionAttributeNames: { '#free': 'free' },
          ExpressionAttributeValues: { ':free': free - 1 },
        }),
      )
      return { id: world.id('enrollment') }
    }
    const answers = await race(Array.from({ length: 200 }, () => naive))
    expect(winners(answers).length).toBeGreaterThan(30)
    await world.table.client.send(
      new UpdateCommand({
        TableName: world.table.name,
        Key: key,
        UpdateExpression: 'SET #free = :all',
        ExpressionAttributeNames: { '#free': 'free' },
        ExpressionAttributeValues: { ':all': 30 },
      }),
    )
  })

  it('sells every seat of many shards, and none stays stranded', async () => {
    const { run, shards } = await makeRun(world, { capacity: 157 })
    expect(shards).toBe(4)
    const people = await makePeople(world, 300)
    const memory = seatMemory(world)
    const answers = await race(
      people.map(
        (person) => () =>
          claimSeat(
            { world: world, memory: memory, quoteSecret },
            { actor: actor(person), command: command(`all-${person}`), params: { runId: run.id }, body: {} },
          ),
      ),
    )
    expect(winners(answers)).toHaveLength(157)
  })
})

describe('one person in a hurry', () => {
  it('clicks 20 times with 20 keys and has one seat', async () => {
    const { run } = await makeRun(world)
    const [person = ''] = await makePeople(world, 1)
    const memory = seatMemory(world)
    const answers = await race(
      Array.from(
        { length: 20 },
        (_, index) => () =>
          claimSeat(
            { world: world, memory: memory, quoteSecret },
            { actor: actor(person), command: command(`click-${index}`), params: { runId: run.id }, body: {} },
          ),
      ),
    )
    expect(winners(answers)).toHaveLength(1)
    expect(codes(answers)).toEqual(['already-enrolled'])
  })

  it('sends one key 16 times and gets one and the same enrollment every time', async () => {
    const { run } = await makeRun(world)
    const [person = ''] = await makePeople(world, 1)
    const answers = await race(
      Array.from(
        { length: 16 },
        () => () =>
          claimSeat(
            { world: world, memory: seatMemory(world), quoteSecret },
            { actor: actor(person), command: command('same-key'), params: { runId: run.id }, body: {} },
          ),
      ),
    )
    expect(new Set(winners(answers)).size).toBe(1)
    expect(winners(answers)).toHaveLength(16)
  })

  it('is refused when the key belongs to another request', async () => {
    const { run } = await makeRun(world)
    const [person = ''] = await makePeople(world, 1)
    const call = { actor: actor(person), params: { runId: run.id }, body: {} }
    await claimSeat({ world: world, memory: seatMemory(world), quoteSecret }, { ...call, command: command('reused', 'one thing') })
    await expect(
      claimSeat({ world: world, memory: seatMemory(world), quoteSecret }, { ...call, command: command('reused', 'another') }),
    ).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    })
  })

  it('claims ten runs at the same hour at once and gets one', async () => {
    const runs = await Promise.all(Array.from({ length: 10 }, () => makeRun(world, { date: '2026-12-28' })))
    const [person = ''] = await makePeople(world, 1)
    const answers = await race(
      runs.map(
        ({ run }, index) =>
          () =>
            claimSeat(
              { world: world, memory: seatMemory(world), quoteSecret },
              {
                actor: actor(person),
                command: command(`hour-${index}`),
                params: { runId: run.id },
                body: {},
              },
            ),
      ),
    )
    expect(winners(answers)).toHaveLength(1)
    expect(codes(answers)).toEqual(['schedule-overlap'])
  })
})

describe('giving back under load', () => {
  it('claims and cancels of 60 people at once leave books that add up', async () => {
    const { run } = await makeRun(world, { capacity: 20 })
    const people = await makePeople(world, 60)
    await Promise.all(
      people.map(async (person) => {
        for (let turn = 0; turn < 3; turn += 1) {
          const claimed = await claimSeat(
            { world: world, memory: seatMemory(world), quoteSecret },
            {
              actor: actor(person),
              command: command(`turn-${turn}-${person}`),
              params: { runId: run.id },
              body: {},
            },
          ).catch((error: unknown) => {
            if (error instanceof Refusal && error.code === 'sold-out') return undefined
            throw error
          })
          if (claimed !== undefined && turn < 2)
            await cancelEnrollment(world, {
              actor: actor(person),
              command: command(`back-${turn}-${person}`, 'asked', 'cancelEnrollment'),
              params: { enrollmentId: claimed.id },
            })
        }
      }),
    )
    expect((await checkBooks(world)).violations).toEqual([])
  })
})
