import { checkBooks } from '@skills/core/books/books.table.ts'
import { describe, expect, it } from 'vitest'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { previewRefund } from '@skills/functions/enrollment/preview-refund.ts'
import { actor, makeRun } from '../enrollment/claim-scene.ts'
import {
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
  wanted,
  deliver,
  type Held,
  usePaymentScene,
} from './payment-scene.ts'

const scene = usePaymentScene('disputes')

/** A seat that is paid for; so many days before its run. */
async function seated(days = 40): Promise<Held> {
  const { run } = await makeRun(scene.world, { priceFen, date: dateAt(plusMinutes(scene.world.now(), days * 24 * 60)) })
  const held = await hold(scene, run)
  await pay(scene, held)
  await deliverAll(scene)
  return held
}
const paymentIdOf = async (held: Held) => String((await now(scene, held)).order.payments[0]?.paymentId)
const dispute = async (held: Held) => scene.scene.stripe.openDispute(await paymentIdOf(held)).id
const refunds = async (held: Held) => (await now(scene, held)).order.refunds.map(({ state, amountFen }) => [state, amountFen])
const preview = ({ personId, enrollmentId }: Held) => previewRefund(scene.world, { actor: actor(personId), params: { enrollmentId } })

describe('a dispute that is open when its person leaves', () => {
  it('holds the refund back until it is won, then it is sent, once', async () => {
    const held = await seated()
    const id = await dispute(held)
    await deliverAll(scene)
    expect(await preview(held)).toMatchObject({ learnerFen: priceFen, disputed: true })
    await leave(scene, held)
    await settle(scene)
    await pass(scene, 3 * 24 * 60)
    await settle(scene)
    expect(await refunds(held)).toEqual([['pending', priceFen]])
    expect(stripeSums(scene, held.orderId).returned).toBe(0)
    scene.scene.stripe.closeDispute(id, 'won')
    await deliverAll(scene)
    await Promise.all([settle(scene), settle(scene)])
    expect(await refunds(held)).toEqual([['succeeded', priceFen]])
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    await expectCleanBooks(scene)
  })

  it('whose end was never told is asked for by the refund that waits for it', async () => {
    const held = await seated()
    const id = await dispute(held)
    await deliverAll(scene)
    await leave(scene, held)
    scene.scene.stripe.closeDispute(id, 'won')
    const { store } = scene.scene.stripe
    for (const kept of store.all('event'))
      store.put('event', kept.event.id, { ...kept, delivery: { ...kept.delivery, state: 'delivered' } })
    await settle(scene)
    expect(await refunds(held)).toEqual([['pending', priceFen]])
    await pass(scene, 25 * 60)
    await settle(scene)
    expect(await refunds(held)).toEqual([['succeeded', priceFen]])
    await expectCleanBooks(scene)
  })

  it('is paid back by the bank alone where it is lost', async () => {
    const held = await seated()
    const id = await dispute(held)
    await deliverAll(scene)
    await leave(scene, held)
    scene.scene.stripe.closeDispute(id, 'lost')
    await deliverAll(scene)
    await settle(scene)
    expect(await refunds(held)).toEqual([['canceled', priceFen]])
    expect((await now(scene, held)).order.disputes).toMatchObject([{ state: 'lost', setOffFen: priceFen }])
    expect(stripeSums(scene, held.orderId).returned).toBe(0)
    expect(await settle(scene)).toMatchObject({ refundsFailed: 0 })
    await expectCleanBooks(scene)
  })
})

