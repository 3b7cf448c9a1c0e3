import { createHmac } from 'node:crypto'
import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sceneStart, startStripe, type StripeScene } from './test-stripe.ts'

let scene: StripeScene
let stripe: Stripe
beforeEach(async () => {
  scene = await startStripe()
  stripe = new Stripe(scene.stripe.secretKey, { ...scene.endpoint, maxNetworkRetries: 0, telemetry: false })
})
afterEach(() => scene.stop())

const begin = Date.parse(sceneStart) / 1000
const open = (amount = 100) =>
  stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.example/',
    expires_at: Math.floor(scene.stripe.clock.now() / 1000) + 3_600,
    line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: amount, product_data: { name: 'x' } } }],
  })
const sell = async () => scene.stripe.pay((await open()).id)
/** A chance that only the seed decides. */
const seeded = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
const types = () => scene.received.map(({ event }) => event.type)
const undelivered = async () => (await stripe.events.list({ delivery_success: false, limit: 100 })).data.length

describe('webhooks', () => {
  it('are signed as Stripe signs, and the library believes them', async () => {
    scene.stripe.deliverTo(scene.hook)
    const { id } = await sell()
    await scene.stripe.drain()
    const [got] = scene.received
    expect(types()).toEqual(['checkout.session.completed'])
    const mac = createHmac('sha256', scene.stripe.webhookSecret)
      .update(`${begin}.`)
      .update(got?.body ?? '')
      .digest('hex')
    expect(got?.signature).toBe(`t=${begin},v1=${mac}`)
    expect(scene.stripe.sign(String(got?.body))).toBe(got?.signature)
    const event = Stripe.webhooks.constructEvent(
      got?.body ?? '',
      got?.signature ?? '',
      scene.stripe.webhookSecret,
      300,
      undefined,
      begin * 1000,
    )
    expect(event).toMatchObject({ object: 'event', api_version: Stripe.API_VERSION, data: { object: { id, payment_status: 'paid' } } })
    expect(await undelivered()).toBe(0)
  })
  it('wait for an address', async () => {
    await sell()
    await sell()
    expect(await undelivered()).toBe(2)
    scene.stripe.deliverTo(scene.hook)
    await scene.stripe.drain()
    expect(scene.received).toHaveLength(2)
    expect(await undelivered()).toBe(0)
  })
  it('come again, further and further apart, until the address takes them, each with a fresh signature', async () => {
    scene.stripe.deliverTo(scene.hook)
    scene.answers.status = 500
    await sell()
    await scene.stripe.drain()
    expect(scene.received).toHaveLength(1)
    await scene.stripe.clock.forward(2_000)
    await scene.stripe.clock.forward(10_000)
    expect(scene.received).toHaveLength(3)
    expect(new Set(scene.received.map(({ signature }) => signature)).size).toBe(3)
    expect(new Set(scene.received.map(({ event }) => event.id)).size).toBe(1)
    expect(await undelivered()).toBe(1)
    scene.answers.status = 200
    await scene.stripe.clock.forward(60_000)
    expect(scene.received).toHaveLength(4)
    await scene.stripe.clock.forward(86_400_000)
    expect(scene.received).toHaveLength(4)
    expect(await undelivered()).toBe(0)
  })
  it('a redirect is no delivery', async () => {
    scene.stripe.deliverTo(scene.hook)
    scene.answers.status = 302
    await sell()
    await scene.stripe.drain()
    expect(await undelivered()).toBe(1)
  })
  it('are given up after three days, stay in the list, and can be sent once more', async () => {
    scene.stripe.deliverTo(scene.hook)
    scene.answers.status = 503
    await sell()
    await scene.stripe.clock.forward(4 * 86_400_000)
    const tries = scene.received.length
    await scene.stripe.clock.forward(4 * 86_400_000)
    expect(scene.received.length).toBe(tries)
    expect(await undelivered()).toBe(1)
    scene.answers.status = 200
    await scene.stripe.redeliver()
    expect(await undelivered()).toBe(0)
  })
  it('go on after a restart', async () => {
    scene.stripe.deliverTo(scene.hook)
    scene.answers.status = 500
    await sell()
    await scene.stripe.drain()
    const old = scene
    scene = await scene.restart()
    scene.stripe.deliverTo(scene.hook)
    await scene.stripe.clock.forward(2_000)
    expect(scene.received.map(({ event }) => event.id)).toEqual(old.received.map(({ event }) => event.id))
  })
})

