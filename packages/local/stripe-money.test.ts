import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lineOf, refusalOf, sceneStart, sessionAsk, startStripe, type StripeScene } from './test-stripe.ts'

let scene: StripeScene
let stripe: Stripe
const now = () => Math.floor(scene.stripe.clock.now() / 1000)
beforeAll(async () => {
  scene = await startStripe()
  stripe = new Stripe(scene.stripe.secretKey, { ...scene.endpoint, maxNetworkRetries: 0, telemetry: false })
})
afterAll(() => scene.stop())
beforeEach(() => scene.stripe.faults.clear())

const open = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => stripe.checkout.sessions.create(sessionAsk(now() + 40 * 60, more))
const paid = async (amount = 38_000, method: 'card' | 'wechat_pay' = 'card') => {
  const { id } = await open({ line_items: [lineOf(amount)] })
  return String(scene.stripe.pay(id, { method }).payment_intent)
}

describe('refunds', () => {
  it('give back in parts, never above what was taken', async () => {
    const intent = await paid(1_000)
    const part = await stripe.refunds.create({ payment_intent: intent, amount: 400, metadata: { refundId: 'rfd_1' } })
    expect(part).toMatchObject({
      object: 'refund',
      amount: 400,
      status: 'succeeded',
      currency: 'cny',
      payment_intent: intent,
      metadata: { refundId: 'rfd_1' },
    })
    expect((await refusalOf(stripe.refunds.create({ payment_intent: intent, amount: 601 }))).message).toContain(
      'greater than unrefunded amount',
    )
    const rest = await stripe.refunds.create({ payment_intent: intent })
    expect(rest.amount).toBe(600)
    expect(await refusalOf(stripe.refunds.create({ payment_intent: intent, amount: 1 }))).toMatchObject({
      statusCode: 400,
      code: 'charge_already_refunded',
    })
    expect((await stripe.refunds.list({ payment_intent: intent })).data.map(({ id }) => id)).toEqual([rest.id, part.id])
    const charge = await stripe.charges.retrieve(String(part.charge))
    expect(charge).toMatchObject({ amount_refunded: 1_000, refunded: true })
  })
  it('side by side take no fen too much', async () => {
    const intent = await paid(1_000)
    const asks = await Promise.allSettled(Array.from({ length: 12 }, () => stripe.refunds.create({ payment_intent: intent, amount: 300 })))
    expect(asks.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })
  it('may fail days later; then the money can be given back again', async () => {
    const intent = await paid(1_000)
    const { id } = await stripe.refunds.create({ payment_intent: intent })
    await scene.stripe.clock.forward(3 * 86_400_000)
    scene.stripe.failRefund(id)
    expect(await stripe.refunds.retrieve(id)).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' })
    expect(
      scene.stripe
        .events()
        .slice(-2)
        .map(({ type }) => type),
    ).toEqual(['refund.updated', 'refund.failed'])
    expect((await stripe.refunds.create({ payment_intent: intent })).amount).toBe(1_000)
  })
  it('of WeChat Pay are pending and arrive by themselves', async () => {
    const intent = await paid(500, 'wechat_pay')
    const { id, status } = await stripe.refunds.create({ payment_intent: intent })
    expect(status).toBe('pending')
    await scene.stripe.clock.forward(60_000)
    expect((await stripe.refunds.retrieve(id)).status).toBe('succeeded')
  })
  it('need money that came', async () => {
    const { id } = await open()
    const session = scene.stripe.pay(id, { method: 'alipay', outcome: 'later' })
    expect(await refusalOf(stripe.refunds.create({ payment_intent: String(session.payment_intent) }))).toMatchObject({ statusCode: 400 })
  })
})

describe('disputes', () => {
  it.each(['won', 'lost'] as const)('are opened by a bank and closed as %s', async (outcome) => {
    const intent = await paid(900)
    const { id } = scene.stripe.openDispute(intent)
    expect(await stripe.disputes.retrieve(id)).toMatchObject({
      object: 'dispute',
      amount: 900,
      status: 'needs_response',
      payment_intent: intent,
    })
    expect(await refusalOf(stripe.refunds.create({ payment_intent: intent }))).toMatchObject({ code: 'charge_disputed' })
    scene.stripe.closeDispute(id, outcome)
    expect((await stripe.disputes.list({ payment_intent: intent })).data[0]?.status).toBe(outcome)
    expect(scene.stripe.events().at(-1)?.type).toBe('charge.dispute.closed')
  })
})

describe('paying', () => {
  it('at once leaves a complete, paid session and a payment that succeeded', async () => {
    const { id } = await open({ payment_intent_data: { metadata: { orderId: 'ord_9' } } })
    scene.stripe.pay(id)
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null })
    expect(session.payment_intent).toMatchObject({
      status: 'succeeded',
      amount_received: 38_000,
      metadata: { orderId: 'ord_9' },
      latest_charge: { object: 'charge', paid: true, amount_captured: 38_000 },
    })
    expect(() => scene.stripe.pay(id)).toThrow('complete')
  })
  it('later completes the session first, and the money comes or fails afterwards', async () => {
    for (const comes of [true, false]) {
      const { id } = await open()
      expect(scene.stripe.pay(id, { method: 'alipay', outcome: 'later' })).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
      scene.stripe.settle(id, comes)
      const { payment_status, payment_intent } = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })
      expect(payment_status).toBe(comes ? 'paid' : 'unpaid')
      expect(payment_intent).toMatchObject({ status: comes ? 'succeeded' : 'requires_payment_method' })
      expect(scene.stripe.events().at(-1)?.type).toBe(`checkout.session.async_payment_${comes ? 'succeeded' : 'failed'}`)
      expect(() => scene.stripe.settle(id, true)).toThrow('nothing is on its way')
    }
  })
  it('declined leaves the session open for another try of the same payment', async () => {
    const { id } = await open()
    const tried = scene.stripe.pay(id, { outcome: 'declined' })
    expect(tried.status).toBe('open')
    const done = scene.stripe.pay(id, { method: 'wechat_pay' })
    expect(done).toMatchObject({ status: 'complete', payment_intent: tried.payment_intent })
  })
})

