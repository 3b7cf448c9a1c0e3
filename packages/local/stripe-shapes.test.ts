import Stripe from 'stripe'
import { beforeAll, describe, expect, it } from 'vitest'
import { apiVersion, ways } from './stripe-shapes.ts'
import { lineOf } from './test-stripe.ts'
import { useStripeClient } from './test-stripe-client.ts'
import { objects, type Table } from './test-stripe-facts.ts'
import { error } from './test-stripe-money-facts.ts'
import { parts } from './test-stripe-parts.ts'

type Json = Record<string, unknown>

const client = useStripeClient()

/** A call without the library, so that what is on the wire is seen. */
async function call(path: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(`${client.scene.url}/v1/${path}`, {
    headers: { authorization: `Bearer ${client.scene.stripe.secretKey}`, ...headers },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Json }
}

/** Kinds of values that a fact can name. */
const kinds: Record<string, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  whole: (value) => Number.isSafeInteger(value),
  flag: (value) => typeof value === 'boolean',
  texts: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  list: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}
/** Whatever the seller or an event puts there. */
const free = /\.(metadata|previous_attributes)$/

/** Where a value is not what the tables say, as paths with a reason; none when all is right. */
function differences(value: Json, table: Table | undefined, path: string): string[] {
  if (free.test(path)) return []
  if (table === undefined) return [`${path}: no table`]
  return [
    ...Object.keys(value).flatMap((name) => (name in table ? [] : [`${path}.${name}: not known`])),
    ...Object.entries(table).flatMap(([name, fact]) => {
      const [, optional, nullable, kind = ''] = /^(~?)(\??)(.*)$/.exec(fact) ?? []
      const at = `${path}.${name}`
      const one = value[name]
      if (one === undefined) return optional ? [] : [`${at}: missing`]
      if (one === null) return nullable ? [] : [`${at}: null`]
      const fits = kind.startsWith('=') ? kind.slice(1).split('|').includes(String(one)) : kinds[kind]?.(one)
      if (fits !== true) return [`${at}: not ${kind}`]
      if (kind === 'object') return within(one as Json, at)
      return kind === 'list' ? (one as Json[]).flatMap((each, i) => within(each, `${at}[${i}]`)) : []
    }),
  ]
}
const within = (value: Json, path: string) => {
  const what = typeof value['object'] === 'string' ? value['object'] : undefined
  return what === undefined ? differences(value, parts[path], path) : differences(value, objects[what], what)
}

/** Every way that a sale can go, from the first page to the last word of a bank. */
async function live(): Promise<void> {
  const open = async () => (await client.open({ metadata: { orderId: 'ord_1' } })).id
  const refund = (id: string, amount?: number) =>
    client.stripe.refunds.create(
      { payment_intent: id, ...(amount && { amount }), reason: 'requested_by_customer' },
      { idempotencyKey: `${id}:${amount}` },
    )
  for (const method of ways) {
    client.scene.stripe.pay(await open(), { method, outcome: 'declined' })
    for (const comes of [true, false]) {
      const id = await open()
      client.scene.stripe.pay(id, { method, outcome: 'later' })
      client.scene.stripe.settle(id, comes)
    }
    const paid = String(client.scene.stripe.pay(await open(), { method }).payment_intent)
    await refund(paid, 100)
    client.scene.stripe.failRefund((await refund(paid)).id)
    for (const outcome of ['won', 'lost'] as const) {
      const dispute = client.scene.stripe.openDispute(String(client.scene.stripe.pay(await open(), { method }).payment_intent))
      client.scene.stripe.closeDispute(dispute.id, outcome)
    }
  }
  await client.scene.stripe.clock.forward(3_600_000)
}

it('the version is the one that the library speaks', () => expect(apiVersion).toBe(Stripe.API_VERSION))

describe('every object has the shape that Stripe publishes', () => {
  let seen: Json[] = []
  beforeAll(async () => {
    client.scene.stripe.deliverTo(client.scene.hook)
    await live()
    await client.scene.stripe.drain()
    const paths = ['checkout/sessions?expand[]=data.line_items', 'payment_intents', 'charges', 'refunds', 'disputes', 'events']
    const lists = await Promise.all(paths.map(async (path) => (await call(`${path}${path.includes('?') ? '&' : '?'}limit=100`)).body))
    // An event carries its object as it was at that moment, so the events are the whole life of each.
    seen = [
      ...lists,
      ...client.scene.received.map(({ event }) => event as unknown as Json),
      ...client.scene.stripe.events().map((event) => ({ ...event })),
    ]
  })
  it('on the wire, in lists, in webhooks and in events, over its whole life', () => {
    expect([...new Set(seen.flatMap((one) => within(one, '')))]).toEqual([])
  })
  it('and no step of a life was left out', () => {
    const steps = new Set(
      client.scene.stripe.events().map(({ data: { object } }) => {
        const { object: what, status, payment_status: paid } = object as Json
        return [what, status, paid].filter(Boolean).join(' ')
      }),
    )
    expect([...steps].sort()).toEqual([
      'charge failed',
      'charge pending',
      'charge succeeded',
      'checkout.session complete paid',
      'checkout.session complete unpaid',
      'checkout.session expired unpaid',
      'dispute lost',
      'dispute needs_response',
      'dispute won',
      'payment_intent canceled',
      'payment_intent processing',
      'payment_intent requires_payment_method',
      'payment_intent succeeded',
      'refund failed',
      'refund pending',
      'refund succeeded',
    ])
  })
  it('and the tables do see a difference', () => {
    const [session] = client.scene.stripe.store.all('session')
    const { url: _, ...less } = { ...session, status: 'over', colour: 'green', created: '1', automatic_tax: { enabled: null } } as Json
    expect(within(less, '')).toEqual([
      'checkout.session.colour: not known',
      'checkout.session.automatic_tax.enabled: null',
      'checkout.session.automatic_tax.liability: missing',
      'checkout.session.automatic_tax.provider: missing',
      'checkout.session.automatic_tax.status: missing',
      'checkout.session.created: not whole',
      'checkout.session.status: not =complete|expired|open',
      'checkout.session.url: missing',
    ])
  })
})

