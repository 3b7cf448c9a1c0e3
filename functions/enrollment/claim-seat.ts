import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { doneBefore, replayOf } from '@skills/core/command.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { takeSeat } from '@skills/core/enrollment/enrollment.table.ts'
import { obstacles } from '@skills/core/enrollment/enrollment.ts'
import type { SeatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { identityNoticeVersion } from '@skills/core/people/consent.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { healthCommitment?: true | undefined }
}

/** How long a claim goes on trying, in milliseconds: it must be able to say so before the gateway's 30 s are over. */
const patienceMs = 12_000

/**
 * Claims a seat for the caller. In: the run, the health commitment where the course asks for one. Out: the enrollment; a repeated
 * command gets the first one. Refuses what `obstacles` finds, and `sold-out`, answered without a read while it is fresh in memory.
 */
export async function claimSeat(world: World, memory: SeatMemory, { actor, command, params, body }: Call): Promise<Enrollment> {
  const { runId } = params
  if (await memory.knowsSoldOut(runId, actor.personId)) throw soldOut()
  const began = world.tick()
  while (world.tick() - began < patienceMs) {
    const run = await memory.run(runId)
    if (run === undefined) throw new Refusal('not-found')
    if (world.now() < run.run.opensAt && run.run.state !== 'cancelled')
      return firstAnswerOr(world, command, new Refusal('registration-not-open', { opensAt: run.run.opensAt }))

    const { claimant, maskedName, record } = await readClaimant(world, actor.personId, runId, command)
    if (record !== undefined) return replayOf<Enrollment>(command, record)
    const healthCommitment = body.healthCommitment === true
    const [first] = obstacles(run, claimant, { now: world.now(), identityNotice: identityNoticeVersion, healthCommitment })
    if (first !== undefined) return firstAnswerOr(world, command, first)

    memory.expectSeats(run)
    for (let shard = await memory.shard(run); world.tick() - began < patienceMs; shard = await memory.shard(run)) {
      if (shard === undefined) {
        await memory.rememberSoldOut(run)
        throw soldOut()
      }
      const claim = { personId: actor.personId, maskedName, run, shard, schedule: claimant.schedule, healthCommitment }
      const outcome = await takeSeat(world, command, claim)
      if ('answer' in outcome) return outcome.answer
      if (outcome.failed !== 'seat') break // the person's own guard or schedule moved: judge the person again
      if (outcome.met?.['runVersion'] !== run.version) {
        memory.forgetRun(runId)
        break // the run was changed: judge by what it is now
      }
      memory.shardEmpty(runId, shard)
    }
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/**
 * A batch of reads is no snapshot: the same command may have been done between the record's read and the guard's. So before a refusal
 * the record is looked at once more.
 */
async function firstAnswerOr(world: World, command: Command, refusal: Refusal): Promise<Enrollment> {
  const done = await doneBefore<Enrollment>(world, command)
  if (done === undefined) throw refusal
  return done.answer
}

function soldOut(): Refusal {
  return new Refusal('sold-out')
}
