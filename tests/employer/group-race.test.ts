import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Refusal } from '@skills/contract/refusals.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { poolsFor } from '@skills/core/employer/buy-seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { claim } from '../order/payment-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { accounts, employerScene, makeStaff } from './employer-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
const priceFen = 30_000
beforeAll(async () => {
  const started = await startTable('group-race')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

type Told = { seats: number } | { refused: string }
const told = (promise: Promise<unknown>, seats: number): Promise<Told> =>
  promise.then(
    () => ({ seats }),
    (error: unknown) => {
      if (error instanceof Refusal) return { refused: error.code }
      throw error
    },
  )
const won = (answers: readonly Told[]) => answers.reduce((sum, answer) => sum + ('seats' in answer ? answer.seats : 0), 0)

describe('the end of an order beside those who accept', () => {
  it('each seat is either somebody’s or given back, in every round', async () => {
    for (let round = 0; round < 4; round += 1) {
      const run = await makeRun(world, { capacity: 12, priceFen, date: `2027-01-${10 + round}`, closesAt: '2027-01-05T00:00:00.000Z' })
      const firm = employerScene(world)
      const order = await firm.buy(run.run.id, 8)
      await firm.pay(order.id, order.totalFen)
      const staff = await makeStaff(world, 6)
      const invited: string[] = []
      for (const { hash } of staff) invited.push(await firm.inviteHash(order.id, hash))
      const answers = await Promise.all([
        told(firm.cancel(order.id), 0),
        ...staff.map(({ personId }, place) => told(firm.answer(personId, invited[place] ?? ''), 1)),
      ])
      const after = await accounts(world, run)
      expect(after).toMatchObject({ held: 0, blocked: 0, sold: won(answers), free: 12 - won(answers) })
    }
    expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
  })
})

describe('the last seats', () => {
  it('two employers and walk-ins at once: each order gets all of its seats or none, and no seat is given twice', async () => {
    for (let round = 0; round < 6; round += 1) {
      const capacity = 60
      const run = await makeRun(world, { capacity, priceFen, date: `2026-12-${16 + round}` })
      const people = await makePeople(world, 15)
      const firms = [employerScene(world), employerScene(world)]
      const orders = [35, 30].map((seats, place) =>
        told(firms[place]?.buy(run.run.id, seats) ?? Promise.reject(new Error('no firm')), seats),
      )
      const claims = people.map((person) => told(claim(world, person, run.run.id), 1))
      const [groups, singles] = [await Promise.all(orders), await Promise.all(claims)]
      const after = await accounts(world, run)
      expect(after.free + after.held).toBe(capacity)
      expect(after.held).toBe(won(groups) + won(singles))
      // Two orders together want more than there is: at least one of them got nothing, and heard why.
      expect(groups.filter((answer) => 'seats' in answer).length).toBeLessThan(2)
      for (const answer of groups) if ('refused' in answer) expect(answer.refused).toBe('seats-not-enough')
      for (const answer of singles) if ('refused' in answer) expect(answer.refused).toBe('sold-out')
    }
    expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
  })

  it('CONTROL: shard after shard, each in a transaction of its own, leaves orders with a part of their seats', async () => {
    const run = await makeRun(world, { capacity: 80, priceFen, date: '2026-12-25' })
    const byHand = async (seats: number) => {
      const pools = poolsFor(await readHeads(world.table, run.run.id, run.shards), seats) ?? []
      let got = 0
      for (const { shard, seats: part } of pools) {
        const taken = await world.table.client
          .send(
            new UpdateCommand({
              TableName: world.table.name,
              Key: keys.shard.key(run.run.id, shard),
              UpdateExpression: 'SET #free = #free - :part, held = held + :part',
              ConditionExpression: '#free >= :part',
              ExpressionAttributeNames: { '#free': 'free' },
              ExpressionAttributeValues: { ':part': part },
            }),
          )
          .catch(() => undefined)
        if (taken !== undefined) got += part
      }
      return { wanted: seats, got }
    }
    const orders = await Promise.all([byHand(50), byHand(50), byHand(50), byHand(50)])
    expect(orders.filter(({ wanted, got }) => got > 0 && got < wanted).length).toBeGreaterThan(0)
  })
})

describe('the quota of an employer', () => {
  it('holds against orders that are made at the same moment', async () => {
    const run = await makeRun(world, { capacity: 400, priceFen, date: '2026-12-26' })
    const firm = employerScene(world)
    const answers = await Promise.all(Array.from({ length: 12 }, () => told(firm.buy(run.run.id, 20), 20)))
    expect(won(answers)).toBe(100)
    expect(answers.filter((answer) => 'refused' in answer && answer.refused === 'quota-reached')).toHaveLength(7)
    expect((await readItem(world.table, keys.employerQuota.key(firm.employerId)))?.['unpaidSeats']).toBe(100)
  })

  it('CONTROL: read, compare, write lets more through', async () => {
    const key = keys.employerQuota.key(world.id('employer'))
    const naive = async (): Promise<number> => {
      const held = ((await readItem(world.table, key))?.['unpaidSeats'] as number | undefined) ?? 0
      if (held + 20 > 100) return 0
      await world.table.client.send(
        new UpdateCommand({
          TableName: world.table.name,
          Key: key,
          UpdateExpression: 'SET unpaidSeats = :held',
          ExpressionAttributeValues: { ':held': held + 20 },
        }),
      )
      return 20
    }
    const got = await Promise.all(Array.from({ length: 12 }, naive))
    expect(got.reduce((sum, seats) => sum + seats, 0)).toBeGreaterThan(100)
  })
})
