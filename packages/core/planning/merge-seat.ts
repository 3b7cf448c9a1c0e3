import type { RunItem } from '../catalog/run-item.ts'
import { readOffer } from '../catalog/offer.table.ts'
import { groupSeatBack } from '../employer/group-seat.ts'
import { readEnrollment } from '../enrollment/enrollment.table.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { giveSeatBack } from '../enrollment/give-seat-back.ts'
import { keys } from '../keys.ts'
import { leftOrder } from '../order/left-order.ts'
import { readItems } from '../table.ts'
import type { Step } from '../transact.ts'
import { joinSteps } from '../waitlist/join-queue.ts'
import { readQueueHead } from '../waitlist/queue-head.table.ts'
import { offerEnd } from '../waitlist/waitlist.ts'
import type { World } from '../world.ts'

const mostRounds = 12

/**
 * Takes one seat of a run that is merged into another: it ends, all that was paid goes back, every subsidy is hers again, and in the same transaction she stands in the other run's queue. So it is done
 * once, wherever the job was stopped. Who held a seat unpaid, was sent by an employer, or is in the other run already is only given back. Out: whether it did anything.
 */
export async function mergeSeat(
  world: World,
  run: RunItem,
  into: string,
  { personId, enrollmentId }: { personId: string; enrollmentId: string },
  by: string,
): Promise<boolean> {
  for (let round = 0; round < mostRounds; round += 1) {
    const { item: before, schedule } = await readEnrollment(world, personId, enrollmentId)
    if (before === undefined || !['held', 'active'].includes(before.enrollment.state)) return false
    const { order, times } = before
    const left = order === null ? null : leftOrder(world, { times, order }, run.run, 'run-cancelled')
    const group = await groupSeatBack(world, before, run, { to: 'withdrawn', by })
    const leaving = { before, schedule, run, to: 'cancelled', by, order: left, runCancelled: true } as const
    const freed = group?.freed === undefined ? {} : { freed: group.freed }
    const queued = await queuedSteps(world, before, into, by)
    const outcome = await giveSeatBack(world, undefined, { ...leaving, ...freed }, [...(group?.steps ?? []), ...queued])
    if ('answer' in outcome) return true
  }
  throw new Error(`${enrollmentId} kept changing`)
}

/** A place in the other run's queue, where its person is to have one. */
async function queuedSteps(world: World, { personId, enrollment, order }: EnrollmentItem, into: string, by: string): Promise<Step[]> {
  if (enrollment.state !== 'active' || (order !== null && order.groupOrderId !== null)) return []
  const [offer, head, [guard, waiting]] = await Promise.all([
    readOffer(world.table, into),
    readQueueHead(world.table, into),
    readItems(world.table, [keys.guard.key(personId, into), keys.waitingFor.key(personId, into)]),
  ])
  const open = offer !== undefined && (offer.run.state === 'published' || offerEnd(offer, world.now()) !== undefined)
  if (!open || guard?.['state'] === 'active' || (waiting !== undefined && waiting['state'] !== 'over')) return []
  return joinSteps(world, { run: offer, head, personId, group: null }, { action: 'merge', by }).steps
}
