import { Refusal } from '@skills/contract/refusals.ts'
import type { Offer } from '../catalog/offer.ts'
import { unpaidHoldMinutes } from '../employer/group-order.ts'
import { readGroupOrdersOfRun } from '../employer/group-order.table.ts'
import { overQuota, readQuota } from '../employer/quota.table.ts'
import { readClaimant } from '../enrollment/claimant.table.ts'
import { obstacles } from '../enrollment/enrollment.ts'
import { outboxStep } from '../outbox.ts'
import { identityNoticeVersion } from '../people/consent.ts'
import { judge, transact } from '../transact.ts'
import type { World } from '../world.ts'
import { oneFewerWaits, type ReadHead } from './queue-head.table.ts'
import { leastOfferMinutes, seatsTaken, type GroupWish, type WaitlistItem } from './waitlist.ts'
import { entrySteps, readEntries } from './waitlist.table.ts'

/** Who is next, and how many of the available seats are hers. */
export interface Next {
  entry: WaitlistItem
  seats: number
  /** How long an employer may still hold seats of this run unpaid, in minutes; undefined for a person. */
  holdMinutes?: number
}

/**
 * The first of a run's queue who takes seats of those available now. A person is judged as a claim judges; who may no longer (other seat at that time, a condition, the
 * seat already hers) is skipped for good on the way, each in a transaction of its own, and told. An employer that wants more at once than there are, or may hold
 * no more (seats, or longer in this run), is passed over and keeps its place. In: the head that was read before. Out: `passed` where only such employers wait, `changed` where the
 * queue is no longer as it was read.
 */
export async function nextInQueue(
  world: World,
  run: Offer,
  head: ReadHead,
  now: string,
  available: number,
): Promise<Next | 'passed' | 'changed'> {
  const entries = await readEntries(world.table, run.run.id, head.next)
  let passed = false
  let skipped = false
  for (const entry of entries.filter(({ state }) => state === 'waiting')) {
    if (entry.group !== null) {
      const holdMinutes = await minutesLeft(world, run.run.id, entry.group.employerId)
      const sells = run.run.priceFen > 0 && holdMinutes >= leastOfferMinutes
      const seats = sells ? seatsTaken(entry, available, await roomOf(world, entry.group, now)) : 0
      if (seats > 0) return { entry, seats, holdMinutes }
      passed = true
    } else {
      if (await mayTake(world, run, entry.personId, now)) return { entry, seats: 1 }
      await skip(world, entry)
      skipped = true
    }
  }
  return passed && !skipped ? 'passed' : 'changed'
}

/** How long an employer may still hold seats of a run without paying, in minutes: the days of one transfer, less what it held for nothing before. */
export async function minutesLeft(world: World, runId: string, employerId: string): Promise<number> {
  const used = unpaidHoldMinutes(await readGroupOrdersOfRun(world.table, runId), employerId)
  return world.limits.transferHoldHours * 60 - used
}

/** How many seats more an employer may hold unpaid. */
async function roomOf(world: World, { employerId }: GroupWish, now: string): Promise<number> {
  const quota = await readQuota(world.table, employerId)
  return overQuota(quota, 1, world.limits, now) === undefined ? world.limits.employerHolds - quota.unpaidSeats : 0
}

async function mayTake(world: World, run: Offer, personId: string, now: string): Promise<boolean> {
  const { claimant } = await readClaimant(world, personId, run.run.id, undefined)
  // Unpaid seats are no reason to lose a place, nor is a newer notice: both are settled when the offer is taken.
  const terms = { now, identityNotice: identityNoticeVersion, healthCommitment: true, limits: world.limits, paidFor: true }
  return obstacles(run, claimant, terms).every(({ code }) => code === 'consent-required')
}

/** Passes somebody over for good; somebody who left or was served meanwhile is left alone. */
async function skip(world: World, entry: WaitlistItem): Promise<void> {
  const { personId, runId } = entry
  try {
    await transact(
      world,
      undefined,
      [
        ...entrySteps(entry, { ...entry, state: 'skipped' }, { action: 'skip', by: 'system:queue', at: world.now() }),
        oneFewerWaits(runId),
        outboxStep(world, { type: 'waiting-skipped', personId, runId }),
      ],
      null,
    )
  } catch (error) {
    // Somebody's seat is being given back meanwhile: she must hear what can be tried again, not an error.
    if (judge(error).kind === 'fatal') throw error
    throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
  }
}