describe('a dispute that comes after its person left', () => {
  it('before the refund was sent: it waits, and is dropped by what is lost', async () => {
    const held = await seated()
    await leave(scene, held)
    const id = await dispute(held)
    await deliverAll(scene)
    await settle(scene)
    expect(await refunds(held)).toEqual([['pending', priceFen]])
    scene.scene.stripe.closeDispute(id, 'lost')
    await settle(scene)
    expect(await refunds(held)).toEqual([['canceled', priceFen]])
    await expectCleanBooks(scene)
  })

  it('after the refund of a part was sent: what is lost is the rest, and nothing more is owed', async () => {
    const held = await seated(6)
    await leave(scene, held)
    await settle(scene)
    expect(await refunds(held)).toEqual([['succeeded', priceFen / 2]])
    const id = await dispute(held)
    scene.scene.stripe.closeDispute(id, 'lost')
    await deliverAll(scene)
    await settle(scene)
    expect(await refunds(held)).toEqual([['succeeded', priceFen / 2]])
    await expectCleanBooks(scene)
  })

  it('and refund and loss in one breath, the news of both late: what went back is known before the loss is set off', async () => {
    const held = await seated()
    await leave(scene, held)
    scene.scene.stripe.faults.next('lost-after', { call: /POST .*refunds$/, times: 2 })
    await expect(settle(scene)).rejects.toThrow('not settled')
    expect(await refunds(held)).toEqual([['pending', priceFen]])
    // The bank takes back what had gone back already: both happened, and neither is hidden.
    const last = wanted(scene).at(-1)
    const lost = {
      ...last,
      id: `evt_lost_${held.orderId}`,
      type: 'charge.dispute.closed',
      data: { object: { id: 'dp_late', object: 'dispute', amount: priceFen, status: 'lost', payment_intent: await paymentIdOf(held) } },
    }
    await deliver(scene, lost)
    expect(await refunds(held)).toEqual([['succeeded', priceFen]])
    await expectCleanBooks(scene)
  })
})

describe('a part that went back by hand, and a dispute of the rest', () => {
  it.each([
    [
      'won',
      [
        ['succeeded', 28_000],
        ['succeeded', priceFen - 28_000],
      ],
      priceFen,
    ],
    [
      'lost',
      [
        ['succeeded', 28_000],
        ['canceled', priceFen - 28_000],
      ],
      28_000,
    ],
  ] as const)('that is %s while its person has left', async (outcome, ends, returned) => {
    const held = await seated()
    await scene.payments.provider.refund({
      refundId: `by-hand-${held.orderId}`,
      paymentId: await paymentIdOf(held),
      amountFen: 28_000,
      references: {},
    })
    await deliverAll(scene)
    const id = await dispute(held)
    await deliverAll(scene)
    await leave(scene, held)
    expect(await refunds(held)).toEqual([ends[0], ['pending', priceFen - 28_000]])
    scene.scene.stripe.closeDispute(id, outcome)
    await deliverAll(scene)
    await settle(scene)
    expect(await refunds(held)).toEqual(ends)
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned })
    await expectCleanBooks(scene)
  })

  it('that was lost before she leaves: nothing is left to go back, and the preview says so', async () => {
    const held = await seated()
    await scene.payments.provider.refund({
      refundId: `by-hand-${held.orderId}`,
      paymentId: await paymentIdOf(held),
      amountFen: 28_000,
      references: {},
    })
    const id = await dispute(held)
    scene.scene.stripe.closeDispute(id, 'lost')
    await deliverAll(scene)
    expect(await preview(held)).toMatchObject({ learnerFen: 0, disputed: false })
    await leave(scene, held)
    await settle(scene)
    expect(await refunds(held)).toEqual([['succeeded', 28_000]])
    await expectCleanBooks(scene)
  })
})

it('a refund that fails days later is told to its person, once, and nothing of it where the bank had given it back', async () => {
  const held = await seated()
  await leave(scene, held)
  await settle(scene)
  const failing = scene.scene.stripe.store.all('refund').find(({ metadata }) => metadata?.['orderId'] === held.orderId)
  scene.scene.stripe.failRefund(failing?.id ?? '')
  await deliverAll(scene)
  await deliverAll(scene)
  expect((await told(scene, held)).filter((type) => type === 'refund-failed')).toHaveLength(1)
  const id = await dispute(held)
  scene.scene.stripe.closeDispute(id, 'lost')
  await deliverAll(scene)
  expect(await refunds(held)).toEqual([['canceled', priceFen]])
  expect((await checkBooks(scene.world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
})
