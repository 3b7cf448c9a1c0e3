import { Refusal } from '@skills/contract/refusals.ts'
import type { Offer } from '../catalog/offer.ts'
import { readClaimant } from '../enrollment/claimant.table.ts'
import { obstacles } from '../enrollment/enrollment.ts'
import { outboxStep } from '../outbox.ts'
import { identityNoticeVersion } from '../people/consent.ts'
import { judge, transact } from '../transact.ts'
import type { World } from '../world.ts'
import { oneFewerWaits, type ReadHead } from './queue-head.table.ts'
import type { WaitlistItem } from './waitlist.ts'
import { entrySteps, readEntries } from './waitlist.table.ts'

/**
 * The first of a run's queue who may take a seat now, judged as a claim judges. Who may no longer (other seat at that time, a condition, the seat already
 * hers) is skipped for good on the way, each in a transaction of its own, and told. In: the head that was read before. Undefined: nobody of then is left.
 */
export async function nextInQueue(world: World, run: Offer, head: ReadHead, now: string): Promise<WaitlistItem | undefined> {
  const entries = await readEntries(world.table, run.run.id, head.next)
  for (const entry of entries.filter(({ state }) => state === 'waiting')) {
    if (await mayTake(world, run, entry.personId, now)) return entry
    await skip(world, entry)
  }
  return undefined
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
