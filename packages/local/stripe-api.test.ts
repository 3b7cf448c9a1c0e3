import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sceneStart, startStripe, type StripeScene } from './test-stripe.ts'

let scene: StripeScene
let stripe: Stripe
const now = () => Math.floor(scene.stripe.clock.now() / 1000)
beforeAll(async () => {
  scene = await startStripe()
  stripe = new Stripe(scene.stripe.secretKey, { ...scene.endpoint, maxNetworkRetries: 0, telemetry: false })
})
afterAll(() => scene.stop())
beforeEach(() => scene.stripe.faults.clear())

const line = (amount: number, name = '电工（高级）') => ({
  quantity: 1,
  price_data: { currency: 'cny', unit_amount: amount, product_data: { name } },
})
const asked = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  success_url: 'https://shop.example/return?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://shop.example/orders/1',
  expires_at: now() + 40 * 60,
  allowed_payment_method_types: ['card', 'alipay', 'wechat_pay'],
  payment_method_options: { wechat_pay: { client: 'web' } },
  line_items: [line(38_000)],
  ...more,
})
const open = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => stripe.checkout.sessions.create(asked(more))
const paid = async (amount = 38_000, method: 'card' | 'wechat_pay' = 'card') => {
  const { id } = await open({ line_items: [line(amount)] })
  return String(scene.stripe.pay(id, { method }).payment_intent)
}
/** What the library throws. */
const refusal = (work: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
  work.then(
    () => expect.unreachable('it was not refused'),
    (error: unknown) => error as Stripe.errors.StripeError,
  )

describe('checkout sessions', () => {
  it('are made open, with what they were asked for, and read back the same', async () => {
    const session = await open({ locale: 'zh', client_reference_id: 'ord_1', metadata: { orderId: 'ord_1' } })
    expect(session).toMatchObject({
      object: 'checkout.session',
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 38_000,
      currency: 'cny',
      livemode: false,
      client_reference_id: 'ord_1',
      metadata: { orderId: 'ord_1' },
      payment_method_types: ['card', 'alipay', 'wechat_pay'],
      payment_intent: null,
    })
    expect(session.lastResponse).toMatchObject({
      statusCode: 200,
      apiVersion: Stripe.API_VERSION,
      requestId: expect.stringMatching(/^req_/) as string,
    })
    const { lastResponse: _, ...read } = await stripe.checkout.sessions.retrieve(session.id)
    expect(read).toEqual({ ...session })
    expect((await fetch(String(session.url))).status).toBe(200)
    const { data } = await stripe.checkout.sessions.listLineItems(session.id)
    expect(data).toMatchObject([{ object: 'item', description: '电工（高级）', amount_total: 38_000, quantity: 1 }])
    expect(String(data[0]?.price?.unit_amount_decimal)).toBe('38000')
  })
  it('end by themselves at their time and say so, and cannot be paid then', async () => {
    const { id } = await open({ expires_at: now() + 1_800 })
    await scene.stripe.clock.forward(1_799_000)
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    await scene.stripe.clock.forward(1_000)
    expect(scene.stripe.events().at(-1)).toMatchObject({ type: 'checkout.session.expired', data: { object: { id, status: 'expired' } } })
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'expired', url: null })
    expect(() => scene.stripe.pay(id)).toThrow('expired')
  })
  it('live from thirty minutes to a day', async () => {
    for (const seconds of [1_799, 86_401, -5]) {
      expect(await refusal(open({ expires_at: now() + seconds }))).toMatchObject({
        statusCode: 400,
        type: 'StripeInvalidRequestError',
        param: 'expires_at',
      })
    }
    expect((await open({ expires_at: now() + 86_400 })).status).toBe('open')
  })
  it('can be ended before, once', async () => {
    const { id } = await open()
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired', url: null })
    expect(await refusal(stripe.checkout.sessions.expire(id))).toMatchObject({ statusCode: 400 })
  })
  it('list by payment, by when, by state, page by page, newest first', async () => {
    await scene.stripe.clock.forward(3_600_000)
    const since = now()
    const made: string[] = []
    for (let i = 0; i < 5; i += 1) made.push((await open()).id)
    const ids: string[] = []
    for await (const { id } of stripe.checkout.sessions.list({ created: { gte: since }, limit: 2 })) ids.push(id)
    expect(ids).toEqual([...made].reverse())
    const done = scene.stripe.pay(String(made[2]))
    expect((await stripe.checkout.sessions.list({ payment_intent: String(done.payment_intent) })).data.map(({ id }) => id)).toEqual([
      made[2],
    ])
    expect((await stripe.checkout.sessions.list({ status: 'complete', created: { gte: since } })).data).toHaveLength(1)
    const [one] = (
      await stripe.checkout.sessions.list({
        payment_intent: String(done.payment_intent),
        expand: ['data.payment_intent', 'data.line_items'],
      })
    ).data
    expect(one).toMatchObject({
      payment_intent: { object: 'payment_intent', status: 'succeeded' },
      line_items: { object: 'list', data: [{ object: 'item' }] },
    })
  })
})