describe('switches for webhooks', () => {
  it('drop: they never come, and the list tells', async () => {
    scene.stripe.deliverTo(scene.hook)
    scene.stripe.faults.webhooks.drop = 1
    await sell()
    await scene.stripe.clock.forward(86_400_000)
    expect(scene.received).toEqual([])
    expect(await undelivered()).toBe(1)
    scene.stripe.faults.clear()
    await scene.stripe.redeliver()
    expect(types()).toEqual(['checkout.session.completed'])
  })
  it('copies and shuffle: each comes at least once, some more often, in another order, decided by the seed', async () => {
    scene.stripe.deliverTo(scene.hook)
    Object.assign(scene.stripe.faults.webhooks, { copies: 5, shuffle: true })
    scene.stripe.faults.chance = seeded(7)
    for (let i = 0; i < 40; i += 1) await sell()
    expect(scene.received).toEqual([])
    await scene.stripe.drain()
    const made = scene.stripe.events().flatMap(({ id, type }) => (type === 'checkout.session.completed' ? [id] : []))
    const came = scene.received.map(({ event }) => event.id)
    expect(new Set(came)).toEqual(new Set(made))
    expect(came.length).toBeGreaterThan(made.length)
    expect([...new Set(came)]).not.toEqual(made)
  })
  it('delay: they come later by the clock', async () => {
    scene.stripe.deliverTo(scene.hook)
    scene.stripe.faults.webhooks.delayMs = 60_000
    scene.stripe.faults.chance = () => 0.5
    await sell()
    await scene.stripe.drain()
    expect(scene.received).toEqual([])
    await scene.stripe.clock.forward(60_000)
    expect(types()).toEqual(['checkout.session.completed'])
  })
})

describe('switches for calls', () => {
  const count = () => scene.stripe.store.all('session').length
  const ask = (idempotencyKey: string) =>
    stripe.checkout.sessions.create(
      {
        mode: 'payment',
        success_url: 'https://shop.example/',
        line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: 1, product_data: { name: 'x' } } }],
      },
      { idempotencyKey },
    )
  it.each([
    ['conflict', 409, 'idempotency_key_in_use'],
    ['locked', 429, 'lock_timeout'],
    ['rate-limit', 429, 'rate_limit'],
    ['error-before', 500, undefined],
  ] as const)('%s: nothing happened, and the same ask again works', async (kind, statusCode, code) => {
    scene.stripe.faults.next(kind)
    await expect(ask('k')).rejects.toMatchObject({ statusCode, code })
    expect(count()).toBe(0)
    await ask('k')
    expect(count()).toBe(1)
  })
  it('error-after: it happened, and the same key gets the error again', async () => {
    scene.stripe.faults.next('error-after')
    await expect(ask('k')).rejects.toMatchObject({ statusCode: 500, type: 'StripeAPIError' })
    expect(count()).toBe(1)
    await expect(ask('k')).rejects.toMatchObject({ statusCode: 500, headers: { 'idempotent-replayed': 'true' } })
    expect(count()).toBe(1)
  })
  it('lost-after: the answer is lost; the same ask again gets it, and it happened once', async () => {
    scene.stripe.faults.next('lost-after', { times: 2 })
    await expect(ask('k')).rejects.toMatchObject({ type: 'StripeConnectionError' })
    expect(count()).toBe(1)
    const { id } = await ask('k')
    expect(scene.stripe.store.ids('session')).toEqual([id])
  })
  it('lost-before: the ask is lost, nothing happened', async () => {
    scene.stripe.faults.next('lost-before', { times: 2 })
    await expect(ask('k')).rejects.toMatchObject({ type: 'StripeConnectionError' })
    expect(count()).toBe(0)
  })
  it('broken-answer: it happened, and the answer breaks off', async () => {
    scene.stripe.faults.next('broken-answer')
    await expect(ask('k')).rejects.toMatchObject({ type: 'StripeConnectionError' })
    expect(count()).toBe(1)
  })
  it('slow: a caller that gives up does not undo it', async () => {
    scene.stripe.faults.next('slow', { ms: 300 })
    await expect(stripe.refunds.list({}, { timeout: 20 })).rejects.toMatchObject({ type: 'StripeConnectionError' })
  })
  it('only the calls that are meant go wrong, and a share of all when it is asked for', async () => {
    scene.stripe.faults.next('error-before', { call: /^POST \/v1\/refunds$/ })
    await ask('k')
    await expect(stripe.refunds.create({ payment_intent: 'pi_1' })).rejects.toMatchObject({ statusCode: 500 })
    scene.stripe.faults.often = { share: 1, kinds: ['rate-limit'] }
    await expect(stripe.events.list()).rejects.toMatchObject({ statusCode: 429 })
    scene.stripe.faults.clear()
    expect((await stripe.events.list()).object).toBe('list')
  })
})
