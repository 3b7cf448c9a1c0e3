import { plusMinutes } from '@skills/contract/time.ts'
import { settleGroupOrder } from '@skills/core/employer/settle-group-order.ts'
import { readInvoices } from '@skills/core/order/invoice.table.ts'
import type { Payments } from '@skills/core/order/payment.ts'
import type { PaymentProvider } from '@skills/core/order/payment-provider.ts'
import { getGroupOrder, listGroupOrders } from '@skills/functions/employer/group-orders.ts'
import { describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { accounts, employerScene, firmTitle, managerOf, operator, refusalOf } from './employer-scene.ts'
import { useCleanWorld } from './clean-world.ts'

/** For what is never asked of a payment provider: it is not there. */
const nobody: Payments = {
  livemode: false,
  provider: new Proxy({} as PaymentProvider, { get: (_, name) => () => Promise.reject(new Error(`asked for ${String(name)}`)) }),
}

const start = '2026-12-01T02:00:00.000Z'
const priceFen = 68_000
const world = useCleanWorld('group-order', start)

describe('a group order', () => {
  it('holds its seats over several shards until a fixed end, then is paid by a transfer', async () => {
    const run = await makeRun(world, { capacity: 90, priceFen })
    const firm = employerScene(world)
    const order = await firm.buy(run.run.id, 50)
    expect(order).toMatchObject({ seats: 50, seatFen: priceFen, totalFen: 50 * priceFen, state: 'awaiting-payment', paidFen: 0 })
    expect(order.holdUntil).toBe(plusMinutes(start, 72 * 60))
    expect(await accounts(world, run)).toEqual({ free: 40, held: 50, sold: 0, blocked: 0 })

    const paid = await firm.pay(order.id, order.totalFen, 'ICBC 2026-001')
    expect(paid).toMatchObject({ state: 'paid', paidBy: 'transfer', paidFen: order.totalFen, unassigned: 50 })
    expect(await accounts(world, run)).toEqual({ free: 40, held: 0, sold: 0, blocked: 50 })
  })

  it('owes back whole what comes by transfer in another sum, twice or too late', async () => {
    const run = await makeRun(world, { capacity: 10, priceFen, date: '2026-12-22' })
    const firm = employerScene(world)
    const order = await firm.buy(run.run.id, 2)
    const mistyped = await refusalOf(firm.pay(order.id, order.totalFen - 1, 'ICBC-SHORT'))
    expect(mistyped).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '#/fen', code: 'not-the-total' }] })
    const short = await firm.pay(order.id, order.totalFen - 1, 'ICBC-SHORT', true)
    expect(short).toMatchObject({ state: 'awaiting-payment', paidAt: null, owedFen: order.totalFen - 1, unassigned: 0 })
    expect(await accounts(world, run)).toEqual({ free: 8, held: 2, sold: 0, blocked: 0 })
    expect(await firm.pay(order.id, order.totalFen)).toMatchObject({ state: 'paid', unassigned: 2 })
    const again = await refusalOf(firm.pay(order.id, order.totalFen, 'ICBC-AGAIN'))
    expect(again).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '#/surplus', code: 'paid-already' }] })
    expect(await firm.pay(order.id, order.totalFen, 'ICBC-AGAIN', true)).toMatchObject({
      ...{ state: 'paid', paidFen: 3 * order.totalFen - 1, surplusFen: 2 * order.totalFen - 1, owedFen: 2 * order.totalFen - 1 },
      owed: { transferFen: 2 * order.totalFen - 1, providerFen: 0, failedFen: 0 },
    })
    expect((await firm.sendBack(order.id, 2 * order.totalFen - 1)).owedFen).toBe(0)

    const late = await firm.buy(run.run.id, 3)
    world.moveTo(late.holdUntil)
    await settleGroupOrder(world, nobody, late.id)
    const tooLate = await refusalOf(firm.pay(late.id, late.totalFen, 'ICBC-LATE'))
    expect(tooLate).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '#/surplus', code: 'order-over' }] })
    expect(await firm.pay(late.id, late.totalFen, 'ICBC-LATE', true)).toMatchObject({ state: 'lapsed', owedFen: late.totalFen })
    expect(await firm.sendBack(late.id, late.totalFen)).toMatchObject({ paidFen: late.totalFen, refundedFen: late.totalFen, owedFen: 0 })
    expect(await accounts(world, run)).toEqual({ free: 8, held: 0, sold: 0, blocked: 2 })
    const invoices = await readInvoices(world.table, run.run.providerId)
    expect(invoices.filter(({ invoice }) => invoice.kind === 'red')).toEqual([])
  })

  it('more than a few that end unpaid within a day keep an employer from another, until the first is a day old', async () => {
    const run = await makeRun(world, { capacity: 30, priceFen, date: '2026-12-23' })
    const firm = employerScene(world)
    const paid = await firm.buy(run.run.id, 1)
    await firm.pay(paid.id, paid.totalFen)
    await firm.cancel(paid.id)
    for (let round = 0; round < 6; round += 1) {
      world.moveTo(plusMinutes(start, round))
      await firm.cancel((await firm.buy(run.run.id, 30)).id)
    }
    const until = plusMinutes(start, 24 * 60)
    expect(await refusalOf(firm.buy(run.run.id, 1))).toMatchObject({ code: 'unpaid-too-often', members: { most: 6, until } })
    expect(await employerScene(world).buy(run.run.id, 1)).toMatchObject({ state: 'awaiting-payment' })
    world.moveTo(until)
    await firm.cancel((await firm.buy(run.run.id, 29)).id)
    expect(await refusalOf(firm.buy(run.run.id, 1))).toMatchObject({ members: { until: plusMinutes(until, 1) } })
  })

  it('of more than one checkout takes is to be paid by transfer', async () => {
    const run = await makeRun(world, { capacity: 30, priceFen: 5_000_000, date: '2026-12-24' })
    const firm = employerScene(world)
    expect(await refusalOf(firm.buy(run.run.id, 20, { payBy: 'stripe' }))).toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '#/payBy', code: 'over-checkout' }],
    })
    expect(await firm.buy(run.run.id, 20, { payBy: 'transfer' })).toMatchObject({ totalFen: 100_000_000 })
  })

  it('counts the bank’s number of a transfer once, for one order', async () => {
    const run = await makeRun(world, { capacity: 10, priceFen, date: '2026-12-21' })
    const firm = employerScene(world)
    const [first, second] = [await firm.buy(run.run.id, 2), await firm.buy(run.run.id, 2)]
    await firm.pay(first.id, first.totalFen, 'CCB-77 88')
    expect(await refusalOf(firm.pay(second.id, second.totalFen, 'ccb-7788'))).toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '#/evidence', code: 'evidence-used' }],
    })
    await firm.cancel(second.id)
  })

  it('that is not paid in time lapses, and its seats are free again', async () => {
    const run = await makeRun(world, { capacity: 90, priceFen })
    const firm = employerScene(world)
    const order = await firm.buy(run.run.id, 70, { payBy: 'stripe' })
    expect(order.holdUntil).toBe(plusMinutes(start, 45))
    world.moveTo(plusMinutes(start, 44))
    expect(await settleGroupOrder(world, nobody, order.id)).toMatchObject({ lapsed: false })
    world.moveTo(order.holdUntil)
    expect(await settleGroupOrder(world, nobody, order.id)).toMatchObject({ lapsed: true })
    expect(await accounts(world, run)).toEqual({ free: 90, held: 0, sold: 0, blocked: 0 })
    // The quota it took is given back: as many can be held again.
    expect(await firm.buy(run.run.id, 90)).toMatchObject({ state: 'awaiting-payment' })
  })

  it('a transfer is held no longer than registration lasts', async () => {
    const run = await makeRun(world, { capacity: 10, priceFen, closesAt: plusMinutes(start, 90) })
    expect(await employerScene(world).buy(run.run.id, 1)).toMatchObject({ holdUntil: plusMinutes(start, 90) })
  })

  it('takes all its seats or none, and says how many are free', async () => {
    const run = await makeRun(world, { capacity: 12, priceFen })
    const firm = employerScene(world)
    expect(await refusalOf(firm.buy(run.run.id, 13))).toMatchObject({ code: 'seats-not-enough', members: { free: 12 } })
    expect(await accounts(world, run)).toMatchObject({ free: 12 })
  })

  it('is refused where registration is not open, the run is free or cancelled, or the title is wrong', async () => {
    const firm = employerScene(world)
    const closed = await makeRun(world, { priceFen, closesAt: start })
    expect((await refusalOf(firm.buy(closed.run.id, 1))).code).toBe('registration-closed')
    const early = await makeRun(world, { priceFen, opensAt: plusMinutes(start, 1), state: 'published' })
    expect((await refusalOf(firm.buy(early.run.id, 1))).code).toBe('registration-not-open')
    const cancelled = await makeRun(world, { priceFen, state: 'cancelled' })
    expect((await refusalOf(firm.buy(cancelled.run.id, 1))).code).toBe('run-cancelled')
    const free = await makeRun(world)
    expect(await refusalOf(firm.buy(free.run.id, 1))).toMatchObject({ errors: [{ pointer: '#/runId', code: 'run-free' }] })
    expect(await refusalOf(firm.buy(world.id('run'), 1))).toMatchObject({ errors: [{ pointer: '#/runId', code: 'run-unknown' }] })
  })

  it('counts what an employer holds unpaid, over all its orders', async () => {
    const run = await makeRun(world, { capacity: 300, priceFen })
    const firm = employerScene(world)
    await firm.buy(run.run.id, 60)
    const second = await firm.buy(run.run.id, 40)
    expect(await refusalOf(firm.buy(run.run.id, 1))).toMatchObject({ code: 'quota-reached', members: { most: 100 } })
    await firm.pay(second.id, second.totalFen)
    await firm.buy(run.run.id, 40)
    expect((await refusalOf(firm.buy(run.run.id, 101))).code).toBe('quota-reached')
  })

  it('of another employer is not there', async () => {
    const run = await makeRun(world, { priceFen })
    const firm = employerScene(world)
    const order = await firm.buy(run.run.id, 1)
    const stranger = managerOf(world.id('employer'))
    const params = { groupOrderId: order.id }
    expect((await refusalOf(getGroupOrder(world, { actor: stranger, params }))).code).toBe('not-found')
    expect((await refusalOf(listGroupOrders(world, { actor: stranger, params: { employerId: firm.employerId } }))).code).toBe('not-found')
    expect((await refusalOf(firm.buy(run.run.id, 1, { by: stranger }))).code).toBe('not-found')
    expect((await listGroupOrders(world, { actor: operator, params: { employerId: firm.employerId } })).groupOrders).toHaveLength(1)
  })
})

