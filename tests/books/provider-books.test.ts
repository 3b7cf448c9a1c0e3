import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { compareBooks } from '@skills/core/books/provider-books.ts'
import { readGroupOrder } from '@skills/core/employer/group-order.table.ts'
import { settleGroupOrder } from '@skills/core/employer/settle-group-order.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem, type Item } from '@skills/core/table.ts'
import { openGroupCheckout } from '@skills/functions/orders/open-group-checkout.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { employerScene } from '../employer/employer-scene.ts'
import { makeRun } from '../enrollment/claim-scene.ts'
import {
  deliverAll,
  hold,
  leave,
  pass,
  pay,
  priceFen,
  settle,
  startPayments,
  type Held,
  type PaymentScene,
} from '../order/payment-scene.ts'

let scene: PaymentScene
let kept: Held
let left: Held
let groupId: string
beforeAll(async () => {
  scene = await startPayments('provider-books')
  const run = await makeRun(scene.world, { capacity: 10, priceFen })
  kept = await hold(scene, run.run)
  left = await hold(scene, run.run)
  for (const held of [kept, left]) await pay(scene, held)
  await deliverAll(scene)
  await leave(scene, left)
  const firm = employerScene(scene.world)
  const order = await firm.buy(run.run.id, 2, { payBy: 'stripe' })
  groupId = order.id
  const language = { language: 'zh' as const }
  const { url } = await openGroupCheckout(scene.world, scene.payments, 'https://shop.example', {
    ...{ actor: firm.manager, params: { groupOrderId: order.id } },
    body: language,
  })
  scene.scene.stripe.pay(url.split('/').at(-1) ?? '')
  // One that was paid by transfer, which no provider knows of.
  const other = await firm.buy(run.run.id, 1)
  await firm.pay(other.id, other.totalFen)
  await deliverAll(scene)
  await settle(scene)
  await deliverAll(scene)
})
afterAll(() => scene.stop())

const compare = () => compareBooks(scene.world, scene.payments)
const enrollment = (held: Held) => keys.enrollment.key(held.personId, held.enrollmentId)
/** Compares the books once an item was spoiled, and mends it. */
async function spoiled(key: { pk: string; sk: string }, spoil: (item: Item) => void): Promise<unknown> {
  const before = (await readItem(scene.world.table, key)) as Item
  const after = structuredClone(before)
  spoil(after)
  const put = (Item: object) => scene.world.table.client.send(new PutCommand({ TableName: scene.world.table.name, Item }))
  await put(after)
  const { violations } = await compare()
  await put(before)
  return violations
}
const moneyOf = (item: Item) => (item['order'] ?? item) as { payments: Record<string, unknown>[]; refunds: Record<string, unknown>[] }
const o6 = (says: string, { pk, sk }: { pk: string; sk: string }) => ({
  ...{ code: 'O6', at: `${pk} / ${sk}` },
  says: `the payment provider does not say the same: ${says}`,
})

describe('the books beside the payment provider', () => {
  it('agree, for orders and group orders; what was paid by transfer is not asked for', async () => {
    expect(await compare()).toEqual({ compared: 3, violations: [] })
  })

  it('notice a payment that we forgot, one that we made up, another sum, and a refund that did not happen or was forgotten', async () => {
    expect(await spoiled(enrollment(kept), (item) => Object.assign(moneyOf(item).payments[0] ?? {}, { state: 'expired' }))).toEqual([
      o6('payment', enrollment(kept)),
    ])
    expect(await spoiled(enrollment(kept), (item) => Object.assign(moneyOf(item).payments[0] ?? {}, { checkoutId: 'cs_unknown' }))).toEqual(
      [o6('payment', enrollment(kept))],
    )
    expect(await spoiled(enrollment(kept), (item) => Object.assign(moneyOf(item).payments[0] ?? {}, { amountFen: 1 }))).toEqual([
      o6('amount', enrollment(kept)),
    ])
    expect(await spoiled(enrollment(left), (item) => (moneyOf(item).refunds = []))).toEqual([o6('refund', enrollment(left))])
    const group = keys.groupOrder.key(groupId)
    expect(await spoiled(group, (item) => Object.assign(moneyOf(item).payments[0] ?? {}, { amountFen: 1 }))).toEqual([o6('amount', group)])
    const madeUp = { ...moneyOf((await readItem(scene.world.table, enrollment(left))) as Item).refunds[0], id: 'rfd_made_up' }
    const paymentId = (await readGroupOrder(scene.world.table, groupId))?.payments[0]?.paymentId
    expect(await spoiled(group, (item) => moneyOf(item).refunds.push({ ...madeUp, paymentId }))).toEqual([o6('refund', group)])
  })

  it('are compared by themselves a day after money moved, group orders too: what was never told is taken in, what still differs is said once', async () => {
    const { store } = scene.scene.stripe
    const stored = async () => readGroupOrder(scene.world.table, groupId)
    const { provider } = scene.payments
    const paymentId = (await stored())?.payments[0]?.paymentId ?? ''
    await provider.refund({ refundId: 'by-hand-of-group', paymentId, amountFen: 1_000, references: {} })
    for (const event of store.all('event'))
      store.put('event', event.event.id, { ...event, delivery: { ...event.delivery, state: 'delivered' } })
    await pass(scene, 23 * 60)
    await settle(scene)
    expect((await stored())?.refunds).toEqual([])
    await pass(scene, 2 * 60)
    await settle(scene)
    expect((await stored())?.refunds).toMatchObject([{ state: 'succeeded', reason: 'operator', amountFen: 1_000 }])

    const [session] = store.all('session').filter(({ metadata }) => metadata?.['orderId'] === groupId)
    if (session === undefined) throw new Error('no session')
    store.put('session', session.id, { ...session, amount_total: 1 })
    await pass(scene, 25 * 60)
    const look = () => settleGroupOrder(scene.world, scene.payments, groupId)
    expect(await look()).toMatchObject({ differs: ['amount'] })
    expect(await look()).toMatchObject({ differs: [] })
    store.put('session', session.id, session)
  })
})
