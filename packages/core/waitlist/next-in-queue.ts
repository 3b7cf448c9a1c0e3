import type { Offer } from '../catalog/offer.ts'
import { readClaimant } from '../enrollment/claimant.table.ts'
import { obstacles } from '../enrollment/enrollment.ts'
import { outboxStep } from '../outbox.ts'
import { identityNoticeVersion } from '../people/consent.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { entrySteps, oneFewerWaits, readWaiting } from './waitlist.table.ts'
import type { WaitlistItem } from './waitlist.ts'

/**
 * The first of a run's queue who may take a seat now, judged as a claim judges. Who may no longer (other seat at that time, a condition, the seat already
 * hers) is skipped for good on the way, each in a transaction of its own, and told. Undefined: nobody is left.
 */
export async function nextInQueue(world: World, run: Offer): Promise<WaitlistItem | undefined> {
  for (const entry of await readWaiting(world.table, run.run.id)) {
    const { claimant } = await readClaimant(world, entry.personId, run.run.id, undefined)
    // Unpaid seats are no reason to lose a place: that is said when the offer is taken.
    const terms = { now: world.now(), identityNotice: identityNoticeVersion, healthCommitment: true, limits: world.limits, paidFor: true }
    if (obstacles(run, claimant, terms).length === 0) return entry
    const at = world.now()
    await transact(
      world,
      undefined,
      [
        ...entrySteps(entry, { ...entry, state: 'skipped' }, { action: 'skip', by: 'system:queue', at }),
        oneFewerWaits(run.run.id),
        outboxStep(world, { type: 'waiting-skipped', personId: entry.personId, runId: run.run.id }),
      ],
      null,
    )
  }
  return undefined
}
