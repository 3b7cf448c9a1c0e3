import { findUnknownMoney } from '@skills/core/order/unknown-money.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { settlePayments } from '@skills/functions/orders/settle-payments.ts'
import { captured } from '../people/real-handler.ts'
import { expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { expectCleanBooks, hold, now, pass, pay, priceFen, settle, usePaymentScene } from './payment-scene.ts'

const scene = usePaymentScene('unknown-money', 'one test')
const find = async () => (await findUnknownMoney(scene.world, scene.payments))?.aside
const asides = async () => (await scanTable(scene.world.table)).filter(({ pk }) => pk.startsWith('QUARANTINE#unknown-'))

let made = 0
/** Somebody pays a checkout at our account that no order of the house asked for. */
async function strangePayment(): Promise<string> {
  const { provider } = scene.payments
  const { id } = await provider.openCheckout({
    ...{ orderId: 'made-by-hand', attempt: (made += 1), references: {}, amountFen: 4_200, language: 'zh' },
    ...{ title: { zh: '手工收款', en: 'Made by hand' }, expiresAt: plusMinutes(scene.world.now(), 40) },
    ...{ returnUrl: 'https://elsewhere.example/', cancelUrl: 'https://elsewhere.example/' },
  })
  scene.scene.stripe.pay(id)
  return String((await provider.readCheckout(id)).paymentId)
}

it('money that no order knows is set aside once, told of in the log, and looked for once a day', async () => {
  expect(await find()).toEqual([])
  const strange = await strangePayment()
  expect(await find()).toBeUndefined()
  await pass(scene, 24 * 60)
  const log = await captured(async () => void (await settle(scene)))
  expect(log.match(/"money-unknown"/g)).toHaveLength(1)
  expect(await asides()).toMatchObject([{ eventId: `unknown-${strange}`, why: 'no-order', about: strange }])
  expect(await find()).toBeUndefined()
  await pass(scene, 24 * 60)
  expect(await find()).toEqual([])
  expect(await asides()).toHaveLength(1)
})

it('money of an order whose every event was lost is taken in, not set aside', async () => {
  const { run } = await makeRun(scene.world, { priceFen, date: '2026-12-20' })
  await find()
  const held = await hold(scene, run)
  await pay(scene, held)
  await pass(scene, 24 * 60)
  // The hold's end would ask for it first: here nothing but the list of money is looked at.
  expect(await find()).toEqual([])
  expect((await now(scene, held)).order.payments).toMatchObject([{ state: 'paid' }])
  expect(await asides()).toEqual([])
  await settle(scene)
  await expectCleanBooks(scene)
})

it('pages through all of it, and leaves alone what is younger than an hour', async () => {
  await find()
  await pass(scene, 22 * 60)
  const strange = []
  for (let n = 0; n < 103; n += 1) strange.push(await strangePayment())
  await pass(scene, 2 * 60 + 1)
  const young = await strangePayment()
  expect((await find())?.toSorted()).toEqual(strange.toSorted())
  await pass(scene, 24 * 60)
  expect(await find()).toEqual([young])
})

it('money that cannot be judged holds up no other, is told of once a day and looked at again', async () => {
  await find()
  const strange = [await strangePayment(), await strangePayment(), await strangePayment()]
  await pass(scene, 24 * 60)
  const { provider } = scene.payments
  const checkoutOfPayment = (paymentId: string) =>
    paymentId === strange[1] ? Promise.reject(new Error('cannot be read')) : provider.checkoutOfPayment(paymentId)
  const failing = { ...scene.payments, provider: { ...provider, checkoutOfPayment } }
  const log = await captured(async () => void (await expect(settlePayments(scene.world, failing)).rejects.toThrow('1 not settled')))
  expect(log.match(/"money-not-judged"/g)).toHaveLength(1)
  expect((await asides()).map(({ about }) => about).toSorted()).toEqual([strange[0], strange[2]].toSorted())
  expect(await findUnknownMoney(scene.world, failing)).toBeUndefined()
  await pass(scene, 24 * 60)
  expect(await find()).toEqual([strange[1]])
})

it('a provider that does not answer is asked again with the next sweep', async () => {
  await find()
  const strange = await strangePayment()
  await pass(scene, 24 * 60)
  const failing = { ...scene.payments, provider: { ...scene.payments.provider, moneyIn: () => Promise.reject(new Error('no answer')) } }
  await expect(findUnknownMoney(scene.world, failing)).rejects.toThrow('no answer')
  expect((await readItem(scene.world.table, keys.lastLook.key('stripe-money')))?.['at']).not.toBe(scene.world.now())
  expect(await find()).toEqual([strange])
})