describe('events', () => {
  it('list by type, by when and by whether they were delivered, for thirty days', async () => {
    await scene.stripe.clock.forward(1_000)
    const since = now()
    const intent = await paid()
    const types = ['checkout.session.completed', 'payment_intent.succeeded']
    const found = await stripe.events.list({ types, created: { gte: since } })
    expect(found.data.map(({ type }) => type)).toEqual(types)
    expect((await stripe.events.list({ types, created: { gte: since }, delivery_success: true })).data.map(({ type }) => type)).toEqual([
      'payment_intent.succeeded',
    ])
    expect((await stripe.events.list({ type: 'checkout.session.*', delivery_success: false, created: { gte: since } })).data).toHaveLength(
      1,
    )
    const [event] = found.data
    expect(await stripe.events.retrieve(String(event?.id))).toMatchObject({
      object: 'event',
      api_version: Stripe.API_VERSION,
      livemode: false,
      pending_webhooks: 1,
    })
    expect(event?.data.object).toMatchObject({ object: 'checkout.session', payment_intent: intent })
    await scene.stripe.clock.forward(31 * 86_400_000)
    expect((await stripe.events.list({ types, created: { gte: since } })).data).toEqual([])
  })
})

describe('a restart', () => {
  it('keeps everything, ends what is over meanwhile, and knows its keys', async () => {
    const other = await startStripe(sceneStart)
    const first = new Stripe(other.stripe.secretKey, { ...other.endpoint, maxNetworkRetries: 0 })
    const params = sessionAsk(Date.parse(sceneStart) / 1000 + 1_800)
    const session = await first.checkout.sessions.create(params, { idempotencyKey: 'kept' })
    const later = await first.checkout.sessions.create(params)
    other.stripe.pay(later.id, { method: 'alipay', outcome: 'later' })
    const again = await other.restart()
    const second = new Stripe(other.stripe.secretKey, { ...again.endpoint, maxNetworkRetries: 0 })
    expect(again.stripe.webhookSecret).toBe(other.stripe.webhookSecret)
    const replayed = await second.checkout.sessions.create(params, { idempotencyKey: 'kept' })
    expect(replayed.id).toBe(session.id)
    expect(replayed.url).toContain(again.url)
    expect(again.stripe.events().map(({ id }) => id)).toEqual(other.stripe.events().map(({ id }) => id))
    await again.stripe.clock.forward(1_800_000)
    expect((await second.checkout.sessions.retrieve(session.id)).status).toBe('expired')
    again.stripe.settle(later.id, true)
    await again.stop()
  })
})
