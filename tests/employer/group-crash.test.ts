import { readGroupOrders } from '@skills/core/employer/group-order.table.ts'
import { settleGroupOrder } from '@skills/core/employer/settle-group-order.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { tendQueue } from '@skills/core/waitlist/tend-queue.ts'
import { receiveEvent } from '@skills/core/order/receive-event.ts'
import { settleRun } from '@skills/core/order/settle-run.ts'
import { answerInvitation } from '@skills/functions/employer/answer-invitation.ts'
import { cancelGroupOrder } from '@skills/functions/employer/cancel-group-order.ts'
import { createGroupOrder } from '@skills/functions/employer/create-group-order.ts'
import { recordTransfer } from '@skills/functions/employer/record-transfer.ts'
import { withdrawInvitation } from '@skills/functions/employer/withdraw-invitation.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { invite } from '@skills/functions/people/invite.ts'
import { sweepQueue } from '@skills/functions/waitlist/sweep-queue.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor, makePeople } from '../enrollment/claim-scene.ts'
import { moments, mortal, type Mortal } from '../order/crash.ts'
import { expectCleanBooks, pass, settle, startPayments, type PaymentScene } from '../order/payment-scene.ts'
import { mobileNumber, startScene, type Scene } from '../people/people-scene.ts'
import { join, look } from '../waitlist/waitlist-scene.ts'
import { firmTitle, operator } from './employer-scene.ts'
import { atStripe, bought, held, invited, page, paidEvent, priceFen, seated, sum, wideRun, wish, type Case } from './group-crash-scene.ts'

let scene: PaymentScene
let people: Scene
beforeAll(async () => {
  scene = await startPayments('group-crash')
  people = await startScene()
})
afterAll(async () => {
  await scene.stop()
  await people.stop()
})

/**
 * What firms, their staff and operators do about group orders. `run` is done again by who heard no answer. `done`: what is then true; also where nobody does it again, or all is as it was
 * before, and `swept`: there the sweeps alone bring it about.
 */
interface Flow {
  prepare(runId: string): Promise<Case>
  run(process: Mortal, one: Case): Promise<unknown>
  look?(one: Case): Promise<unknown>
  done: object
  swept?: true
  /** What follows is an offer, which ends by itself hours later. */
  offers?: true
}

/** The sweeps, until nothing is left to do. */
async function sweeps(): Promise<void> {
  for (const _turn of [1, 2]) {
    await settle(scene)
    await sweepQueue(scene.world)
  }
}

const total = 2 * priceFen
const none = { captured: 0, returned: 0 }
const alive = () => mortal(scene.world, scene.payments)
const settleOwn = ({ world, payments }: Mortal, { orderId }: Case) => settleGroupOrder(world, payments, orderId)
const transfer = ({ world }: Mortal, { orderId, key }: Case, more: { back?: true; surplus?: true } = {}) =>
  recordTransfer(world, {
    actor: operator,
    command: key,
    params: { groupOrderId: orderId },
    body: { fen: total, evidence: key.id, ...more },
  })
const cancel = ({ world }: Mortal, { firm, orderId, key }: Case) =>
  cancelGroupOrder(world, { actor: firm.manager, command: key, params: { groupOrderId: orderId } })
const answer = ({ world }: Mortal, { personId, invitationId, key }: Case, accept: boolean) =>
  answerInvitation(world, { actor: actor(personId), command: key, params: { invitationId }, body: { accept } })

const paid = { state: 'paid', inHand: 2, people: '', paidFen: total, back: '' }
const over = { inHand: 0, people: '', transfers: 0, paidFen: 0, back: '', stripe: none }

