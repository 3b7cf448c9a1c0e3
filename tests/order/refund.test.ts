import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import { keys } from '@skills/core/keys.ts'
import { refundPercent, standardPolicy } from '@skills/core/order/refund-policy.ts'
import { settleOrder } from '@skills/core/order/settle-order.ts'
import { readMatters } from '@skills/core/order/money-matter.table.ts'
import { resendRefund } from '@skills/core/order/resend-refund.ts'
import { readItem } from '@skills/core/table.ts'
import { describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import {
  deliver,
  deliverAll,
  expectCleanBooks,
  hold,
  leave,
  now,
  pass,
  pay,
  priceFen,
  settle,
  stripeSums,
  told,
  usePaymentScene,
  wanted,
  type Held,
} from './payment-scene.ts'

const scene = usePaymentScene('refunds')

/** A seat that is paid for; the first meeting so many days from now decides how much comes back. */
async function seated(how?: Parameters<typeof pay>[2]): Promise<Held> {
  const { run } = await makeRun(scene.world, { priceFen, date: '2026-12-20' })
  const held = await hold(scene, run)
  await pay(scene, held, how)
  await deliverAll(scene)
  expect((await now(scene, held)).order.state).toBe('confirmed')
  return held
}
const refundIds = (held: Held) =>
  scene.scene.stripe.store
    .all('refund')
    .filter(({ metadata }) => metadata?.['orderId'] === held.orderId)
    .map(({ id }) => id)
/** The provider believes that it told us everything. */
const allTold = () => {
  const { store } = scene.scene.stripe
  for (const kept of store.all('event')) store.put('event', kept.event.id, { ...kept, delivery: { ...kept.delivery, state: 'delivered' } })
}
const paymentIdOf = async (held: Held) => String((await now(scene, held)).order.payments[0]?.paymentId)

describe('what is owed goes back', () => {
  it('once, however often and by how many it is sent, and the person is told', async () => {
    const held = await seated()
    await leave(scene, held)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'pending', reason: 'left', amountFen: priceFen }])
    await Promise.all([settle(scene), settle(scene), settle(scene)])
    await deliverAll(scene)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'succeeded' }])
    expect(refundIds(held)).toHaveLength(1)
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    expect((await told(scene, held)).filter((type) => type === 'money-returned')).toHaveLength(1)
    await expectCleanBooks(scene)
  })

  it('after a lost answer, a crash or a day it is still one refund', async () => {
    const held = await seated()
    await leave(scene, held)
    scene.scene.stripe.faults.next('lost-after', { call: /POST .*refunds$/, times: 2 })
    await expect(settle(scene)).rejects.toThrow('not settled')
    expect(refundIds(held)).toHaveLength(1)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'pending' }])
    // By now the provider has forgotten the key.
    await pass(scene, 25 * 60)
    await settle(scene)
    expect(refundIds(held)).toHaveLength(1)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'succeeded' }])
  })

  it('is looked at until it has arrived, where the way takes time', async () => {
    const held = await seated({ method: 'wechat_pay' })
    await leave(scene, held)
    await settle(scene)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'sent' }])
    await pass(scene, 11)
    await settle(scene)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'succeeded' }])
  })
})

describe('a refund that fails', () => {
  it('days later, after it was called succeeded, is owed again, and an operator sends it anew', async () => {
    const held = await seated()
    await leave(scene, held)
    await settle(scene)
    await deliverAll(scene)
    await pass(scene, 3 * 24 * 60)
    scene.scene.stripe.failRefund(refundIds(held)[0] ?? '')
    await deliverAll(scene)
    const [failed] = (await now(scene, held)).order.refunds
    expect(failed).toMatchObject({ state: 'failed' })
    await settle(scene)
    expect(refundIds(held)).toHaveLength(1)
    const matter = (await readMatters(scene.world.table, 'open', 100)).find(({ refundId }) => refundId === failed?.id)
    expect(matter).toMatchObject({ kind: 'refund-failed', fen: priceFen, orderId: held.orderId })
    const operators = ['per_70000000000000000000000041', 'per_70000000000000000000000042']
    const sent = await Promise.allSettled(operators.map((by) => resendRefund(scene.world, undefined, matter?.id ?? '', by)))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await now(scene, held)).order.refunds).toHaveLength(2)
    await settle(scene)
    expect((await now(scene, held)).order.refunds.map(({ state }) => state)).toEqual(['canceled', 'succeeded'])
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    await expectCleanBooks(scene)
  })

  it('because the provider refuses it stays owed, is counted, and is not asked for again by itself', async () => {
    const held = await seated()
    await leave(scene, held)
    scene.scene.stripe.openDispute(await paymentIdOf(held))
    // Nobody was told of the dispute yet: otherwise the refund would wait for its end.
    allTold()
    expect(await settle(scene)).toMatchObject({ refundsFailed: 1 })
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'failed' }])
    expect(await settle(scene)).toMatchObject({ refundsFailed: 0 })
    await deliverAll(scene)
    expect((await now(scene, held)).order.disputes).toMatchObject([{ state: 'open', amountFen: priceFen }])
  })
})

