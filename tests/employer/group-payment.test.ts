import { plusMinutes } from '@skills/contract/time.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { readGroupOrder } from '@skills/core/employer/group-order.table.ts'
import { readInvoices } from '@skills/core/order/invoice.table.ts'
import { readMatters } from '@skills/core/order/money-matter.table.ts'
import { resendRefund } from '@skills/core/order/resend-refund.ts'
import { openGroupCheckout } from '@skills/functions/orders/open-group-checkout.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import {
  deliver,
  deliverAll,
  expectCleanBooks,
  pass,
  settle,
  startPayments,
  stripeSums,
  wanted,
  type PaymentScene,
} from '../order/payment-scene.ts'
import { accounts, employerScene, makeStaff, refusalOf } from './employer-scene.ts'

let scene: PaymentScene
const priceFen = 45_600
beforeAll(async () => void (scene = await startPayments('group-payment')))
afterAll(() => scene.stop())
afterEach(() => expectCleanBooks(scene))

type Firm = ReturnType<typeof employerScene>
const shop = 'https://shop.example'
const open = (firm: Firm, groupOrderId: string) =>
  openGroupCheckout(scene.world, scene.payments, shop, { actor: firm.manager, params: { groupOrderId }, body: { language: 'zh' } })
const pay = async (firm: Firm, groupOrderId: string): Promise<string> => {
  const id = (await open(firm, groupOrderId)).url.split('/').at(-1) ?? ''
  scene.scene.stripe.pay(id)
  return id
}
const stored = async (id: string) => {
  const order = await readGroupOrder(scene.world.table, id)
  if (order === undefined) throw new Error('no such order')
  return order
}
/** A firm that holds seats of a new run for payment at a checkout. */
async function held(seats: number, capacity = 10) {
  const run = await makeRun(scene.world, {
    capacity,
    priceFen,
    opensAt: plusMinutes(scene.world.now(), -60),
    closesAt: plusMinutes(scene.world.now(), 20_000),
    date: '2027-03-10',
  })
  const firm = employerScene(scene.world)
  const order = await firm.buy(run.run.id, seats, { payBy: 'stripe' })
  return { run, firm, order }
}

