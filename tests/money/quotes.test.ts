import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { plusMinutes } from '@skills/contract/time.ts'
import { keys } from '@skills/core/keys.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { checkClaim } from '@skills/functions/enrollment/check-claim.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram, makeVoucher } from '../funding/funding-scene.ts'
import { priceFen } from '../order/payment-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { cancel } from '../waitlist/waitlist-scene.ts'
import { claimAt, priceFor, take } from './money-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('quotes')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

describe('a price that was shown', () => {
  test('is not taken when less would come back after leaving than was shown', async () => {
    const { run } = await makeRun(world, { priceFen })
    const [person = ''] = await makePeople(world, 1)
    const { quote } = await priceFor(world, person, run.id)
    await world.table.client.send(
      new UpdateCommand({
        TableName: world.table.name,
        Key: keys.run.key(run.id),
        UpdateExpression: 'SET #run.refundPolicy = :policy',
        ExpressionAttributeNames: { '#run': 'run' },
        ExpressionAttributeValues: { ':policy': { version: 'strict', bands: [{ workingDays: 20, percent: 10 }] } },
      }),
    )
    await expect(take(world, person, run.id, quote)).rejects.toMatchObject({ code: 'price-changed' })
    const { orderId } = await take(world, person, run.id, (await priceFor(world, person, run.id)).quote)
    expect(orderId).not.toBeNull()
  })

  test('of less than a payment can be takes no seat, where the deployment says what that is', async () => {
    const { run } = await makeRun(world, { priceFen: 399 })
    const [person = ''] = await makePeople(world, 1)
    const { quote } = await priceFor(world, person, run.id)
    const careful = { ...world, limits: { ...world.limits, leastPayableFen: 400 } }
    await expect(take(careful, person, run.id, quote)).rejects.toMatchObject({
      code: 'payable-too-small',
      members: { fen: 399, least: 400 },
    })
    const exact = { ...world, limits: { ...world.limits, leastPayableFen: 399 } }
    expect((await take(exact, person, run.id, quote)).orderId).not.toBeNull()
  })

  test('by a voucher that a review opened is the price of the claim too', async () => {
    const { run } = await makeRun(world, { priceFen })
    const program = await makeProgram(world, { budgetFen: 50_000, rules: [{ kind: 'union-member' }] })
    const { code } = await makeVoucher(world, program)
    const [person = ''] = await makePeople(world, 1)
    expect((await priceFor(world, person, run.id, code)).split.subsidyFen).toBe(0)
    const reviewOf = { ...keys.reviewOf.key(person, program.id, run.id) }
    await world.table.client.send(
      new UpdateCommand({
        TableName: world.table.name,
        Key: reviewOf,
        UpdateExpression: 'SET #state = :state, reviewId = :id',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': 'granted', ':id': world.id('review') },
      }),
    )
    const { quote, split } = await priceFor(world, person, run.id, code)
    expect(split.subsidyFen).toBe(10_000)
    await expect(take(world, person, run.id, quote)).resolves.toMatchObject({ state: 'held' })
  })

  test('with nothing to pay needs no hold: two unpaid seats do not stand in its way', async () => {
    const [person = ''] = await makePeople(world, 1)
    for (const date of ['2026-12-21', '2026-12-22']) await claimAt(world, person, (await makeRun(world, { priceFen, date })).run.id)
    const [paid, free] = [await makeRun(world, { priceFen, date: '2026-12-23' }), await makeRun(world, { priceFen, date: '2026-12-24' })]
    await allocateTo(world, await makeProgram(world, { budgetFen: priceFen, funding: { kind: 'full' } }), free, { seats: 1, fen: priceFen })
    await expect(claimAt(world, person, paid.run.id)).rejects.toMatchObject({ code: 'too-many-holds' })
    const advice = async (run: typeof free) =>
      (await checkClaim(world, { actor: actor(person), params: { runId: run.run.id } })).obstacles.map(({ code }) => code)
    expect([await advice(paid), await advice(free)]).toEqual([['too-many-holds'], []])
    const { quote } = await priceFor(world, person, free.run.id)
    await expect(take(world, person, free.run.id, quote)).resolves.toMatchObject({ state: 'active' })
  })

  test('buys no more time by being given up and taken again: after six unpaid seats within a day a person pays or waits', async () => {
    const { run } = await makeRun(world, { priceFen, date: '2026-12-29' })
    const free = await makeRun(world, { date: '2026-12-28' })
    const [person = ''] = await makePeople(world, 1)
    const start = world.now()
    let turns = 0
    for (; turns < 500; turns += 1) {
      const held = await claimAt(world, person, run.id).catch((error: unknown) => error as { code: string; members: object })
      if ('code' in held) {
        expect(held).toMatchObject({ code: 'unpaid-too-often', members: { most: 6, until: plusMinutes(start, 24 * 60) } })
        break
      }
      await cancel(world, person, { id: held.enrollmentId })
    }
    expect(turns).toBe(6)
    await expect(take(world, person, free.run.id, '')).resolves.toMatchObject({ state: 'active' })
    world.moveTo(plusMinutes(start, 24 * 60))
    await expect(claimAt(world, person, run.id)).resolves.toBeDefined()
  })

  test('can be taken again after the seat was given back, at the same price and no other', async () => {
    const { run } = await makeRun(world, { priceFen, date: '2026-12-25' })
    const [person = '', other = ''] = await makePeople(world, 2)
    const { quote } = await priceFor(world, person, run.id)
    await expect(take(world, other, run.id, quote)).rejects.toMatchObject({ code: 'quote-needed' })
    const elsewhere = await makeRun(world, { priceFen, date: '2026-12-26' })
    await expect(take(world, person, elsewhere.run.id, quote)).rejects.toMatchObject({ code: 'quote-needed' })
    await take(world, person, run.id, quote)
    await expect(take(world, person, run.id, quote)).rejects.toMatchObject({ code: 'already-enrolled' })
  })
})

test('one key sent 16 times for the last seat is one seat, and nobody with it hears that all are sold', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { run } = await makeRun(world, { capacity: 1, date: `2026-12-${27 + (round % 4)}` })
    const [person = ''] = await makePeople(world, 1)
    const claims = Array.from({ length: 16 }, () =>
      claimSeat(
        { world, memory: seatMemory(world), quoteSecret },
        { actor: actor(person), params: { runId: run.id }, command: command(`last-${round}`), body: {} },
      ),
    )
    expect(new Set((await Promise.all(claims)).map(({ id }) => id)).size).toBe(1)
  }
})