describe('what Stripe refuses', () => {
  it('no key, a wrong key, another version', async () => {
    expect((await fetch(`${scene.url}/v1/checkout/sessions`)).status).toBe(401)
    const wrong = new Stripe('sk_test_wrong_but_secret', { ...scene.endpoint, maxNetworkRetries: 0 })
    const refused = await refusal(wrong.events.list())
    expect(refused).toMatchObject({ statusCode: 401, type: 'StripeAuthenticationError' })
    expect(refused.message).not.toContain('wrong_but_secret')
    const old = stripe.checkout.sessions.list({}, { apiVersion: '2020-08-27' })
    expect(await refusal(old)).toMatchObject({ statusCode: 400 })
  })
  const bad: Record<string, [params: object, code: string | undefined, param: string]> = {
    'payment_method_types, which was removed': [
      { payment_method_types: ['card'] },
      'payment_method_types_no_longer_supported',
      'payment_method_types',
    ],
    'a parameter it does not know': [{ colour: 'green' }, 'parameter_unknown', 'colour'],
    'a word it does not know': [{ mode: 'gift' }, undefined, 'mode'],
    'another currency': [
      { line_items: [{ ...line(1), price_data: { ...line(1).price_data, currency: 'xyz' } }] },
      undefined,
      'line_items[0][price_data][currency]',
    ],
    'an amount that is no whole number': [
      { line_items: [line(1.5)] },
      'parameter_invalid_integer',
      'line_items[0][price_data][unit_amount]',
    ],
    'an amount below zero': [{ line_items: [line(-5)] }, 'parameter_invalid_integer', 'line_items[0][price_data][unit_amount]'],
    nothing: [{ line_items: [line(0)] }, 'amount_too_small', 'line_items[0][price_data][unit_amount]'],
    'a million yuan': [{ line_items: [line(100_000_000)] }, 'amount_too_large', 'line_items[0][price_data][unit_amount]'],
    'an address that is none': [{ success_url: 'javascript:alert(1)' }, undefined, 'success_url'],
    'metadata that is too long': [{ metadata: { a: 'x'.repeat(501) } }, undefined, 'metadata[a]'],
    'metadata of too many keys': [
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, '1'])) },
      undefined,
      'metadata',
    ],
    'to expand what cannot be': [{ expand: ['weather'] }, undefined, 'expand'],
  }
  it.each(Object.entries(bad))('%s', async (_, [params, code, param]) => {
    expect(await refusal(open(params as Partial<Stripe.Checkout.SessionCreateParams>))).toMatchObject({
      statusCode: 400,
      rawType: 'invalid_request_error',
      param,
      code,
      requestId: expect.stringMatching(/^req_/) as string,
    })
  })
  it('what is missing, and what does not exist', async () => {
    const { success_url: _, ...rest } = asked()
    expect(await refusal(stripe.checkout.sessions.create(rest))).toMatchObject({ code: 'parameter_missing', param: 'success_url' })
    const lost = [
      stripe.checkout.sessions.retrieve('cs_test_none'),
      stripe.checkout.sessions.expire('cs_test_none'),
      stripe.paymentIntents.retrieve('pi_none'),
      stripe.refunds.retrieve('re_none'),
      stripe.refunds.create({ payment_intent: 'pi_none' }),
      stripe.disputes.retrieve('du_none'),
      stripe.events.retrieve('evt_none'),
    ]
    for (const work of lost) expect(await refusal(work)).toMatchObject({ statusCode: 404, code: 'resource_missing' })
    expect(await refusal(stripe.customers.create({ email: 'x@example.com' }))).toMatchObject({ statusCode: 404 })
    expect(await refusal(stripe.events.list({ limit: 101 }))).toMatchObject({ statusCode: 400, param: 'limit' })
  })
})

