import { seeded } from '../test-world.ts'
import { atOnce } from '@skills/core/at-once.ts'
import type { Run } from '@skills/contract/catalog.ts'
import type { StripeEvent } from '@skills/local/stripe-store.ts'
import { expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import {
  checkout,
  deliver,
  expectCleanBooks,
  hold,
  leave,
  now,
  pass,
  pay,
  priceFen,
  settle,
  stripeSums,
  usePaymentScene,
  wanted,
  type Held,
  type PaymentScene,
} from './payment-scene.ts'

const people = 80
/** What each person does, by turns; every story makes several events. */
const stories = [
  'pays',
  'pays later',
  'pays later and fails',
  'never pays',
  'leaves',
  'leaves by wechat',
  'disputes',
  'refunded by hand',
] as const
type Story = (typeof stories)[number]

/** How events come: each once and in order, or as the world is. */
type Delivery = (scene: PaymentScene, events: StripeEvent[]) => Promise<void>

const arrived = ({ scene }: PaymentScene, { id }: StripeEvent) => {
  const kept = scene.stripe.store.get('event', id)
  if (kept !== undefined) scene.stripe.store.put('event', id, { ...kept, delivery: { ...kept.delivery, state: 'delivered' } })
}
const clean: Delivery = async (scene, events) => {
  for (const event of events) {
    await deliver(scene, event)
    arrived(scene, event)
  }
}
let copies = 0
let dropped = 0
/** One in ten is lost; the others come one to five times, shuffled, eight at once. */
function chaos(seed: number): Delivery {
  const random = seeded(seed)
  return async (scene, events) => {
    const lost = events.filter(() => random() < 0.1)
    dropped += lost.length
    const sent = events
      .filter((event) => !lost.includes(event))
      .flatMap((event) => Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({ event, place: random() })))
      .sort((a, b) => a.place - b.place)
    copies += sent.length
    const { failed } = await atOnce(sent, 8, ({ event }) => deliver(scene, event))
    expect(failed.map(({ error }) => (error as { code?: string }).code)).toEqual(failed.map(() => 'busy'))
    // What was told to come again comes again.
    for (const { item } of failed) await deliver(scene, item.event)
    for (const { event } of sent) arrived(scene, event)
  }
}

/** Everybody does what their story says; events come as `delivery` brings them, and are reconciled in the end. */
async function live(scene: PaymentScene, run: Run, delivery: Delivery): Promise<{ ends: unknown[]; events: number; holds: Held[] }> {
  let seen = 0
  const bring = async () => {
    const events = wanted(scene)
    await delivery(scene, events.slice(seen))
    seen = events.length
  }
  const { stripe } = scene.scene
  const all: { held: Held; story: Story; session: string }[] = []
  for (let place = 0; place < people; place += 1) {
    const story = stories[place % stories.length] as Story
    const held = await hold(scene, run)
    const how = story === 'leaves by wechat' ? ({ method: 'wechat_pay' } as const) : ({ method: 'alipay', outcome: 'later' } as const)
    if (story === 'never pays') all.push({ held, story, session: (await checkout(scene, held)).url.split('/').at(-1) ?? '' })
    else
      all.push({
        held,
        story,
        session: await pay(scene, held, story.startsWith('pays later') || story === 'leaves by wechat' ? how : undefined),
      })
  }
  for (const { story, session } of all) if (story.startsWith('pays later')) stripe.settle(session, story === 'pays later')
  await bring()
  await settle(scene)
  for (const { held, story, session } of all) {
    const payment = String(stripe.store.get('session', session)?.payment_intent)
    if (story === 'disputes') stripe.closeDispute(stripe.openDispute(payment).id, 'won')
    if (story.startsWith('leaves')) await leave(scene, held)
    if (story === 'refunded by hand')
      await scene.payments.provider.refund({ refundId: `hand-${held.orderId}`, paymentId: payment, amountFen: 5_000, references: {} })
  }
  await settle(scene)
  await bring()
  await pass(scene, 47)
  await settle(scene)
  await bring()
  await settle(scene)
  const ends = await Promise.all(
    all.map(async ({ held, story }) => {
      const { enrollment, order } = await now(scene, held)
      const { captured, returned } = stripeSums(scene, held.orderId)
      return {
        story,
        enrollment: enrollment.state,
        order: order.state,
        payments: order.payments.map(({ state, surplus }) => [state, surplus]),
        refunds: order.refunds.map(({ state, reason, amountFen }) => [state, reason, amountFen]),
        disputes: order.disputes.map(({ state }) => state),
        captured,
        returned,
      }
    }),
  )
  return { ends, events: wanted(scene).length, holds: all.map(({ held }) => held) }
}

const calm = usePaymentScene('chaos-clean')
const wild = usePaymentScene('chaos')

it('events that come one to five times, shuffled, eight at once, and one in ten never, lead where a clean run leads', async () => {
  const runs = await Promise.all([calm, wild].map(({ world }) => makeRun(world, { capacity: people + 4, priceFen })))
  const expected = await live(calm, (runs[0] as { run: Run }).run, clean)
  const met = await live(wild, (runs[1] as { run: Run }).run, chaos(7))
  expect(expected.events).toBeGreaterThan(200)
  expect(met.events).toBe(expected.events)
  expect([copies > 1.5 * met.events, dropped > met.events / 25]).toEqual([true, true])
  expect(met.ends).toEqual(expected.ends)
  // And that is the right place: each story has its own end.
  const endOf = (story: Story) => expected.ends.find((end) => (end as { story: Story }).story === story)
  expect(endOf('pays')).toMatchObject({ enrollment: 'active', captured: priceFen, returned: 0 })
  expect(endOf('pays later')).toMatchObject({ enrollment: 'active', captured: priceFen })
  expect(endOf('pays later and fails')).toMatchObject({ enrollment: 'lapsed', captured: 0, payments: [['failed', false]] })
  expect(endOf('never pays')).toMatchObject({ enrollment: 'lapsed', payments: [['expired', false]] })
  expect(endOf('leaves')).toMatchObject({ enrollment: 'cancelled', captured: priceFen, returned: priceFen })
  expect(endOf('leaves by wechat')).toMatchObject({ enrollment: 'cancelled', captured: priceFen, returned: priceFen })
  expect(endOf('disputes')).toMatchObject({ enrollment: 'active', disputes: ['won'] })
  expect(endOf('refunded by hand')).toMatchObject({ enrollment: 'active', refunds: [['succeeded', 'operator', 5_000]] })
  for (const scene of [calm, wild]) await expectCleanBooks(scene)
}, 240_000)