describe('every error has the shape that Stripe publishes', () => {
  const form = (amount: number) => ({
    mode: 'payment',
    success_url: 'https://shop.example/',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'cny',
    'line_items[0][price_data][unit_amount]': String(lineOf(amount).price_data.unit_amount),
    'line_items[0][price_data][product_data][name]': 'x',
  })
  it.each([
    ['a parameter that is missing', 'refunds', {}, 400, { type: 'invalid_request_error', code: 'parameter_missing' }],
    ['one that is not known', 'refunds', { colour: 'green' }, 400, { code: 'parameter_unknown', param: 'colour' }],
    ['no object', 'refunds', { payment_intent: 'pi_none' }, 404, { code: 'resource_missing', param: 'payment_intent' }],
    ['no session', 'checkout/sessions/cs_test_none', undefined, 404, { code: 'resource_missing', param: 'session' }],
    ['no payment', 'payment_intents/pi_none', undefined, 404, { code: 'resource_missing', param: 'intent' }],
    ['no place in a list', 'events?starting_after=evt_none', undefined, 404, { code: 'resource_missing', param: 'starting_after' }],
    ['no such call', 'customers', {}, 404, { type: 'invalid_request_error' }],
  ])('%s', async (_, path, given, status, expected) => {
    const answer = await call(path, given as Record<string, string> | undefined)
    expect(answer.status).toBe(status)
    expect(Object.keys(answer.body)).toEqual(['error'])
    expect(differences(answer.body['error'] as Json, error, 'error')).toEqual([])
    expect(answer.body['error']).toMatchObject(expected)
  })
  it.each([
    ['conflict', 409, 'idempotency_error', 'idempotency_key_in_use'],
    ['locked', 429, 'invalid_request_error', 'lock_timeout'],
    ['rate-limit', 429, 'invalid_request_error', 'rate_limit'],
    ['error-before', 500, 'api_error', undefined],
  ] as const)('%s', async (kind, status, type, code) => {
    client.scene.stripe.faults.next(kind)
    const answer = await call('checkout/sessions', form(1), { 'idempotency-key': kind })
    expect(answer.status).toBe(status)
    expect(differences(answer.body['error'] as Json, error, 'error')).toEqual([])
    expect(answer.body['error']).toMatchObject({
      type,
      ...(code && { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }),
    })
  })
  it('no key and a wrong key: no log is named to whom has none', async () => {
    const { status, body } = await call('events', undefined, { authorization: 'Bearer sk_test_other' })
    expect(status).toBe(401)
    expect(differences(body['error'] as Json, error, 'error')).toEqual([])
    expect(body['error']).not.toHaveProperty('request_log_url')
  })
  it('an answer names its call, its version and its key; given again, the first call too', async () => {
    const first = await call('checkout/sessions', form(1), { 'idempotency-key': 'twice' })
    const id = first.headers.get('request-id')
    expect(id).toMatch(/^req_/)
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'stripe-version': apiVersion,
      'idempotency-key': 'twice',
      'original-request': id,
      'content-type': 'application/json',
    })
    expect(first.headers.has('idempotent-replayed')).toBe(false)
    const again = await call('checkout/sessions', form(1), { 'idempotency-key': 'twice' })
    expect(Object.fromEntries(again.headers)).toMatchObject({ 'original-request': id, 'idempotent-replayed': 'true' })
    expect(again.headers.get('request-id')).not.toBe(id)
    const other = await call('checkout/sessions', form(2), { 'idempotency-key': 'twice' })
    expect(other).toMatchObject({ status: 400, body: { error: { type: 'idempotency_error' } } })
    expect(differences(other.body['error'] as Json, error, 'error')).toEqual([])
  })
  it('an event names the call and the key that made it, and neither when nobody asked', async () => {
    const id = client.scene.stripe.store.ids('session').at(-1) ?? ''
    const { headers } = await call(`checkout/sessions/${id}/expire`, {}, { 'idempotency-key': 'end' })
    const ends = client.scene.stripe.events().filter(({ type }) => type === 'checkout.session.expired')
    expect(ends.at(-1)?.request).toEqual({ id: headers.get('request-id'), idempotency_key: 'end' })
    expect(ends[0]?.request).toEqual({ id: null, idempotency_key: null })
  })
})