describe('a group order paid at a checkout', () => {
  it('is confirmed by the event alone, once, however often it comes; the same attempt has the same page', async () => {
    const { run, firm, order } = await held(3)
    const { url } = await open(firm, order.id)
    expect((await open(firm, order.id)).url).toBe(url)
    await pay(firm, order.id)
    expect((await stored(order.id)).state).toBe('awaiting-payment')
    await deliverAll(scene)
    for (const event of wanted(scene)) await deliver(scene, event)
    expect(await stored(order.id)).toMatchObject({ state: 'paid', paidBy: 'stripe', account: 'blocked' })
    expect(await accounts(scene.world, run)).toEqual({ free: 7, held: 0, sold: 0, blocked: 3 })
    expect((await refusalOf(open(firm, order.id))).code).toBe('illegal-transition')
    expect(stripeSums(scene, order.id)).toEqual({ captured: 3 * priceFen, returned: 0 })
  })

  it('that is held for a transfer can be paid for at a checkout all the same, for days', async () => {
    const { run, firm } = await held(1)
    const order = await firm.buy(run.run.id, 2)
    const first = await open(firm, order.id)
    await pass(scene, 30 * 60)
    expect(await open(firm, order.id)).toMatchObject({ attempt: first.attempt + 1 })
    await pay(firm, order.id)
    await deliverAll(scene)
    expect(await stored(order.id)).toMatchObject({ state: 'paid', paidBy: 'stripe' })
    await settle(scene)
  })

  it('for more than one checkout takes is refused with another way to pay', async () => {
    const run = await makeRun(scene.world, {
      ...{ capacity: 20, priceFen: 6_000_000, date: '2027-03-12' },
      opensAt: plusMinutes(scene.world.now(), -60),
      closesAt: plusMinutes(scene.world.now(), 20_000),
    })
    const firm = employerScene(scene.world)
    const order = await firm.buy(run.run.id, 20)
    expect(await refusalOf(open(firm, order.id))).toMatchObject({ code: 'validation-failed', errors: [{ code: 'over-checkout' }] })
    await firm.cancel(order.id)
  })

  it('whose event was lost is found paid when its hold ends, and does not lapse', async () => {
    const { run, firm, order } = await held(2)
    await pay(firm, order.id)
    await pass(scene, 46)
    await settle(scene)
    expect((await stored(order.id)).state).toBe('paid')
    expect(await accounts(scene.world, run)).toMatchObject({ free: 8, blocked: 2 })
  })

  it('that lapsed is paid back whole when money comes after all', async () => {
    const { run, firm, order } = await held(2)
    const id = (await open(firm, order.id)).url.split('/').at(-1) ?? ''
    scene.scene.stripe.pay(id, { method: 'alipay', outcome: 'later' })
    await pass(scene, 46)
    await settle(scene)
    expect((await stored(order.id)).state).toBe('lapsed')
    expect(await accounts(scene.world, run)).toMatchObject({ free: 10, held: 0 })
    scene.scene.stripe.settle(id, true)
    await deliverAll(scene)
    await settle(scene)
    await pass(scene, 15)
    await settle(scene)
    expect(await stored(order.id)).toMatchObject({ state: 'lapsed', payments: [{ surplus: true }], refunds: [{ state: 'succeeded' }] })
    expect(stripeSums(scene, order.id)).toEqual({ captured: 2 * priceFen, returned: 2 * priceFen })
  })

  it('that is cancelled gets back what its policy gives for the seats nobody took, with a red-letter request', async () => {
    const { run, firm, order } = await held(4)
    await pay(firm, order.id)
    await deliverAll(scene)
    const [one = { personId: '', hash: '' }] = await makeStaff(scene.world, 1)
    await firm.answer(one.personId, await firm.inviteHash(order.id, one.hash))
    await firm.cancel(order.id)
    await settle(scene)
    await deliverAll(scene)
    await settle(scene)
    expect(stripeSums(scene, order.id)).toEqual({ captured: 4 * priceFen, returned: 3 * priceFen })
    expect(await accounts(scene.world, run)).toEqual({ free: 9, held: 0, sold: 1, blocked: 0 })
    const invoices = await readInvoices(scene.world.table, run.run.providerId)
    expect(invoices.map(({ invoice }) => [invoice.kind, invoice.payer, invoice.fen]).sort()).toEqual([
      ['blue', 'employer', 4 * priceFen],
      ['red', 'employer', 3 * priceFen],
    ])
  })

  it('of a cancelled run goes back whole, with the seats people had', async () => {
    const { run, firm, order } = await held(3)
    const waits = await firm.buy(run.run.id, 2, { payBy: 'stripe' })
    await pay(firm, order.id)
    await deliverAll(scene)
    const [one = { personId: '', hash: '' }] = await makeStaff(scene.world, 1)
    await firm.answer(one.personId, await firm.inviteHash(order.id, one.hash))
    const before = await readRun(scene.world.table, run.run.id)
    if (before === undefined) throw new Error('no such run')
    await changeRun(scene.world, { before, run: { ...before.run, state: 'cancelled' }, by: 'system:test', action: 'cancel' }, null)
    await settle(scene)
    await deliverAll(scene)
    await settle(scene)
    expect(stripeSums(scene, order.id)).toEqual({ captured: 3 * priceFen, returned: 3 * priceFen })
    expect(await accounts(scene.world, run)).toEqual({ free: 10, held: 0, sold: 0, blocked: 0 })
    expect((await stored(waits.id)).state).toBe('cancelled')
  })

  it('whose refund failed days later stays owed until an operator sends it again', async () => {
    const { firm, order } = await held(2)
    await pay(firm, order.id)
    await deliverAll(scene)
    await firm.cancel(order.id)
    await settle(scene)
    await deliverAll(scene)
    const [gone] = (await stored(order.id)).refunds
    scene.scene.stripe.failRefund(gone?.providerId ?? '')
    await deliverAll(scene)
    expect((await stored(order.id)).refunds).toMatchObject([{ state: 'failed' }])
    await settle(scene)
    expect((await stored(order.id)).refunds).toHaveLength(1)

    const matter = (await readMatters(scene.world.table, 'open', 100)).find(({ refundId }) => refundId === gone?.id)
    expect(matter).toMatchObject({ kind: 'refund-failed', groupOrderId: order.id, fen: 2 * priceFen })
    await resendRefund(scene.world, undefined, matter?.id ?? '', 'per_70000000000000000000000041')
    await expect(resendRefund(scene.world, undefined, matter?.id ?? '', 'per_70000000000000000000000042')).rejects.toMatchObject({
      code: 'illegal-transition',
    })
    await settle(scene)
    await deliverAll(scene)
    expect((await stored(order.id)).refunds).toMatchObject([{ state: 'canceled' }, { state: 'succeeded', amountFen: 2 * priceFen }])
    expect(stripeSums(scene, order.id)).toEqual({ captured: 2 * priceFen, returned: 2 * priceFen })
  })

  it('by a transfer and at a checkout both keeps one and gives the other back', async () => {
    const { firm, order } = await held(1)
    await pay(firm, order.id)
    await firm.pay(order.id, order.totalFen)
    await deliverAll(scene)
    await settle(scene)
    await deliverAll(scene)
    expect(await stored(order.id)).toMatchObject({ state: 'paid', paidBy: 'transfer' })
    expect(stripeSums(scene, order.id)).toEqual({ captured: priceFen, returned: priceFen })
  })
})
