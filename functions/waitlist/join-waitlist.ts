import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { doneBefore, replayOf } from '@skills/core/command.ts'
import { scheduleStep } from '@skills/core/enrollment/claim-steps.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { obstacles } from '@skills/core/enrollment/enrollment.ts'
import { overQueues } from '@skills/core/enrollment/limits.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { identityNoticeVersion } from '@skills/core/people/consent.ts'
import type { World } from '@skills/core/world.ts'
import { joinQueue } from '@skills/core/waitlist/join-queue.ts'
import { readQueueHead } from '@skills/core/waitlist/queue-head.table.ts'
import { offerEnd, type WaitlistItem } from '@skills/core/waitlist/waitlist.ts'
import type { getMyPlace } from './get-my-place.ts'
import { readWaitingFor } from '@skills/core/waitlist/waitlist.table.ts'
import { placeView } from './place.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
}
type Place = Awaited<ReturnType<typeof getMyPlace>>

/** How long a join goes on trying while others join, in milliseconds: it must be able to say so before the gateway's 30 s are over. */
const patienceMs = 12_000

/**
 * Joins the queue of a sold-out run, judged as a claim is judged. The number comes from the queue's head, on the condition that neither the queue nor the run
 * changed since the seats were looked at: who joins at the moment a seat is freed is told to claim it. Refuses `seats-free`, `already-waiting`,
 * `waitlist-closed`, `unpaid-too-often`, `kept-too-often`, `too-many-queues`, and what a claim refuses about run and person.
 */
export async function joinWaitlist(world: World, { actor, command, params: { runId } }: Call): Promise<Place> {
  const { personId } = actor
  const began = world.tick()
  for (let attempt = 0; world.tick() - began < patienceMs; attempt += 1) {
    if (attempt > 0) await world.pause(world.chance(Math.min(1_000, 25 * 2 ** attempt)) + 1)
    const run = await readOffer(world.table, runId)
    if (run === undefined) throw new Refusal('not-found')
    // The queue before the seats: a seat that is freed in between counts in the head.
    const head = await readQueueHead(world.table, runId)
    const [{ claimant, waiting, record }, seats] = await Promise.all([
      readClaimant(world, personId, runId, command),
      readHeads(world.table, runId, run.shards),
    ])
    if (record !== undefined) return replayOf<Place>(command, record)
    const now = world.now()
    // Nothing is paid while waiting, and what can still be signed is signed with the claim.
    const terms = { now, identityNotice: identityNoticeVersion, healthCommitment: true, limits: world.limits, paidFor: true }
    const [obstacle] = obstacles(run, claimant, terms)
    // Read after the schedule, which every join of hers writes: of two at once the later one sees the other's place.
    const standsIn = await readWaitingFor(world.table, { personId })
    const [over] = overQueues(claimant.schedule, standsIn.length, world.limits, now)
    const offers = waiting?.offers ?? 0
    const { offersOfRun: most } = world.limits
    const refusal =
      waiting !== undefined && waiting.state !== 'over'
        ? new Refusal('already-waiting')
        : (obstacle ??
          (offerEnd(run, now) === undefined
            ? new Refusal('waitlist-closed')
            : freeSeats(seats) > 0
              ? new Refusal('seats-free')
              : most > 0 && offers >= most
                ? new Refusal('kept-too-often')
                : over))
    if (refusal !== undefined) {
      // Reads are no snapshot: the same command may have been done between them.
      const done = await doneBefore<Place>(world, command)
      if (done === undefined) throw refusal
      return done.answer
    }
    // A claim of the same person at this moment meets another schedule: nobody waits and is enrolled at once.
    const turn = scheduleStep(personId, claimant.schedule, { ...claimant.schedule, version: claimant.schedule.version + 1 })
    const answer = (entry: WaitlistItem): Place => ({ entry: placeView(entry, run.title, head.waiting), waiting: head.waiting + 1 })
    const outcome = await joinQueue(world, command, { run, head, personId, group: null, offers }, answer, [turn])
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
