import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { settleOrder } from '@skills/core/order/settle-order.ts'
import { openCheckout } from '@skills/functions/orders/open-checkout.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { receiveEvent } from '@skills/core/order/receive-event.ts'
import type { ProviderEvent } from '@skills/core/order/payment-provider.ts'
import type { Run } from '@skills/contract/catalog.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { enrollmentItemOf } from '@skills/core/enrollment/enrollment-item.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { describe, expect, it } from 'vitest'
import { actor, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { moments, mortal, type Mortal } from './crash.ts'
import {
  expectCleanBooks,
  fresh,
  hold,
  now,
  pass,
  priceFen,
  settle as settleAll,
  stripeSums,
  usePaymentScene,
  wanted,
  type Held,
} from './payment-scene.ts'

const scene = usePaymentScene('crash-matrix')

/** A flow of money: what stands before it, what a process does, what is done again by whoever did not hear the end of it, and what is true then. */
interface Flow {
  prepare(): Promise<Held>
  run(process: Mortal, held: Held): Promise<unknown>
  /** Besides running it again: what time does. */
  later?(held: Held): Promise<unknown>
  check(held: Held): Promise<void>
}

/** What a program pays of each seat, and what is left to its person. */
const grantFen = 30_000
const ownFen = priceFen - grantFen
async function subsidized(item: RunItem, seats: number): Promise<Run> {
  const fen = seats * grantFen
  const program = await makeProgram(scene.world, { budgetFen: fen, funding: { kind: 'fixed', fen: grantFen } })
  await allocateTo(scene.world, program, item, { seats, fen })
  return item.run
}

let run: Run
const seat = () => hold(scene, run)
const page = ({ world, payments }: Mortal, { personId, orderId }: Held) =>
  openCheckout(world, payments, 'https://shop.example', { actor: actor(personId), params: { orderId }, body: { language: 'zh' } })
const alive = () => mortal(scene.world, scene.payments)
const settle = ({ world, payments }: Mortal, { personId, orderId }: Held) => settleOrder(world, payments, personId, orderId)
const sessionsOf = (held: Held) => scene.scene.stripe.store.all('session').filter(({ metadata }) => metadata?.['orderId'] === held.orderId)
const paying = async (held: Held) => scene.scene.stripe.pay((await page(alive(), held)).url.split('/').at(-1) ?? '')
async function paidEvent(held: Held): Promise<ProviderEvent> {
  const [session] = sessionsOf(held)
  const event = wanted(scene).find(
    ({ type, data }) => type === 'checkout.session.completed' && (data.object as { id: string }).id === session?.id,
  )
  if (session === undefined || event === undefined) throw new Error('nothing was paid')
  return {
    id: event.id,
    at: new Date(event.created * 1000).toISOString(),
    livemode: false,
    account: null,
    knownVersion: true,
    about: 'checkout',
    checkoutId: session.id,
  }
}
const events = new Map<string, ProviderEvent>()
const keys = new Map<string, { key: ReturnType<typeof fresh>; quote: string }>()

const flows: Record<string, Flow> = {
  hold: {
    async prepare() {
      const [personId = ''] = await makePeople(scene.world, 1)
      const { quote } = await getPrice(scene.world, quoteSecret, { actor: actor(personId), params: { runId: run.id } })
      keys.set(personId, { key: fresh(), quote })
      return { personId, enrollmentId: '', orderId: '', runId: run.id }
    },
    run: ({ world }, { personId }) => {
      const { key, quote } = keys.get(personId) ?? { key: fresh(), quote: '' }
      return claimSeat(
        { world, memory: seatMemory(world), quoteSecret },
        { actor: actor(personId), command: key, params: { runId: run.id }, body: { quote } },
      )
    },
    async check({ personId }) {
      const own = (await scanTable(scene.world.table)).filter(
        (item) => item.pk === `PERSON#${personId}` && item.sk.startsWith('ENROLLMENT#'),
      )
      expect(own.map((item) => enrollmentItemOf(item)?.enrollment.state)).toEqual(['held'])
    },
  },
  checkout: {
    prepare: seat,
    run: page,
    async check(held) {
      expect((await now(scene, held)).order.payments).toMatchObject([{ attempt: 1, state: 'open' }])
      expect(sessionsOf(held).filter(({ status }) => status === 'open')).toHaveLength(1)
    },
  },
  'payment event': {
    async prepare() {
      const held = await seat()
      await paying(held)
      events.set(held.orderId, await paidEvent(held))
      return held
    },
    run: ({ world, payments }, { orderId }) => receiveEvent(world, payments, events.get(orderId) as ProviderEvent),
    async check(held) {
      const { enrollment, order } = await now(scene, held)
      expect([enrollment.state, order.state, order.refunds]).toEqual(['active', 'confirmed', []])
    },
  },
  expiry: {
    async prepare() {
      const held = await seat()
      await page(alive(), held)
      await pass(scene, 46)
      return held
    },
    run: settle,
    async check(held) {
      const { enrollment, order } = await now(scene, held)
      expect([enrollment.state, order.payments[0]?.state]).toEqual(['lapsed', 'expired'])
    },
  },
  'expiry of what was paid': {
    async prepare() {
      const held = await seat()
      await paying(held)
      await pass(scene, 46)
      return held
    },
    run: settle,
    check: async (held) => expect((await now(scene, held)).enrollment.state).toBe('active'),
  },
  'late money without a seat': {
    async prepare() {
      const only = await subsidized(await makeRun(scene.world, { capacity: 1, priceFen }), 1)
      const held = await hold(scene, only)
      const { url } = await page(alive(), held)
      const id = url.split('/').at(-1) ?? ''
      scene.scene.stripe.pay(id, { method: 'alipay', outcome: 'later' })
      await pass(scene, 46)
      await settle(alive(), held)
      await hold(scene, only)
      // It was looked at a moment ago, and is again after a pause.
      await pass(scene, 11)
      scene.scene.stripe.settle(id, true)
      return held
    },
    run: settle,
    async check(held) {
      expect((await now(scene, held)).order).toMatchObject({ state: 'lapsed', refunds: [{ state: 'succeeded', amountFen: ownFen }] })
      expect(stripeSums(scene, held.orderId)).toEqual({ captured: ownFen, returned: ownFen })
    },
  },
  'late money with a seat': {
    async prepare() {
      const held = await seat()
      const { url } = await page(alive(), held)
      const id = url.split('/').at(-1) ?? ''
      scene.scene.stripe.pay(id, { method: 'alipay', outcome: 'later' })
      await pass(scene, 46)
      await settle(alive(), held)
      await pass(scene, 11)
      scene.scene.stripe.settle(id, true)
      return held
    },
    run: settle,
    async check(held) {
      const { enrollment, order } = await now(scene, held)
      expect([enrollment.state, order.state, order.refunds, order.grants[0]?.state]).toEqual(['active', 'confirmed', [], 'spent'])
    },
  },
  'cancel and refund': {
    async prepare() {
      const held = await seat()
      await paying(held)
      await receiveEvent(scene.world, scene.payments, await paidEvent(held))
      keys.set(held.personId, { key: fresh('cancelEnrollment'), quote: '' })
      return held
    },
    async run(process, held) {
      const { key } = keys.get(held.personId) ?? { key: fresh() }
      await cancelEnrollment(process.world, { actor: actor(held.personId), command: key, params: { enrollmentId: held.enrollmentId } })
      await settle(process, held)
    },
    async check(held) {
      expect((await now(scene, held)).order).toMatchObject({ state: 'cancelled', refunds: [{ state: 'succeeded', amountFen: ownFen }] })
      expect(stripeSums(scene, held.orderId)).toEqual({ captured: ownFen, returned: ownFen })
    },
  },
}

describe('a process that dies at any call of the table or of the payment provider leaves nothing half done', () => {
  it.each(Object.entries(flows))(
    '%s',
    async (_, flow) => {
      // Far in the future, so that time may pass: each point of a flow has its own hour.
      const wide = await makeRun(scene.world, {
        capacity: 640,
        priceFen,
        closesAt: '2027-05-15T10:00:00.000Z',
        date: '2027-06-01',
      })
      run = await subsidized(wide, 640)
      const whole = alive()
      const first = await flow.prepare()
      await flow.run(whole, first)
      await flow.check(first)
      expect(whole.calls()).toBeGreaterThan(2)
      for (let at = 1; at <= whole.calls(); at += 1) {
        for (const moment of whole.effects(at) ? moments : moments.slice(0, 1)) {
          const held = await flow.prepare()
          // It died, or it had done everything: either way nobody heard of it, and it is done again.
          await flow.run(mortal(scene.world, scene.payments, at, moment), held).catch(() => undefined)
          await flow.run(alive(), held)
          await flow.check(held)
        }
      }
      // What nobody asked for again is found by the sweep.
      await pass(scene, 46)
      await settleAll(scene)
      await expectCleanBooks(scene)
    },
    120_000,
  )
})
