import type { Actor, Command } from '@skills/contract/actor.ts'
import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { offerRegistrationAt, type Offer } from '@skills/core/catalog/offer.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { doneBefore } from '@skills/core/command.ts'
import { buySeats, poolsFor } from '@skills/core/employer/buy-seats.ts'
import { groupOrderView, unpaidHoldMinutes } from '@skills/core/employer/group-order.ts'
import { mostCheckoutFen, overCheckout } from '@skills/core/employer/group-keeper.ts'
import { readGroupOrder, readGroupOrdersOfRun } from '@skills/core/employer/group-order.table.ts'
import { buyers } from '@skills/core/employer/own-group-order.ts'
import { overQuota, readQuota } from '@skills/core/employer/quota.table.ts'
import { timesOf } from '@skills/core/enrollment/schedule.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { invoiceTitle } from '@skills/core/order/invoice-title.ts'
import { standardPolicy } from '@skills/core/order/refund-policy.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { readMembership } from '@skills/core/people/membership.table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { employerId: string }
  body: { runId: string; seats: number; payBy: 'stripe' | 'transfer'; invoiceTitle: InvoiceTitle | null }
}

/** Claims beside this one may take seats of a shard again and again: then the heads are read and judged anew, so often. */
const mostTries = 20

/**
 * Holds seats of a run for an employer's staff at list price: all of them or none. Registration is judged as a claim judges it. A run without a price is not sold: its
 * people claim for themselves. Out: the order with the fixed end of its hold. Refuses `seats-not-enough` with how many are free, `quota-reached`, `unpaid-too-often`,
 * `registration-…`, `run-cancelled`, `validation-failed` for the invoice's title, or a sum that no checkout takes.
 */
export async function createGroupOrder(world: World, { actor, command, params, body }: Call): Promise<GroupOrder> {
  const { employerId } = params
  if (!mayAct(actor, employerId, buyers)) throw new Refusal('not-found')
  const title = body.invoiceTitle === null ? null : invoiceTitle(body.invoiceTitle, '#/invoiceTitle')
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const done = await doneBefore<{ groupOrderId: string }>(world, command)
    if (done !== undefined) return shown(world, done.answer.groupOrderId)
    const run = await readOffer(world.table, body.runId)
    if (run === undefined) throw notOffered()
    mustTakeOrders(run, world.now())
    if (body.payBy === 'stripe' && body.seats * run.run.priceFen > mostCheckoutFen) throw overCheckout('#/payBy')
    const over = overQuota(await readQuota(world.table, employerId), body.seats, world.limits, world.now())
    if (over !== undefined) throw over
    const heads = await readHeads(world.table, body.runId, run.shards)
    const pools = poolsFor(heads, body.seats)
    if (pools === undefined) throw new Refusal('seats-not-enough', { free: freeSeats(heads) })
    const parts = {
      id: world.id('groupOrder'),
      buyerId: actor.personId,
      employerId,
      employerName: await nameOf(world, actor.personId, employerId, title),
      runId: body.runId,
      courseId: run.run.courseId,
      providerId: run.run.providerId,
      title: run.title,
      seatFen: run.run.priceFen,
      payBy: body.payBy,
      pools,
      refundPolicy: run.run.refundPolicy ?? standardPolicy,
      times: timesOf(run.run.meetings),
      invoiceTitle: title,
    }
    // A transfer may take days: several holds of days for the same run, none of them paid, come out of the same days.
    const before = body.payBy === 'transfer' ? await readGroupOrdersOfRun(world.table, body.runId) : []
    const usedMinutes = unpaidHoldMinutes(before, employerId)
    const outcome = await buySeats(world, command, parts, run, { by: actor.personId, usedMinutes })
    if ('answer' in outcome) return shown(world, outcome.answer.groupOrderId)
    await world.pause(world.chance(20) + 1)
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

async function shown(world: World, id: string): Promise<GroupOrder> {
  const order = await readGroupOrder(world.table, id)
  if (order === undefined) throw new Error(`${id} was written and is not there`)
  return groupOrderView(order)
}

function mustTakeOrders(run: Offer, now: string): void {
  const registration = offerRegistrationAt(run, now)
  const { opensAt, closesAt, priceFen } = run.run
  if (registration === 'cancelled') throw new Refusal('run-cancelled')
  if (registration === 'not-open') throw new Refusal('registration-not-open', { opensAt })
  if (registration === 'closed') throw new Refusal('registration-closed', { closesAt })
  if (priceFen === 0)
    throw wrongRun('run-free', '这一期免费，请员工自己报名，不用团购。', 'This run is free. Your staff can claim seats themselves.')
}

const notOffered = () => wrongRun('run-unknown', '没有这一期，请重新选择。', 'There is no such run. Choose another one.')

function wrongRun(code: string, zh: string, en: string): Refusal {
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/runId', code, detail: { zh, en } }] })
}

/** What the invited are told about who invites: the employer's name as it was appointed; where an operator acts for it, the title of its invoice. */
async function nameOf(world: World, personId: string, employerId: string, title: InvoiceTitle | null): Promise<Text> {
  const membership = await readMembership(world, personId, employerId)
  if (membership !== undefined) return membership.organizationName
  return title === null ? { zh: '您的单位', en: 'Your employer' } : { zh: title.title, en: title.title }
}
