import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { lineOf, refusalOf, sessionAsk } from './test-stripe.ts'
import { useStripeClient } from './test-stripe-client.ts'

const client = useStripeClient()
const { now, open, paid } = client

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
    const { lastResponse: _, ...read } = await client.stripe.checkout.sessions.retrieve(session.id)
    expect(read).toEqual({ ...session })
    expect((await fetch(String(session.url))).status).toBe(200)
    const { data } = await client.stripe.checkout.sessions.listLineItems(session.id)
    expect(data).toMatchObject([{ object: 'item', description: '电工（高级）', amount_total: 38_000, quantity: 1 }])
    expect(String(data[0]?.price?.unit_amount_decimal)).toBe('38000')
  })
  it('end by themselves at their time and say so, and cannot be paid then', async () => {
    const { id } = await open({ expires_at: now() + 1_800 })
    await client.scene.stripe.clock.forward(1_799_000)
    expect((await client.stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    await client.scene.stripe.clock.forward(1_000)
    expect(client.scene.stripe.events().at(-1)).toMatchObject({
      type: 'checkout.session.expired',
      data: { object: { id, status: 'expired' } },
    })
    expect(await client.stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'expired', url: null })
    expect(() => client.scene.stripe.pay(id)).toThrow('expired')
  })
  it('live from thirty minutes to a day', async () => {
    for (const seconds of [1_799, 86_401, -5]) {
      expect(await refusalOf(open({ expires_at: now() + seconds }))).toMatchObject({
        statusCode: 400,
        type: 'StripeInvalidRequestError',
        param: 'expires_at',
      })
    }
    expect((await open({ expires_at: now() + 86_400 })).status).toBe('open')
  })
  it('can be ended before, once', async () => {
    const { id } = await open()
    expect(await client.stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired', url: null })
    expect(await refusalOf(client.stripe.checkout.sessions.expire(id))).toMatchObject({ statusCode: 400 })
  })
  it('list by payment, by when, by state, page by page, newest first', async () => {
    await client.scene.stripe.clock.forward(3_600_000)
    const since = now()
    const made: string[] = []
    for (let i = 0; i < 5; i += 1) made.push((await open()).id)
    const ids: string[] = []
    for await (const { id } of client.stripe.checkout.sessions.list({ created: { gte: since }, limit: 2 })) ids.push(id)
    expect(ids).toEqual([...made].reverse())
    const done = client.scene.stripe.pay(String(made[2]))
    expect((await client.stripe.checkout.sessions.list({ payment_intent: String(done.payment_intent) })).data.map(({ id }) => id)).toEqual([
      made[2],
    ])
    expect((await client.stripe.checkout.sessions.list({ status: 'complete', created: { gte: since } })).data).toHaveLength(1)
    const [one] = (
      await client.stripe.checkout.sessions.list({
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
    expect((await fetch(`${client.scene.url}/v1/checkout/sessions`)).status).toBe(401)
    const wrong = new Stripe('sk_test_wrong_but_secret', { ...client.scene.endpoint, maxNetworkRetries: 0 })
    const refused = await refusalOf(wrong.events.list())
    expect(refused).toMatchObject({ statusCode: 401, type: 'StripeAuthenticationError' })
    expect(refused.message).not.toContain('wrong_but_secret')
    const old = client.stripe.checkout.sessions.list({}, { apiVersion: '2020-08-27' })
    expect(await refusalOf(old)).toMatchObject({ statusCode: 400 })
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
      { line_items: [{ ...lineOf(1), price_data: { ...lineOf(1).price_data, currency: 'xyz' } }] },
      undefined,
      'line_items[0][price_data][currency]',
    ],
    'an amount that is no whole number': [
      { line_items: [lineOf(1.5)] },
      'parameter_invalid_integer',
      'line_items[0][price_data][unit_amount]',
    ],
    'an amount below zero': [{ line_items: [lineOf(-5)] }, 'parameter_invalid_integer', 'line_items[0][price_data][unit_amount]'],
    nothing: [{ line_items: [lineOf(0)] }, 'amount_too_small', 'line_items[0][price_data][unit_amount]'],
    'a million yuan': [{ line_items: [lineOf(100_000_000)] }, 'amount_too_large', 'line_items[0][price_data][unit_amount]'],
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
    expect(await refusalOf(open(params as Partial<Stripe.Checkout.SessionCreateParams>))).toMatchObject({
      statusCode: 400,
      rawType: 'invalid_request_error',
      param,
      code,
      requestId: expect.stringMatching(/^req_/) as string,
    })
  })
  it('what is missing, and what does not exist', async () => {
    const { success_url: _, ...rest } = sessionAsk(now() + 40 * 60)
    expect(await refusalOf(client.stripe.checkout.sessions.create(rest))).toMatchObject({ code: 'parameter_missing', param: 'success_url' })
    const lost = [
      client.stripe.checkout.sessions.retrieve('cs_test_none'),
      client.stripe.checkout.sessions.expire('cs_test_none'),
      client.stripe.paymentIntents.retrieve('pi_none'),
      client.stripe.refunds.retrieve('re_none'),
      client.stripe.refunds.create({ payment_intent: 'pi_none' }),
      client.stripe.disputes.retrieve('du_none'),
      client.stripe.events.retrieve('evt_none'),
    ]
    for (const work of lost) expect(await refusalOf(work)).toMatchObject({ statusCode: 404, code: 'resource_missing' })
    expect(await refusalOf(client.stripe.customers.create({ email: 'x@example.com' }))).toMatchObject({ statusCode: 404 })
    expect(await refusalOf(client.stripe.events.list({ limit: 101 }))).toMatchObject({ statusCode: 400, param: 'limit' })
  })
})

describe('idempotency keys', () => {
  it('give the same answer again, and make nothing new', async () => {
    const params = sessionAsk(now() + 40 * 60)
    const before = client.scene.stripe.store.all('session').length
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.stripe.checkout.sessions.create(params, { idempotencyKey: 'same' })),
    )
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(client.scene.stripe.store.all('session').length).toBe(before + 1)
    expect(answers.filter(({ lastResponse }) => lastResponse.headers['idempotent-replayed'] === 'true')).toHaveLength(4)
  })
  it('refuse other parameters and other calls', async () => {
    await client.stripe.checkout.sessions.create(sessionAsk(now() + 40 * 60), { idempotencyKey: 'taken' })
    for (const work of [
      client.stripe.checkout.sessions.create(sessionAsk(now() + 40 * 60, { line_items: [lineOf(1)] }), { idempotencyKey: 'taken' }),
      client.stripe.refunds.create({ payment_intent: 'pi_none' }, { idempotencyKey: 'taken' }),
    ])
      expect(await refusalOf(work)).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError', rawType: 'idempotency_error' })
  })
  it('are locked while the first ask is under way', async () => {
    client.scene.stripe.faults.next('slow', { ms: 300 })
    const params = sessionAsk(now() + 40 * 60)
    const first = client.stripe.checkout.sessions.create(params, { idempotencyKey: 'busy' })
    await fetch(`${client.scene.url}/v1/events`)
    expect(await refusalOf(client.stripe.checkout.sessions.create(params, { idempotencyKey: 'busy' }))).toMatchObject({
      statusCode: 409,
      code: 'idempotency_key_in_use',
    })
    const { id } = await first
    expect((await client.stripe.checkout.sessions.create(params, { idempotencyKey: 'busy' })).id).toBe(id)
  })
  it('are forgotten after a day', async () => {
    const intent = await paid()
    const first = await client.stripe.refunds.create({ payment_intent: intent, amount: 1 }, { idempotencyKey: 'day' })
    await client.scene.stripe.clock.forward(24 * 3_600_000 - 1)
    expect((await client.stripe.refunds.create({ payment_intent: intent, amount: 1 }, { idempotencyKey: 'day' })).id).toBe(first.id)
    await client.scene.stripe.clock.forward(1)
    expect((await client.stripe.refunds.create({ payment_intent: intent, amount: 1 }, { idempotencyKey: 'day' })).id).not.toBe(first.id)
  })
  it('keep a refusal of what was tried, and no refusal of parameters', async () => {
    const intent = await paid(100)
    const tooMuch = { payment_intent: intent, amount: 101 }
    expect(await refusalOf(client.stripe.refunds.create(tooMuch, { idempotencyKey: 'tried' }))).toMatchObject({ statusCode: 400 })
    const again = await refusalOf(client.stripe.refunds.create(tooMuch, { idempotencyKey: 'tried' }))
    expect(again.headers?.['idempotent-replayed']).toBe('true')
    expect(await refusalOf(open({ mode: 'gift' as 'payment' }))).toBeDefined()
    await refusalOf(
      client.stripe.checkout.sessions.create(sessionAsk(now() + 40 * 60, { locale: 'xx' as 'zh' }), { idempotencyKey: 'checked' }),
    )
    expect((await client.stripe.checkout.sessions.create(sessionAsk(now() + 40 * 60), { idempotencyKey: 'checked' })).status).toBe('open')
  })
})
