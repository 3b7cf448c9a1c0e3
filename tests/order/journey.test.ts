import { routes } from '@skills/contract/routes.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { stripeSignature } from '@skills/local/stripe-deliveries.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { cloud, expectProblem, send, table, useStack, type Answer } from '../contract/requests.ts'
import { buildScene, type Person, type Scene } from '../contract/scene.ts'
import { testWorld } from '../test-world.ts'

useStack()
let scene: Scene
beforeAll(async () => {
  scene = await buildScene()
})
const stripe = () => cloud().doubles.stripe
const order = async ({ token, orderId }: Person) =>
  (await send(routes.getMyOrder, token, { params: { orderId } })).body as unknown as {
    order: { state: string; enrollmentId: string }
    paidFen: number
    refundedFen: number
  }
async function pay({ token, orderId }: Person): Promise<string> {
  const { body } = await send(routes.openCheckout, token, { params: { orderId } })
  const session = String(body['url']).split('/').at(-1) ?? ''
  stripe().pay(session)
  return session
}

it('a seat is paid for on the checkout page, confirmed by the webhook through the edge, given back and refunded', async () => {
  const { person } = scene.people
  await pay(person)
  await stripe().drain()
  expect(await order(person)).toMatchObject({ order: { state: 'confirmed' }, paidFen: 10_000, refundedFen: 0 })
  const { enrollmentId } = (await order(person)).order
  await send(routes.cancelEnrollment, person.token, { params: { enrollmentId } })
  expect(await order(person)).toMatchObject({ order: { state: 'cancelled' }, refundedFen: 0 })
  await cloud().fire('settle-payments')
  await stripe().drain()
  expect(await order(person)).toMatchObject({ paidFen: 10_000, refundedFen: 10_000 })
  expect(stripe().store.all('refund')).toHaveLength(1)
})

it('events that were lost on the way are found by the next look', async () => {
  const person = scene.people['employer:nominator']
  stripe().faults.webhooks = { ...stripe().faults.webhooks, drop: 1 }
  await pay(person)
  await stripe().drain()
  stripe().faults.clear()
  expect((await order(person)).order.state).toBe('awaiting-payment')
  await cloud().fire('settle-payments')
  expect((await order(person)).order.state).toBe('confirmed')
})

describe('what comes to the webhook without Stripe’s signature', () => {
  const ask = (body: string | Uint8Array, signature?: string): Promise<Answer> =>
    send(routes.receiveStripeEvent, undefined, {
      body,
      headers: { 'stripe-signature': signature, 'content-type': 'application/json; charset=utf-8' },
    })
  const forged = () => {
    const event = stripe().events().at(-1)
    return JSON.stringify({ ...event, id: 'evt_forged' })
  }
  const seconds = () => Math.floor(Date.now() / 1000)
  it('is refused, and nothing is kept of it', async () => {
    const body = forged()
    const right = stripeSignature(body, stripe().webhookSecret, seconds())
    const wrong: [string | Uint8Array, string | undefined][] = [
      [body, undefined],
      [body, ''],
      [body, stripeSignature(body, 'whsec_other', seconds())],
      [body, stripeSignature(body, stripe().webhookSecret, seconds() - 301)],
      [`${body} `, right],
      [new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(body)]), right],
      ['', right],
    ]
    for (const [sent, signature] of wrong) expectProblem(await ask(sent, signature), 'webhook-signature')
    expect(await readItem(table(), keys.effect.key('stripe', 'evt_forged'))).toBeUndefined()
    expect(await readItem(table(), keys.quarantine.key('evt_forged'))).toBeUndefined()
    expectProblem(await ask('x'.repeat(1_000_000), right), 'too-large')
  })
  it('is taken with it, once', async () => {
    const body = forged()
    const signature = stripeSignature(body, stripe().webhookSecret, seconds())
    for (let copy = 0; copy < 2; copy += 1) expect(await ask(body, signature)).toMatchObject({ status: 200, body: { received: true } })
  })
})

it('the books are clean', async () => {
  await cloud().drain()
  const { violations } = await checkBooks({ ...testWorld(table()), now: () => new Date().toISOString() })
  expect(violations).toEqual([])
})