describe('what others did at the provider is written down', () => {
  it('a part that an operator gave back by hand; leaving gives back the rest and no more', async () => {
    const held = await seated()
    const { provider } = scene.payments
    const paymentId = await paymentIdOf(held)
    await provider.refund({ refundId: 'by-hand', paymentId, amountFen: 28_000, references: {} })
    await deliverAll(scene)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ reason: 'operator', state: 'succeeded', amountFen: 28_000 }])
    await leave(scene, held)
    await settle(scene)
    await deliverAll(scene)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ amountFen: 28_000 }, { amountFen: 100_000, state: 'succeeded' }])
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    await expectCleanBooks(scene)
  })

  it.each(['won', 'lost'] as const)('a dispute that is %s, its events in any order', async (outcome) => {
    const held = await seated()
    const before = wanted(scene).length
    const { id } = scene.scene.stripe.openDispute(await paymentIdOf(held))
    scene.scene.stripe.closeDispute(id, outcome)
    for (const event of wanted(scene).slice(before).reverse()) await deliver(scene, event)
    const { order } = await now(scene, held)
    expect(order.disputes).toMatchObject([{ disputeId: id, state: outcome }])
    expect(order.state).toBe('confirmed')
  })
})

describe('a day after money moved it is compared with what the provider has', () => {
  it('what was never told is taken in', async () => {
    const held = await seated()
    await leave(scene, held)
    await settle(scene)
    scene.scene.stripe.failRefund(refundIds(held)[0] ?? '')
    allTold()
    await pass(scene, 23 * 60)
    await settle(scene)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'succeeded' }])
    await pass(scene, 2 * 60)
    await settle(scene)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ state: 'failed' }])
  })
  it('what still differs is said, once', async () => {
    const held = await seated()
    const [session] = scene.scene.stripe.store.all('session').filter(({ metadata }) => metadata?.['orderId'] === held.orderId)
    if (session === undefined) throw new Error('no session')
    scene.scene.stripe.store.put('session', session.id, { ...session, amount_total: 1 })
    await pass(scene, 25 * 60)
    const look = () => settleOrder(scene.world, scene.payments, held.personId, held.orderId)
    expect(await look()).toMatchObject({ differs: ['amount'] })
    expect(await look()).toMatchObject({ differs: [] })
    scene.scene.stripe.store.put('session', session.id, session)
  })
})

it('leaving late gives back what the policy says, and the next leaving of nothing gives nothing', async () => {
  // Three full working days: half of it.
  const { run } = await makeRun(scene.world, { priceFen: 99_999, date: dateAt(plusMinutes(scene.world.now(), 6 * 24 * 60)) })
  const held = await hold(scene, run)
  await pay(scene, held)
  await deliverAll(scene)
  const percent = refundPercent(standardPolicy, scene.world.now(), firstMeeting(run))
  expect(percent).toBe(50)
  await leave(scene, held)
  await Promise.all([settle(scene), settle(scene)])
  expect((await now(scene, held)).order.refunds).toMatchObject([{ amountFen: 50_000, state: 'succeeded' }])
  await expect(leave(scene, held)).rejects.toMatchObject({ code: 'illegal-transition' })
  expect(stripeSums(scene, held.orderId)).toEqual({ captured: 99_999, returned: 50_000 })
  await expectCleanBooks(scene)
})

it('news of a refund that comes before the news of its payment takes that in first', async () => {
  const { run } = await makeRun(scene.world, { priceFen })
  const held = await hold(scene, run)
  const session = await pay(scene, held)
  const paymentId = String(scene.scene.stripe.store.get('session', session)?.payment_intent)
  await scene.payments.provider.refund({ refundId: 'early', paymentId, amountFen: 1_000, references: {} })
  const refunds = wanted(scene).filter(({ type }) => type === 'charge.refunded')
  await deliver(scene, refunds.at(-1) as object)
  const { order } = await now(scene, held)
  expect(order).toMatchObject({ state: 'confirmed', payments: [{ state: 'paid' }], refunds: [{ amountFen: 1_000, reason: 'operator' }] })
})

it('news of what is not there waits an hour, then is set aside for a person', async () => {
  const [event] = wanted(scene).filter(({ type }) => type === 'checkout.session.completed')
  const strange = {
    ...event,
    id: 'evt_unknown',
    created: Math.floor(Date.parse(scene.world.now()) / 1000),
    data: { object: { object: 'checkout.session', id: 'cs_test_unknown' } },
  }
  await expect(deliver(scene, strange)).rejects.toMatchObject({ code: 'order-unknown-yet' })
  expect(await readItem(scene.world.table, keys.quarantine.key('evt_unknown'))).toBeUndefined()
  await pass(scene, 61)
  await deliver(scene, strange)
  expect(await readItem(scene.world.table, keys.quarantine.key('evt_unknown'))).toMatchObject({ why: 'unknown', about: 'cs_test_unknown' })
})