const flows: Record<string, Flow> = {
  'seats are bought': {
    prepare: async (runId) => wish(scene, runId, 'createGroupOrder'),
    run: ({ world }, { firm, runId, key }) =>
      createGroupOrder(world, {
        actor: firm.manager,
        command: key,
        params: { employerId: firm.employerId },
        body: { runId, seats: 2, payBy: 'stripe', invoiceTitle: firmTitle },
      }),
    look: async ({ firm }) =>
      (await readGroupOrders(scene.world.table, firm.employerId)).reduce((all, { seats }) => ({ orders: all.orders + 1, seats }), {
        ...{ orders: 0, seats: 0 },
      }),
    done: { orders: 1, seats: 2 },
  },
  'a checkout is opened': {
    prepare: (runId) => held(scene, runId, 'openGroupCheckout'),
    run: page,
    look: async ({ orderId }) => ({
      open: scene.scene.stripe.store.all('session').filter(({ metadata, status }) => metadata?.['orderId'] === orderId && status === 'open')
        .length,
    }),
    done: { open: 1 },
  },
  'an event says that it was paid': {
    async prepare(runId) {
      const one = await held(scene, runId, 'openGroupCheckout')
      await atStripe(scene, one)
      return one
    },
    run: ({ world, payments }, one) => receiveEvent(world, payments, paidEvent(scene, one)),
    done: { ...paid, transfers: 0, stripe: { captured: total, returned: 0 } },
  },
  'its hold ends': {
    async prepare(runId) {
      const one = await held(scene, runId, 'openGroupCheckout')
      await page(alive(), one)
      await pass(scene, 46)
      return one
    },
    run: settleOwn,
    done: { ...over, state: 'lapsed' },
    swept: true,
  },
  'its hold ends and somebody waits for its seats': {
    async prepare() {
      const run = await wideRun(scene, 2)
      const one = await held(scene, run.run.id, 'openGroupCheckout')
      const [waits = ''] = await makePeople(scene.world, 1)
      await join(scene.world, waits, run.run.id)
      await pass(scene, 46)
      return one
    },
    async run(process, one) {
      await settleOwn(process, one)
      await tendQueue(process.world, one.runId)
    },
    look: async (one) => ({ ...(await sum(scene, one)), run: (await look(scene.world, one.runId)).accounts }),
    done: { ...over, state: 'lapsed', run: { free: 1, held: 1, sold: 0, blocked: 0 } },
    swept: true,
    offers: true,
  },
  'its hold ends, and it was paid': {
    async prepare(runId) {
      const one = await held(scene, runId, 'openGroupCheckout')
      await atStripe(scene, one)
      await pass(scene, 46)
      return one
    },
    run: settleOwn,
    done: { ...paid, transfers: 0, stripe: { captured: total, returned: 0 } },
    swept: true,
  },
  'money comes when it lapsed': {
    async prepare(runId) {
      const one = await held(scene, runId, 'openGroupCheckout')
      const session = await atStripe(scene, one, { method: 'alipay', outcome: 'later' })
      await pass(scene, 46)
      await settleOwn(alive(), one)
      await pass(scene, 11)
      scene.scene.stripe.settle(session, true)
      return one
    },
    run: settleOwn,
    done: { ...over, state: 'lapsed', paidFen: total, back: `succeeded ${total}`, stripe: { captured: total, returned: total } },
    swept: true,
  },
  'a transfer is recorded': {
    prepare: (runId) => held(scene, runId, 'recordTransfer', 'transfer'),
    run: transfer,
    done: { ...paid, transfers: 1, stripe: none },
  },
  'a second transfer is recorded': {
    prepare: (runId) => bought(scene, runId, 'recordTransfer'),
    run: (process, one) => transfer(process, one, { surplus: true }),
    done: { ...paid, transfers: 2, paidFen: 2 * total, back: `pending ${total}`, stripe: none },
  },
  'a transfer is sent back': {
    async prepare(runId) {
      const one = await bought(scene, runId, 'recordTransfer')
      await one.firm.cancel(one.orderId)
      return one
    },
    run: (process, one) => transfer(process, one, { back: true }),
    done: { state: 'cancelled', inHand: 0, people: '', transfers: 2, paidFen: total, back: `succeeded ${total}`, stripe: none },
  },
  'somebody is invited': {
    prepare: (runId) => bought(scene, runId, 'invite'),
    run: ({ world }, { firm, orderId, key }) =>
      invite(world, people.vault, {
        actor: firm.manager,
        command: key,
        params: { groupOrderId: orderId },
        body: { name: '测试员', mobileOrId: mobileNumber(901), label: 'A-01' },
      }),
    done: { ...paid, people: 'open', transfers: 1, stripe: none },
  },
  'the invitation is accepted': {
    prepare: (runId) => invited(scene, runId, 'answerInvitation'),
    run: (process, one) => answer(process, one, true),
    done: { ...paid, inHand: 1, people: 'accepted', transfers: 1, stripe: none },
  },
  'the invitation is declined': {
    prepare: (runId) => invited(scene, runId, 'answerInvitation'),
    run: (process, one) => answer(process, one, false),
    done: { ...paid, people: 'declined', transfers: 1, stripe: none },
  },
  'somebody is swapped': {
    prepare: (runId) => seated(scene, runId, 'withdrawInvitation'),
    run: ({ world }, { firm, orderId, invitationId, key }) =>
      withdrawInvitation(world, { actor: firm.manager, command: key, params: { groupOrderId: orderId, invitationId } }),
    done: { ...paid, people: 'withdrawn', transfers: 1, stripe: none },
  },
  'somebody leaves': {
    prepare: (runId) => seated(scene, runId, 'cancelEnrollment'),
    run: ({ world }, { personId, enrollmentId, key }) =>
      cancelEnrollment(world, { actor: actor(personId), command: key, params: { enrollmentId } }),
    done: { ...paid, people: 'declined', transfers: 1, stripe: none },
  },
  'it is cancelled unpaid': {
    prepare: (runId) => held(scene, runId, 'cancelGroupOrder'),
    run: cancel,
    done: { ...over, state: 'cancelled' },
  },
  'its unassigned seats are returned and refunded': {
    prepare: (runId) => seated(scene, runId, 'cancelGroupOrder', 'stripe'),
    async run(process, one) {
      await cancel(process, one)
      await settleOwn(process, one)
    },
    done: {
      ...{ state: 'cancelled', inHand: 0, people: 'accepted', transfers: 0, paidFen: total, back: `succeeded ${priceFen}` },
      stripe: { captured: total, returned: priceFen },
    },
  },
  'its run is cancelled': {
    async prepare() {
      const run = await wideRun(scene, 4)
      const one = await seated(scene, run.run.id, 'cancelGroupOrder', 'stripe')
      const before = await readRun(scene.world.table, run.run.id)
      if (before === undefined) throw new Error('no such run')
      await changeRun(scene.world, { before, run: { ...before.run, state: 'cancelled' }, by: 'system:test', action: 'cancel' }, null)
      return one
    },
    async run(process, one) {
      await settleRun(process.world, one.runId)
      await settleOwn(process, one)
    },
    done: {
      ...{ state: 'cancelled', inHand: 0, people: 'withdrawn', transfers: 0, paidFen: total, back: `succeeded ${total}` },
      stripe: { captured: total, returned: total },
    },
    swept: true,
  },
}

