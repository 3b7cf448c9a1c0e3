import { plusMinutes } from '@skills/contract/time.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { readGroupOrder } from '@skills/core/employer/group-order.table.ts'
import { readMatters } from '@skills/core/order/money-matter.table.ts'
import { openGroupCheckout } from '@skills/functions/orders/open-group-checkout.ts'
import { expect, it } from 'vitest'
import { employerScene } from '../employer/employer-scene.ts'
import { makeRun } from '../enrollment/claim-scene.ts'
import { deliverAll, expectCleanBooks, priceFen, settle, stripeSums, usePaymentScene } from './payment-scene.ts'

const scene = usePaymentScene('group-disputes')

/** A firm that paid for two seats at a checkout. */
async function bought() {
  const run = await makeRun(scene.world, {
    ...{ capacity: 5, priceFen, date: '2027-03-10' },
    opensAt: plusMinutes(scene.world.now(), -60),
    closesAt: plusMinutes(scene.world.now(), 20_000),
  })
  const firm = employerScene(scene.world)
  const { id, totalFen } = await firm.buy(run.run.id, 2, { payBy: 'stripe' })
  const { url } = await openGroupCheckout(scene.world, scene.payments, 'https://shop.example', {
    ...{ actor: firm.manager, params: { groupOrderId: id } },
    body: { language: 'zh' },
  })
  scene.scene.stripe.pay(url.split('/').at(-1) ?? '')
  await deliverAll(scene)
  return { firm, id, totalFen, paymentId: String((await stored(id)).payments[0]?.paymentId) }
}
async function stored(id: string) {
  const order = await readGroupOrder(scene.world.table, id)
  if (order === undefined) throw new Error('no such order')
  return order
}
const refunds = async (id: string) => (await stored(id)).refunds.map(({ state, amountFen }) => [state, amountFen])

it.each([
  ['won', 'succeeded'],
  ['lost', 'canceled'],
] as const)('a group order that is cancelled while it is disputed waits with its money, and the dispute is %s', async (outcome, ends) => {
  const { firm, id, totalFen, paymentId } = await bought()
  const dispute = scene.scene.stripe.openDispute(paymentId)
  await deliverAll(scene)
  await firm.cancel(id)
  await settle(scene)
  expect(await refunds(id)).toEqual([['pending', totalFen]])
  scene.scene.stripe.closeDispute(dispute.id, outcome)
  await settle(scene)
  await settle(scene)
  expect(await refunds(id)).toEqual([[ends, totalFen]])
  expect(stripeSums(scene, id).returned).toBe(outcome === 'won' ? totalFen : 0)
  await expectCleanBooks(scene)
})

it('a refund to a firm that fails later is told once to who bought the seats', async () => {
  const { firm, id, totalFen } = await bought()
  await firm.cancel(id)
  await settle(scene)
  const refund = scene.scene.stripe.store.all('refund').find(({ metadata }) => metadata?.['orderId'] === id)
  scene.scene.stripe.failRefund(refund?.id ?? '')
  await deliverAll(scene)
  await deliverAll(scene)
  expect(await refunds(id)).toEqual([['failed', totalFen]])
  const events = (await scanTable(scene.world.table)).filter(({ pk }) => pk.startsWith('OUTBOX#')).map((item) => item['event'])
  const told = events.filter((event) => (event as { type: string }).type === 'group-refund-failed')
  expect(told).toEqual([{ type: 'group-refund-failed', personId: firm.manager.personId, runId: (await stored(id)).runId, fen: totalFen }])
  await expectCleanBooks(scene)
})

it('what a lost dispute left of a failed refund to a firm is told and before an operator', async () => {
  const { firm, id, totalFen, paymentId } = await bought()
  const { stripe } = scene.scene
  await firm.cancel(id)
  await settle(scene)
  const refund = stripe.store.all('refund').find(({ metadata }) => metadata?.['orderId'] === id)
  stripe.failRefund(refund?.id ?? '')
  await deliverAll(scene)
  const lost = stripe.openDispute(paymentId)
  stripe.store.put('dispute', lost.id, { ...lost, amount: 60_000 })
  stripe.closeDispute(lost.id, 'lost')
  await deliverAll(scene)
  expect(await refunds(id)).toEqual([
    ['canceled', totalFen],
    ['failed', totalFen - 60_000],
  ])
  const rest = (await stored(id)).refunds[1]
  const matters = await readMatters(scene.world.table, 'open', 100)
  expect(matters.find(({ refundId }) => refundId === rest?.id)).toMatchObject({ groupOrderId: id, fen: totalFen - 60_000 })
  await expectCleanBooks(scene)
})
