import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { refusalOf, sceneStart, sessionAsk, startStripe } from './test-stripe.ts'
import { useStripeClient } from './test-stripe-client.ts'

const client = useStripeClient()
const { now, open, paid } = client

describe('refunds', () => {
  it('give back in parts, never above what was taken', async () => {
    const intent = await paid(1_000)
    const part = await client.stripe.refunds.create({ payment_intent: intent, amount: 400, metadata: { refundId: 'rfd_1' } })
    expect(part).toMatchObject({
      object: 'refund',
      amount: 400,
      status: 'succeeded',
      currency: 'cny',
      payment_intent: intent,
      metadata: { refundId: 'rfd_1' },
    })
    expect((await refusalOf(client.stripe.refunds.create({ payment_intent: intent, amount: 601 }))).message).toContain(
      'greater than unrefunded amount',
    )
    const rest = await client.stripe.refunds.create({ payment_intent: intent })
    expect(rest.amount).toBe(600)
    expect(await refusalOf(client.stripe.refunds.create({ payment_intent: intent, amount: 1 }))).toMatchObject({
      statusCode: 400,
      code: 'charge_already_refunded',
    })
    expect((await client.stripe.refunds.list({ payment_intent: intent })).data.map(({ id }) => id)).toEqual([rest.id, part.id])
    const charge = await client.stripe.charges.retrieve(String(part.charge))
    expect(charge).toMatchObject({ amount_refunded: 1_000, refunded: true })
  })
  it('side by side take no fen too much', async () => {
    const intent = await paid(1_000)
    const asks = await Promise.allSettled(
      Array.from({ length: 12 }, () => client.stripe.refunds.create({ payment_intent: intent, amount: 300 })),
    )
    expect(asks.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })
  it('may fail days later; then the money can be given back again', async () => {
    const intent = await paid(1_000)
    const { id } = await client.stripe.refunds.create({ payment_intent: intent })
    await client.scene.stripe.clock.forward(3 * 86_400_000)
    client.scene.stripe.failRefund(id)
    expect(await client.stripe.refunds.retrieve(id)).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' })
    expect(
      client.scene.stripe
        .events()
        .slice(-2)
        .map(({ type }) => type),
    ).toEqual(['refund.updated', 'refund.failed'])
    expect((await client.stripe.refunds.create({ payment_intent: intent })).amount).toBe(1_000)
  })
  it('of WeChat Pay are pending and arrive by themselves', async () => {
    const intent = await paid(500, 'wechat_pay')
    const { id, status } = await client.stripe.refunds.create({ payment_intent: intent })
    expect(status).toBe('pending')
    await client.scene.stripe.clock.forward(60_000)
    expect((await client.stripe.refunds.retrieve(id)).status).toBe('succeeded')
  })
  it('need money that came', async () => {
    const { id } = await open()
    const session = client.scene.stripe.pay(id, { method: 'alipay', outcome: 'later' })
    expect(await refusalOf(client.stripe.refunds.create({ payment_intent: String(session.payment_intent) }))).toMatchObject({
      statusCode: 400,
    })
  })
})

describe('disputes', () => {
  it.each(['won', 'lost'] as const)('are opened by a bank and closed as %s', async (outcome) => {
    const intent = await paid(900)
    const { id } = client.scene.stripe.openDispute(intent)
    expect(await client.stripe.disputes.retrieve(id)).toMatchObject({
      object: 'dispute',
      amount: 900,
      status: 'needs_response',
      payment_intent: intent,
    })
    expect(await refusalOf(client.stripe.refunds.create({ payment_intent: intent }))).toMatchObject({ code: 'charge_disputed' })
    client.scene.stripe.closeDispute(id, outcome)
    expect((await client.stripe.disputes.list({ payment_intent: intent })).data[0]?.status).toBe(outcome)
    expect(client.scene.stripe.events().at(-1)?.type).toBe('charge.dispute.closed')
  })
})

describe('paying', () => {
  it('at once leaves a complete, paid session and a payment that succeeded', async () => {
    const { id } = await open({ payment_intent_data: { metadata: { orderId: 'ord_9' } } })
    client.scene.stripe.pay(id)
    const session = await client.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null })
    expect(session.payment_intent).toMatchObject({
      status: 'succeeded',
      amount_received: 38_000,
      metadata: { orderId: 'ord_9' },
      latest_charge: { object: 'charge', paid: true, amount_captured: 38_000 },
    })
    expect(() => client.scene.stripe.pay(id)).toThrow('complete')
  })
  it('later completes the session first, and the money comes or fails afterwards', async () => {
    for (const comes of [true, false]) {
      const { id } = await open()
      expect(client.scene.stripe.pay(id, { method: 'alipay', outcome: 'later' })).toMatchObject({
        status: 'complete',
        payment_status: 'unpaid',
      })
      client.scene.stripe.settle(id, comes)
      const { payment_status, payment_intent } = await client.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })
      expect(payment_status).toBe(comes ? 'paid' : 'unpaid')
      expect(payment_intent).toMatchObject({ status: comes ? 'succeeded' : 'requires_payment_method' })
      expect(client.scene.stripe.events().at(-1)?.type).toBe(`checkout.session.async_payment_${comes ? 'succeeded' : 'failed'}`)
      expect(() => client.scene.stripe.settle(id, true)).toThrow('nothing is on its way')
    }
  })
  it('declined leaves the session open for another try of the same payment', async () => {
    const { id } = await open()
    const tried = client.scene.stripe.pay(id, { outcome: 'declined' })
    expect(tried.status).toBe('open')
    const done = client.scene.stripe.pay(id, { method: 'wechat_pay' })
    expect(done).toMatchObject({ status: 'complete', payment_intent: tried.payment_intent })
  })
})

describe('events', () => {
  it('list by type, by when and by whether they were delivered, for thirty days', async () => {
    await client.scene.stripe.clock.forward(1_000)
    const since = now()
    const intent = await paid()
    const types = ['checkout.session.completed', 'payment_intent.succeeded']
    const found = await client.stripe.events.list({ types, created: { gte: since } })
    expect(found.data.map(({ type }) => type)).toEqual(types)
    expect(
      (await client.stripe.events.list({ types, created: { gte: since }, delivery_success: true })).data.map(({ type }) => type),
    ).toEqual(['payment_intent.succeeded'])
    expect(
      (await client.stripe.events.list({ type: 'checkout.session.*', delivery_success: false, created: { gte: since } })).data,
    ).toHaveLength(1)
    const [event] = found.data
    expect(await client.stripe.events.retrieve(String(event?.id))).toMatchObject({
      object: 'event',
      api_version: Stripe.API_VERSION,
      livemode: false,
      pending_webhooks: 1,
    })
    expect(event?.data.object).toMatchObject({ object: 'checkout.session', payment_intent: intent })
    await client.scene.stripe.clock.forward(31 * 86_400_000)
    expect((await client.stripe.events.list({ types, created: { gte: since } })).data).toEqual([])
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
