import type { Command } from '@skills/contract/actor.ts'
import { keys } from '../keys.ts'
import { claimFacts } from '../people/profile.ts'
import { readItems, type Item } from '../table.ts'
import type { World } from '../world.ts'
import type { Claimant } from './enrollment.ts'
import { runOf } from '../catalog/run-item.ts'
import { emptySchedule, timesOf, type Schedule } from './schedule.ts'

/** The guard of (person, run): never deleted; `released` after the seat was given back. */
interface SeatGuard {
  state: 'active' | 'released'
  enrollmentId: string
}

export interface ReadClaimant {
  claimant: Claimant
  guard: SeatGuard | undefined
  maskedName: string
  /** The record of this very command, when it was done before. */
  record: Item | undefined
}

/**
 * Reads all that a claim judges about a person: one strongly consistent request, and one more for who has other seats, because those
 * runs may have been cancelled or moved since.
 */
export async function readClaimant(world: World, personId: string, runId: string, command: Command | undefined): Promise<ReadClaimant> {
  const [profile, schedule, guard, consent, record] = await readItems(world.table, [
    keys.profile.key(personId),
    keys.schedule.key(personId),
    keys.guard.key(personId, runId),
    keys.consent.key(personId, 'identity'),
    ...(command === undefined ? [] : [keys.command.key(command.id)]),
  ])
  const facts = claimFacts(profile)
  const seat = guard as unknown as SeatGuard | undefined
  return {
    claimant: {
      facts,
      missing: facts.missing,
      consented: consent?.['given'] === true ? (consent['version'] as string) : null,
      schedule: await withCurrentTimes(world, (schedule as unknown as Schedule | undefined) ?? emptySchedule),
      enrolled: seat?.state === 'active',
    },
    guard: seat,
    maskedName: facts.maskedName,
    record,
  }
}

/** The schedule with the times its runs have now; what their providers cancelled gives its hours back. */
async function withCurrentTimes(world: World, schedule: Schedule): Promise<Schedule> {
  if (schedule.busy.length === 0) return schedule
  const runs = await readItems(
    world.table,
    schedule.busy.map(({ runId }) => keys.run.key(runId)),
  )
  const busy = schedule.busy.flatMap((entry, index) => {
    const run = runOf(runs[index])?.run
    return run === undefined || run.state === 'cancelled' ? [] : [{ ...entry, times: timesOf(run.meetings) }]
  })
  return { version: schedule.version, busy }
}
