import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { orderDueAt } from '@skills/core/order/order.ts'
import { getMyOrder } from '@skills/functions/orders/get-my-order.ts'
import { listMyOrders } from '@skills/functions/orders/list-my-orders.ts'
import { describe, expect, it } from 'vitest'
import { actor, makePeople, makeRun } from '../enrollment/claim-scene.ts'
import {
  checkout,
  claim,
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
} from './payment-scene.ts'

const scene = usePaymentScene('payments')
const paidRun = (capacity = 3) => makeRun(scene.world, { capacity, priceFen })

describe('paying for a seat', () => {
  it('is one checkout for one attempt, in whatever language and however often it is asked for', async () => {
    const held = await hold(scene, (await paidRun()).run)
    const first = await checkout(scene, held)
    expect(await checkout(scene, held)).toEqual(first)
    expect(await checkout(scene, held, 'en')).toEqual(first)
    expect(first).toMatchObject({ orderId: held.orderId, attempt: 1, amountFen: priceFen })
    const { order } = await now(scene, held)
    expect(order.payments).toHaveLength(1)
    expect(first.expiresAt < (order.holdUntil ?? '')).toBe(true)
    const sessions = scene.scene.stripe.store.all('session').filter(({ metadata }) => metadata?.['orderId'] === held.orderId)
    expect(sessions).toHaveLength(1)
    expect(sessions[0]?.metadata).toEqual({ orderId: held.orderId, attempt: '1', personId: held.personId })
  })

  it('is one checkout for ten who ask at once', async () => {
    const held = await hold(scene, (await paidRun()).run)
    const pages = await Promise.allSettled(Array.from({ length: 10 }, (_, place) => checkout(scene, held, place % 2 === 0 ? 'zh' : 'en')))
    const urls = new Set(pages.flatMap((page) => (page.status === 'fulfilled' ? [page.value.url] : [])))
    expect(urls.size).toBe(1)
    for (const page of pages)
      if (page.status === 'rejected') expect((page.reason as { code: string }).code).toMatch(/^(busy|payment-unavailable)$/)
    expect((await now(scene, held)).order.payments).toHaveLength(1)
    expect(scene.scene.stripe.store.all('session').filter(({ metadata }) => metadata?.['orderId'] === held.orderId)).toHaveLength(1)
  })

  it('becomes a seat by the webhook and by nothing else, and once', async () => {
    const held = await hold(scene, (await paidRun()).run)
    await pay(scene, held)
    expect((await now(scene, held)).enrollment.state).toBe('held')
    await deliverAll(scene)
    const { enrollment, order } = await now(scene, held)
    expect([enrollment.state, order.state, order.payments[0]?.state]).toEqual(['active', 'confirmed', 'paid'])
    // Nothing but the comparison with the provider, a day later.
    expect(orderDueAt(order)).toBe(plusMinutes(scene.world.now(), 24 * 60))
    await deliverAll(scene)
    expect((await now(scene, held)).order).toEqual(order)
    expect(await told(scene, held)).toEqual(['seat-claimed'])
    await expectCleanBooks(scene)
  })

  it('is shown to its owner only, and nothing of the provider with it', async () => {
    const held = await hold(scene, (await paidRun()).run)
    await pay(scene, held)
    const view = await getMyOrder(scene.world, { actor: actor(held.personId), params: { orderId: held.orderId } })
    expect(view.order.id).toBe(held.orderId)
    expect(JSON.stringify(view)).not.toMatch(/cs_test|pi_|pot"/)
    const page = await listMyOrders(scene.world, { actor: actor(held.personId), page: { limit: 20, after: undefined } })
    expect(page).toMatchObject({ items: [{ order: { id: held.orderId } }], next: null })
    const [stranger = ''] = await makePeople(scene.world, 1)
    await expect(getMyOrder(scene.world, { actor: actor(stranger), params: { orderId: held.orderId } })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(checkout(scene, { ...held, personId: stranger })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('says when too little time is left for another page, and when none is', async () => {
    const held = await hold(scene, (await paidRun()).run)
    await pass(scene, 13)
    await expect(checkout(scene, held)).rejects.toMatchObject({ code: 'hold-ending' })
    await pass(scene, 33)
    await expect(checkout(scene, held)).rejects.toMatchObject({ code: 'hold-expired' })
    await settle(scene)
    await expect(checkout(scene, held)).rejects.toMatchObject({ code: 'hold-expired' })
    expect((await now(scene, held)).enrollment.state).toBe('lapsed')
    await expectCleanBooks(scene)
  })

  it('opens a second attempt only when the first is surely over', async () => {
    const held = await hold(scene, (await paidRun()).run)
    const first = await checkout(scene, held)
    scene.scene.stripe.expire(first.url.split('/').at(-1) ?? '')
    const second = await checkout(scene, held)
    expect(second).toMatchObject({ attempt: 2 })
    expect(second.url).not.toBe(first.url)
    expect((await now(scene, held)).order.payments.map(({ state }) => state)).toEqual(['expired', 'open'])
  })

  it('refuses politely while the provider does not answer, and goes on with the same attempt', async () => {
    const held = await hold(scene, (await paidRun()).run)
    const { faults } = scene.scene.stripe
    faults.next('error-before', { times: 20 })
    await expect(checkout(scene, held)).rejects.toMatchObject({ code: 'payment-unavailable' })
    faults.clear()
    expect(await checkout(scene, held)).toMatchObject({ attempt: 1 })
    const other = await hold(scene, (await paidRun()).run)
    faults.next('error-after', { call: /POST/, times: 1 })
    expect(await checkout(scene, other)).toMatchObject({ attempt: 1 })
    expect(scene.scene.stripe.store.all('session').filter(({ metadata }) => metadata?.['orderId'] === other.orderId)).toHaveLength(1)
  })

  it('cannot be done for an order that is paid or given up', async () => {
    const held = await hold(scene, (await paidRun()).run)
    await pay(scene, held)
    await deliverAll(scene)
    await expect(checkout(scene, held)).rejects.toMatchObject({ code: 'illegal-transition' })
    const other = await hold(scene, (await paidRun()).run)
    await leave(scene, other)
    await expect(checkout(scene, other)).rejects.toMatchObject({ code: 'illegal-transition' })
  })
})

describe('a hold that ends', () => {
  it('ends the checkout first, so that nobody pays for a seat that is gone', async () => {
    const held = await hold(scene, (await paidRun(1)).run)
    const { url } = await checkout(scene, held)
    await pass(scene, 46)
    await settle(scene)
    const { enrollment, order } = await now(scene, held)
    expect([enrollment.state, order.state, order.payments[0]?.state]).toEqual(['lapsed', 'lapsed', 'expired'])
    expect(() => scene.scene.stripe.pay(url.split('/').at(-1) ?? '')).toThrow()
    expect(await told(scene, held)).toEqual(['hold-lapsed'])
    await expectCleanBooks(scene)
  })

  it('is confirmed where it turns out paid, though no event ever came', async () => {
    const held = await hold(scene, (await paidRun(1)).run)
    await pay(scene, held)
    await pass(scene, 46)
    await settle(scene)
    expect((await now(scene, held)).enrollment.state).toBe('active')
    await expectCleanBooks(scene)
  })

  it('lapses after ten minutes though the provider does not answer, and the money that shows up later goes back', async () => {
    const run = await paidRun(1)
    const held = await hold(scene, run.run)
    const session = await pay(scene, held, { method: 'alipay' })
    await pass(scene, 46)
    scene.scene.stripe.faults.often = { share: 1, kinds: ['error-before'] }
    await expect(settle(scene)).rejects.toThrow('not settled')
    expect((await now(scene, held)).enrollment.state).toBe('held')
    await pass(scene, 10)
    await expect(settle(scene)).rejects.toThrow('not settled')
    expect((await now(scene, held)).enrollment.state).toBe('lapsed')
    const other = await hold(scene, run.run)
    scene.scene.stripe.faults.clear()
    await settle(scene)
    const { order } = await now(scene, held)
    expect(order.refunds).toMatchObject([{ reason: 'paid-without-seat', amountFen: priceFen, state: 'succeeded' }])
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    expect((await now(scene, other)).enrollment.state).toBe('held')
    expect(session).toMatch(/^cs_test/)
    await expectCleanBooks(scene)
  })
})

describe('money that comes late', () => {
  /** Pays with money that is on its way when the hold ends. */
  async function late(capacity: number): Promise<{ held: Awaited<ReturnType<typeof hold>>; session: string; runId: string }> {
    const { run } = await paidRun(capacity)
    const held = await hold(scene, run)
    const session = await pay(scene, held, { method: 'alipay', outcome: 'later' })
    await pass(scene, 46)
    await settle(scene)
    expect((await now(scene, held)).enrollment.state).toBe('lapsed')
    return { held, session, runId: run.id }
  }

  it('takes the seat again while one is free', async () => {
    const { held, session } = await late(1)
    scene.scene.stripe.settle(session, true)
    await deliverAll(scene)
    const { enrollment, order } = await now(scene, held)
    expect([enrollment.state, order.state, order.refunds]).toEqual(['active', 'confirmed', []])
    expect(await told(scene, held)).toEqual(expect.arrayContaining(['hold-lapsed', 'seat-claimed']))
    await expectCleanBooks(scene)
  })

  it('goes back whole where somebody else has the seat, and its person is told', async () => {
    const { held, session, runId } = await late(1)
    const other = await hold(scene, { id: runId })
    scene.scene.stripe.settle(session, true)
    await deliverAll(scene)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ reason: 'paid-without-seat', state: 'pending', amountFen: priceFen }])
    await settle(scene)
    await deliverAll(scene)
    expect((await now(scene, held)).enrollment.state).toBe('lapsed')
    expect((await now(scene, other)).enrollment.state).toBe('held')
    expect((await told(scene, held)).sort()).toEqual(['hold-lapsed', 'money-returned', 'paid-without-seat'])
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    await expectCleanBooks(scene)
  })

  it('goes back where its person has another seat of the run by then', async () => {
    const { held, session, runId } = await late(2)
    const again: Enrollment = await claim(scene.world, held.personId, runId)
    scene.scene.stripe.settle(session, true)
    await deliverAll(scene)
    expect((await now(scene, held)).order).toMatchObject({ state: 'lapsed', refunds: [{ reason: 'paid-without-seat' }] })
    await settle(scene)
    expect((await now(scene, { ...held, enrollmentId: again.id })).enrollment.state).toBe('held')
    await expectCleanBooks(scene)
  })

  it('goes back where its person gave the hold up: she said that she does not want it', async () => {
    const held = await hold(scene, (await paidRun()).run)
    await pay(scene, held)
    await leave(scene, held)
    await settle(scene)
    await deliverAll(scene)
    expect((await now(scene, held)).order).toMatchObject({ state: 'cancelled', refunds: [{ amountFen: priceFen, state: 'succeeded' }] })
    await expectCleanBooks(scene)
  })

  it('that fails leaves nothing behind', async () => {
    const { held, session } = await late(1)
    scene.scene.stripe.settle(session, false)
    await deliverAll(scene)
    await settle(scene)
    const { order } = await now(scene, held)
    expect(order.payments).toMatchObject([{ state: 'failed' }])
    expect([orderDueAt(order), order.refunds]).toEqual([undefined, []])
  })
})

it('events of another account, mode or version, and other sums than ours, are set aside and fulfil nothing', async () => {
  const held = await hold(scene, (await paidRun()).run)
  await pay(scene, held)
  const event = wanted(scene).at(-1) as object
  const strange = [{ livemode: true }, { account: 'acct_other' }, { api_version: '2019-01-01' }]
  for (const [place, more] of strange.entries()) await deliver(scene, { ...event, id: `evt_strange_${place}`, ...more })
  const session = scene.scene.stripe.store.all('session').at(-1)
  if (session === undefined) throw new Error('no session')
  const wrong = [
    { amount_total: priceFen - 1 },
    { currency: 'usd' },
    { metadata: { ...session.metadata, attempt: '7' } },
    { livemode: true },
  ]
  for (const [place, more] of wrong.entries()) {
    scene.scene.stripe.store.put('session', session.id, { ...session, ...more } as typeof session)
    await deliver(scene, { ...event, id: `evt_wrong_${place}` })
  }
  scene.scene.stripe.store.put('session', session.id, session)
  expect((await now(scene, held)).enrollment.state).toBe('held')
  await deliver(scene, event)
  expect((await now(scene, held)).enrollment.state).toBe('active')
})
