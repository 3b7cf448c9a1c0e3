import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/enrollment.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { replayOf } from '@skills/core/command.ts'
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

/** More tries than a run has shards, twice over: each either takes a seat, empties a shard from memory, or reads the run again. */
const mostTries = 40

/**
 * Claims a seat for the caller. In: the run, the health commitment where the course asks for one. Out: the enrollment; a repeated
 * command gets the first one. Refuses what `obstacles` finds, and `sold-out`, answered without a read while it is fresh in memory.
 */
export async function claimSeat(world: World, memory: SeatMemory, { actor, command, params, body }: Call): Promise<Enrollment> {
  const { runId } = params
  if (await memory.knowsSoldOut(runId, actor.personId)) throw soldOut()
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const run = await memory.run(runId)
    if (run === undefined) throw new Refusal('not-found')
    if (world.now() < run.run.opensAt && run.run.state !== 'cancelled')
      throw new Refusal('registration-not-open', { opensAt: run.run.opensAt })

    const { claimant, maskedName, record } = await readClaimant(world, actor.personId, runId, command)
    if (record !== undefined) return replayOf<Enrollment>(command, record)
    const healthCommitment = body.healthCommitment === true
    const [first] = obstacles(run, claimant, { now: world.now(), identityNotice: identityNoticeVersion, healthCommitment })
    if (first !== undefined) throw first

    memory.expectSeats(run)
    for (let shard = await memory.shard(run); ; shard = await memory.shard(run)) {
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

function soldOut(): Refusal {
  return new Refusal('sold-out')
}
