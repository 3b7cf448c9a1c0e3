import type { Actor, Command } from '@skills/contract/actor.ts'
import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import type { GroupPlace, groupPolicies } from '@skills/contract/group-waitlist.routes.ts'
import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { offerRegistrationAt, type Offer } from '@skills/core/catalog/offer.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { doneBefore } from '@skills/core/command.ts'
import { buyers } from '@skills/core/employer/own-group-order.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { keys } from '@skills/core/keys.ts'
import { invoiceTitle } from '@skills/core/order/invoice-title.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { readMembership } from '@skills/core/people/membership.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { minutesLeft } from '@skills/core/waitlist/next-in-queue.ts'
import { joinQueue } from '@skills/core/waitlist/join-queue.ts'
import { readQueueHead } from '@skills/core/waitlist/queue-head.table.ts'
import { leastOfferMinutes, offerEnd } from '@skills/core/waitlist/waitlist.ts'
import { groupPlaceView } from './group-place.ts'

interface Call {
  actor: Actor
  command: Command
  params: { employerId: string }
  body: {
    runId: string
    seats: number
    policy: (typeof groupPolicies)[number]
    payBy: GroupOrder['payBy']
    invoiceTitle: InvoiceTitle | null
  }
}

const patienceMs = 12_000

/**
 * An employer joins the queue of a run with too few free seats: for all of its seats at once, or for each as it comes. What comes becomes a group order that is held until it
 * is paid. Refuses `not-found` for who does not act for it, `seats-free` where a group order would do, `seats-not-enough` for more than the run has,
 * `quota-reached`, `already-waiting`, `kept-too-often`, `waitlist-closed`, and what a group order refuses about the run.
 */
export async function joinAsGroup(world: World, { actor, command, params: { employerId }, body }: Call): Promise<GroupPlace> {
  if (!mayAct(actor, employerId, buyers)) throw new Refusal('not-found')
  const title = body.invoiceTitle === null ? null : invoiceTitle(body.invoiceTitle, '#/invoiceTitle')
  const { runId, seats, policy, payBy } = body
  const began = world.tick()
  for (let attempt = 0; world.tick() - began < patienceMs; attempt += 1) {
    if (attempt > 0) await world.pause(world.chance(Math.min(1_000, 25 * 2 ** attempt)) + 1)
    const run = await readOffer(world.table, runId)
    // The queue before the seats: a seat that is freed in between counts in the head.
    const head = await readQueueHead(world.table, runId)
    const [heads, pointer, membership] = await Promise.all([
      readHeads(world.table, runId, run?.shards ?? 0),
      readItem(world.table, keys.groupWaitingFor.key(employerId, runId)),
      readMembership(world, actor.personId, employerId),
    ])
    const done = await doneBefore<GroupPlace>(world, command)
    if (done !== undefined) return done.answer
    if (run === undefined) throw wrongRun('run-unknown', '没有这一期，请重新选择。', 'There is no such run. Choose another one.')
    const free = freeSeats(heads)
    if (pointer !== undefined && pointer['state'] !== 'over') throw new Refusal('already-waiting')
    mustTakeGroups(run, world.now())
    if (seats > run.run.capacity) throw new Refusal('seats-not-enough', { free: run.run.capacity })
    if (policy === 'together' && seats > world.limits.employerHolds)
      throw new Refusal('quota-reached', { most: world.limits.employerHolds })
    if (policy === 'together' ? free >= seats : free > 0) throw new Refusal('seats-free')
    // What it held for nothing comes out of the same days as a transfer's hold does: when they are used up, it waits no more for this run.
    if ((await minutesLeft(world, runId, employerId)) < leastOfferMinutes) throw new Refusal('kept-too-often')
    const unnamed = title === null ? { zh: '您的单位', en: 'Your employer' } : { zh: title.title, en: title.title }
    const group = { employerId, employerName: membership?.organizationName ?? unnamed, seats, policy, payBy, invoiceTitle: title }
    const outcome = await joinQueue(world, command, { run, head, personId: actor.personId, group }, (entry) =>
      groupPlaceView(entry, run.title, head.waiting),
    )
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

function mustTakeGroups(run: Offer, now: string): void {
  const registration = offerRegistrationAt(run, now)
  const { opensAt, closesAt, priceFen } = run.run
  if (registration === 'cancelled') throw new Refusal('run-cancelled')
  if (registration === 'not-open') throw new Refusal('registration-not-open', { opensAt })
  if (registration === 'closed') throw new Refusal('registration-closed', { closesAt })
  if (offerEnd(run, now) === undefined) throw new Refusal('waitlist-closed')
  if (priceFen === 0)
    throw wrongRun('run-free', '这一期免费，请员工自己候补。', 'This run is free. Your staff can join the waiting list themselves.')
}

function wrongRun(code: string, zh: string, en: string): Refusal {
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/runId', code, detail: { zh, en } }] })
}
