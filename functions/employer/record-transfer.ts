import { createHash } from 'node:crypto'
import type { Actor, Command } from '@skills/contract/actor.ts'
import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { doneBefore } from '@skills/core/command.ts'
import { byTransfer, groupOrderView, type GroupOrderItem } from '@skills/core/employer/group-order.ts'
import { withSurplus } from '@skills/core/employer/next-group-order.ts'
import { ownGroupOrder } from '@skills/core/employer/own-group-order.ts'
import { changeGroupOrder, payGroupOrder } from '@skills/core/employer/pay-group-order.ts'
import { keys } from '@skills/core/keys.ts'
import { matterSteps } from '@skills/core/order/money-matter.table.ts'
import type { PaymentItem } from '@skills/core/order/order.ts'
import type { Outcome, Step } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { groupOrderId: string }
  body: { fen: number; evidence: string; back?: true | undefined; surplus?: true | undefined }
}

/**
 * Records a bank transfer with the bank's number of it. One that came and is the total of an order that is still open pays for its seats. Any other that came (the order over or paid for already,
 * another sum) may be mistyped: it is first refused, and recorded once `surplus` confirms it, all of it owed back by transfer, the order as it was. One that was sent back must be all that is
 * owed by transfer. Each number counts once, for one order. Refuses `not-found`, `illegal-transition`, `validation-failed` with a pointer.
 */
export async function recordTransfer(world: World, { actor, command, params, body }: Call): Promise<GroupOrder> {
  const evidence = body.evidence.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const before = await ownGroupOrder(world, actor, params.groupOrderId, [])
    const done = await doneBefore<unknown>(world, command)
    if (done !== undefined) return groupOrderView(before)
    const at = world.now()
    const by = actor.personId
    const number = createHash('sha256').update(`transfer\n${evidence}`).digest('hex').slice(0, 32)
    const paymentId = `transfer-${number}`
    const record = (nth: number) => ({ attempt: nth, fen: body.fen, back: body.back === true, evidence, by, at })
    const guard: Step = {
      name: 'evidence',
      put: { item: { ...keys.effect.key('bank-transfer', number), groupOrderId: before.id, at }, condition: 'attribute_not_exists(pk)' },
    }
    const more = { transfers: [...before.transfers, record(before.payments.length + 1)] }
    const unfit = body.back === true || body.surplus === true ? undefined : whyUnfit(before, body.fen)
    if (unfit !== undefined) throw unfit
    const outcome =
      body.back === true
        ? await changeGroupOrder(world, command, before, { ...sentBack(before, body.fen, at), ...more }, { action: 'send-back', by }, [
            guard,
          ])
        : await came(world, command, { ...before, ...more }, { before, payment: paymentBy(before, body.fen, paymentId, at), by }, guard)
    if ('answer' in outcome) return groupOrderView(await ownGroupOrder(world, actor, params.groupOrderId, []))
    if (outcome.failed === 'evidence')
      throw wrong('#/evidence', 'evidence-used', '这个凭证号已经登记过。', 'This number was recorded already.')
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

function paymentBy({ payments }: GroupOrderItem, fen: number, paymentId: string, at: string): PaymentItem {
  const attempt = payments.length + 1
  return { attempt, state: 'paid', amountFen: fen, openedAt: at, expiresAt: at, paidAt: at, surplus: false, checkoutId: null, paymentId }
}

/** Money that is at the bank is in the books: it pays for the held seats, or it is owed back whole, as what comes by a checkout. */
function came(
  world: World,
  command: Command,
  order: GroupOrderItem,
  { before, payment, by }: { before: GroupOrderItem; payment: PaymentItem; by: string },
  guard: Step,
): Promise<Outcome<unknown>> {
  const paid = { ...order, payments: [...order.payments, payment] }
  if (before.state === 'awaiting-payment' && payment.amountFen === before.totalFen)
    return payGroupOrder(world, command, { before, order: paid, paidBy: 'transfer', by }, [guard])
  const next = withSurplus(paid, payment, world.now(), world.id('refund'))
  const owed = {
    kind: 'transfer-surplus',
    groupOrderId: before.id,
    refundId: next.refunds.at(-1)?.id ?? null,
    fen: payment.amountFen,
  } as const
  return changeGroupOrder(world, command, before, next, { action: 'surplus payment', by }, [guard, ...matterSteps(world, owed)])
}

function sentBack(order: GroupOrderItem, fen: number, at: string): GroupOrderItem {
  const owed = order.refunds.filter((refund) => byTransfer(refund) && refund.state === 'pending')
  if (owed.length === 0) throw new Refusal('illegal-transition', { current: order.state, allowed: [] })
  if (fen !== owed.reduce((sum, { amountFen }) => sum + amountFen, 0))
    throw wrong('#/fen', 'not-what-is-owed', '金额与应退金额不一致，请核对。', 'The sum is not what is owed. Please compare.')
  const refunds = order.refunds.map((one) => (owed.includes(one) ? { ...one, state: 'succeeded' as const, settledAt: at } : one))
  return { ...order, refunds, invoicesAt: at }
}

/** Why money that came pays for nothing: what the operator must confirm before it is recorded and owed back. Undefined: it pays for the seats. */
function whyUnfit({ state, totalFen, paidAt }: GroupOrderItem, fen: number): Refusal | undefined {
  if (state !== 'awaiting-payment') return paidAt === null ? orderOver() : paidAlready()
  return fen === totalFen ? undefined : notTheTotal()
}

const notTheTotal = () =>
  wrong(
    '#/fen',
    'not-the-total',
    '金额与订单总额不一致，请核对。如果到账的确实是这个金额，请确认后再登记：订单仍待付款，这笔钱全额记为应退款。',
    'The sum is not the total of the order. Please compare. If this sum did come, say so and record it again: the order still waits, and all of it is owed back.',
  )

const paidAlready = () =>
  wrong(
    '#/surplus',
    'paid-already',
    '这个订单已经付过款，请核对订单号。如果确实又到了一笔，请确认后再登记：这笔钱全额记为应退款。',
    'This order is paid for already. Please compare its number. If another transfer did come for it, say so and record it again: all of it is owed back.',
  )

const orderOver = () =>
  wrong(
    '#/surplus',
    'order-over',
    '这个订单没有付款就已结束，名额已放回，请核对订单号。如果这笔钱确实到账，请确认后再登记：全额记为应退款。',
    'This order ended unpaid and its seats went back. Please compare its number. If the money did come, say so and record it again: all of it is owed back.',
  )

function wrong(pointer: string, code: string, zh: string, en: string): Refusal {
  const errors: FieldError[] = [{ pointer, code, detail: { zh, en } }]
  return new Refusal('validation-failed', { count: 1 }, { errors })
}