describe('idempotency keys', () => {
  it('give the same answer again, and make nothing new', async () => {
    const params = asked()
    const before = scene.stripe.store.all('session').length
    const answers = await Promise.all(Array.from({ length: 5 }, () => stripe.checkout.sessions.create(params, { idempotencyKey: 'same' })))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(scene.stripe.store.all('session').length).toBe(before + 1)
    expect(answers.filter(({ lastResponse }) => lastResponse.headers['idempotent-replayed'] === 'true')).toHaveLength(4)
  })
  it('refuse other parameters and other calls', async () => {
    await stripe.checkout.sessions.create(asked(), { idempotencyKey: 'taken' })
    for (const work of [
      stripe.checkout.sessions.create(asked({ line_items: [line(1)] }), { idempotencyKey: 'taken' }),
      stripe.refunds.create({ payment_intent: 'pi_none' }, { idempotencyKey: 'taken' }),
    ])
      expect(await refusal(work)).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError', rawType: 'idempotency_error' })
  })
  it('are locked while the first ask is under way', async () => {
    scene.stripe.faults.next('slow', { ms: 300 })
    const params = asked()
    const first = stripe.checkout.sessions.create(params, { idempotencyKey: 'busy' })
    await fetch(`${scene.url}/v1/events`)
    expect(await refusal(stripe.checkout.sessions.create(params, { idempotencyKey: 'busy' }))).toMatchObject({
      statusCode: 409,
      code: 'idempotency_key_in_use',
    })
    const { id } = await first
    expect((await stripe.checkout.sessions.create(params, { idempotencyKey: 'busy' })).id).toBe(id)
  })
  it('are forgotten after a day', async () => {
    const intent = await paid()
    const first = await stripe.refunds.create({ payment_intent: intent, amount: 1 }, { idempotencyKey: 'day' })
    await scene.stripe.clock.forward(24 * 3_600_000 - 1)
    expect((await stripe.refunds.create({ payment_intent: intent, amount: 1 }, { idempotencyKey: 'day' })).id).toBe(first.id)
    await scene.stripe.clock.forward(1)
    expect((await stripe.refunds.create({ payment_intent: intent, amount: 1 }, { idempotencyKey: 'day' })).id).not.toBe(first.id)
  })
  it('keep a refusal of what was tried, and no refusal of parameters', async () => {
    const intent = await paid(100)
    const tooMuch = { payment_intent: intent, amount: 101 }
    expect(await refusal(stripe.refunds.create(tooMuch, { idempotencyKey: 'tried' }))).toMatchObject({ statusCode: 400 })
    const again = await refusal(stripe.refunds.create(tooMuch, { idempotencyKey: 'tried' }))
    expect(again.headers?.['idempotent-replayed']).toBe('true')
    expect(await refusal(open({ mode: 'gift' as 'payment' }))).toBeDefined()
    await refusal(stripe.checkout.sessions.create(asked({ locale: 'xx' as 'zh' }), { idempotencyKey: 'checked' }))
    expect((await stripe.checkout.sessions.create(asked(), { idempotencyKey: 'checked' })).status).toBe('open')
  })
})

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
    expect((await refusal(stripe.refunds.create({ payment_intent: intent, amount: 601 }))).message).toContain(
      'greater than unrefunded amount',
    )
    const rest = await stripe.refunds.create({ payment_intent: intent })
    expect(rest.amount).toBe(600)
    expect(await refusal(stripe.refunds.create({ payment_intent: intent, amount: 1 }))).toMatchObject({
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
    expect(await refusal(stripe.refunds.create({ payment_intent: String(session.payment_intent) }))).toMatchObject({ statusCode: 400 })
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
    expect(await refusal(stripe.refunds.create({ payment_intent: intent }))).toMatchObject({ code: 'charge_disputed' })
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
    const params = asked({ expires_at: Date.parse(sceneStart) / 1000 + 1_800 })
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