describe('a cancelled group order', () => {
  it('gives unpaid seats back at once', async () => {
    const run = await makeRun(world, { capacity: 90, priceFen })
    const firm = employerScene(world)
    const order = await firm.buy(run.run.id, 80)
    expect(await firm.cancel(order.id)).toMatchObject({ state: 'cancelled', owedFen: 0 })
    expect(await accounts(world, run)).toEqual({ free: 90, held: 0, sold: 0, blocked: 0 })
    expect((await refusalOf(firm.cancel(order.id))).code).toBe('illegal-transition')
  })

  it('owes what its policy gives for seats nobody took; a transfer goes back by one, and each asks for its invoice', async () => {
    const run = await makeRun(world, { capacity: 10, priceFen: 9_999, date: '2026-12-20' })
    const firm = employerScene(world)
    const order = await firm.buy(run.run.id, 3)
    await firm.pay(order.id, order.totalFen)
    // Four full working days before the first meeting: half.
    world.moveTo('2026-12-13T02:00:00.000Z')
    expect(await firm.cancel(order.id)).toMatchObject({ state: 'cancelled', owedFen: 14_999, refundedFen: 0 })
    expect(await accounts(world, run)).toMatchObject({ free: 10 })
    expect((await refusalOf(firm.sendBack(order.id, 14_998))).code).toBe('validation-failed')
    expect(await firm.sendBack(order.id, 14_999)).toMatchObject({ owedFen: 0, refundedFen: 14_999 })
    expect((await refusalOf(firm.sendBack(order.id, 14_999))).code).toBe('illegal-transition')

    await settleGroupOrder(world, nobody, order.id)
    await settleGroupOrder(world, nobody, order.id)
    const invoices = (await readInvoices(world.table, run.run.providerId)).map(({ invoice }) => invoice)
    expect(invoices).toMatchObject([
      { kind: 'red', fen: 14_999, payer: 'employer', of: invoices[1]?.id },
      { kind: 'blue', fen: 29_997, payer: 'employer', title: firmTitle.title, taxNumber: firmTitle.taxNumber, of: null, number: null },
    ])
  })

  it('cannot be cancelled once its run has begun', async () => {
    const run = await makeRun(world, { capacity: 10, priceFen })
    const firm = employerScene(world)
    const order = await firm.buy(run.run.id, 3)
    await firm.pay(order.id, order.totalFen)
    world.moveTo(run.run.meetings[0]?.startsAt ?? '')
    expect((await refusalOf(firm.cancel(order.id))).code).toBe('cancellation-closed')
  })
})
