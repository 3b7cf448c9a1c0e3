import type { Offer } from '../catalog/offer.ts'
import { newGroupOrderSteps } from '../employer/buy-seats.ts'
import { groupHoldEnd, type Pool } from '../employer/group-order.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { timesOf } from '../enrollment/schedule.ts'
import { standardPolicy } from '../order/refund-policy.ts'
import { outboxStep } from '../outbox.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { Next } from './next-in-queue.ts'
import type { GroupWish, WaitlistItem } from './waitlist.ts'
import { entrySteps } from './waitlist.table.ts'

/** An offer that is made: its steps, and how many places fewer wait with it (none where an employer goes on waiting for the rest). */
export interface MadeOffer {
  steps: Step[]
  fewer: 0 | 1
}

/**
 * The offer of seats to who is next, until an instant: to a person as her place's own, to an employer as a group order that is held until it is paid. The count of the queue
 * and the seats themselves are moved by the caller. An employer holds them no longer than it still may (`nextInQueue`). Fails by the names `entry`, `quota`.
 */
export function makeOffer(world: World, run: Offer, { entry, holdMinutes }: Next, pools: readonly Pool[], latest: string): MadeOffer {
  const at = world.now()
  const { personId, runId, group } = entry
  const change = { action: 'offer', by: 'system:queue', at }
  const may = plusMinutes(at, holdMinutes ?? 0)
  const until = holdMinutes === undefined || latest < may ? latest : may
  if (group !== null) return offerGroup(world, run, entry, group, pools, { until, may })
  const shard = pools[0]?.shard ?? null
  return {
    fewer: 1,
    steps: [
      ...entrySteps(
        entry,
        { ...entry, state: 'offered', offeredAt: at, offerUntil: until, shard, offers: (entry.offers ?? 0) + 1 },
        change,
      ),
      outboxStep(world, { type: 'seat-offered', personId, runId, until }),
    ],
  }
}

function offerGroup(
  world: World,
  run: Offer,
  entry: WaitlistItem,
  group: GroupWish,
  pools: readonly Pool[],
  { until, may }: { until: string; may: string },
): MadeOffer {
  const at = world.now()
  const { personId, runId } = entry
  const { employerId, employerName, payBy, invoiceTitle } = group
  const rest = group.seats - pools.reduce((sum, { seats }) => sum + seats, 0)
  // Nobody of the employer sits before a screen when the seats come: they are held as long as any offer is.
  const days = groupHoldEnd('transfer', at, run.run.closesAt, world.limits.transferHoldHours)
  const holdUntil = payBy === 'stripe' ? until : days < may ? days : may
  const parts = {
    ...{ id: world.id('groupOrder'), employerId, employerName, runId, payBy, invoiceTitle, pools: [...pools] },
    waitNumber: entry.number,
    buyerId: entry.personId,
    courseId: run.run.courseId,
    providerId: run.run.providerId,
    title: run.title,
    seatFen: run.run.priceFen,
    refundPolicy: run.run.refundPolicy ?? standardPolicy,
    times: timesOf(run.run.meetings),
  }
  const next: WaitlistItem = { ...entry, state: rest === 0 ? 'accepted' : 'waiting', offeredAt: at, group: { ...group, seats: rest } }
  return {
    fewer: rest === 0 ? 1 : 0,
    steps: [
      ...entrySteps(entry, next, { action: 'offer', by: 'system:queue', at }),
      ...newGroupOrderSteps(world, parts, holdUntil, { action: 'offer-group', by: 'system:queue', at }),
      outboxStep(world, { type: 'group-offered', personId, runId, until: holdUntil }),
    ],
  }
}