describe('a process that dies at any call of the table or of the payment provider leaves no group order half done', () => {
  it.each(Object.entries(flows))(
    '%s',
    async (_, flow) => {
      const { run } = await wideRun(scene)
      const lookAt = flow.look ?? ((one: Case) => sum(scene, one))
      const whole = alive()
      const first = await flow.prepare(run.id)
      await flow.run(whole, first)
      expect(await lookAt(first)).toEqual(flow.done)
      expect(whole.calls()).toBeGreaterThan(2)
      const abandoned: { alone: Case; before: unknown; when: string }[] = []
      for (let at = 1; at <= whole.calls(); at += 1) {
        for (const moment of whole.effects(at) ? moments : moments.slice(0, 1)) {
          const dies = mortal(scene.world, scene.payments, at, moment)
          // It died, or it had done everything: either way nobody heard of it, and it is done again.
          const again = await flow.prepare(run.id)
          await flow.run(dies, again).catch(() => undefined)
          await flow.run(alive(), again)
          expect(await lookAt(again), `call ${at} ${moment}`).toEqual(flow.done)
          // Or nobody does it again. To die after a reply is to die before the next call.
          if (!whole.effects(at) || moment === 'after') continue
          const alone = await flow.prepare(run.id)
          const before = await lookAt(alone)
          await flow.run(mortal(scene.world, scene.payments, at, moment), alone).catch(() => undefined)
          // An offer that follows would be over by the time of the last case.
          if (flow.offers === true) await sweeps()
          if (flow.offers === true) expect(await lookAt(alone)).toEqual(flow.done)
          else abandoned.push({ alone, before, when: `call ${at} ${moment}, swept` })
        }
      }
      // What nobody did again is found by the sweeps.
      await sweeps()
      for (const { alone, before, when } of abandoned)
        expect(flow.swept === true ? [flow.done] : [before, flow.done], when).toContainEqual(await lookAt(alone))
      await pass(scene, 46)
      await sweeps()
      await expectCleanBooks(scene)
    },
    240_000,
  )
})
