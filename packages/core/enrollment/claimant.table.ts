import type { Command } from '@skills/contract/actor.ts'
import type { FundingFacts } from '../funding/eligibility-case.ts'
import { keys } from '../keys.ts'
import { claimFacts } from '../people/profile.ts'
import { readItems, type Item } from '../table.ts'
import type { World } from '../world.ts'
import type { Claimant } from './enrollment.ts'
import { runOf } from '../catalog/run-item.ts'
import { scheduleOf, timesOf, type Schedule } from './schedule.ts'

/** The guard of (person, run): never deleted; `released` after the seat was given back. */
interface SeatGuard {
  state: 'active' | 'released'
  enrollmentId: string
}

/** Where a person stands in the queue of a run. */
interface WaitingPointer {
  number: string
  entryId: string
  state: 'waiting' | 'offered' | 'over'
  offers?: number
}

export interface ReadClaimant {
  claimant: Claimant
  guard: SeatGuard | undefined
  maskedName: string
  waiting: WaitingPointer | undefined
  /** What subsidies are judged on, besides the schedule. */
  funding: Omit<FundingFacts, 'noShows'>
  /** Reviews that were granted to this person for this run: program id → review id. */
  granted: Map<string, string>
  /** The record of this very command, when it was done before. */
  record: Item | undefined
}

/**
 * Reads all that a claim judges about a person: one strongly consistent request, and one more for who has other seats, because those
 * runs may have been cancelled or moved since. `programIds`: the programs whose reviews count.
 */
export async function readClaimant(
  world: World,
  personId: string,
  runId: string,
  command: Command | undefined,
  programIds: readonly string[] = [],
): Promise<ReadClaimant> {
  const [profile, scheduleItem, guard, consent, pointer, union, record, ...reviews] = await readItems(world.table, [
    keys.profile.key(personId),
    keys.schedule.key(personId),
    keys.guard.key(personId, runId),
    keys.consent.key(personId, 'identity'),
    keys.waitingFor.key(personId, runId),
    keys.union.key(personId),
    // Without a command there is no record: the profile stands in its place and is not looked at.
    command === undefined ? keys.profile.key(personId) : keys.command.key(command.id),
    ...programIds.map((programId) => keys.reviewOf.key(personId, programId, runId)),
  ])
  const facts = claimFacts(profile)
  const seat = guard as unknown as SeatGuard | undefined
  const schedule = scheduleOf(scheduleItem)
  const done = command === undefined ? undefined : record
  return {
    claimant: {
      facts,
      missing: facts.missing,
      consented: consent?.['given'] === true ? (consent['version'] as string) : null,
      schedule: done === undefined ? await withCurrentTimes(world, schedule) : schedule,
      enrolled: seat?.state === 'active',
    },
    guard: seat,
    maskedName: facts.maskedName,
    waiting: pointer as unknown as WaitingPointer | undefined,
    funding: {
      bornOn: facts.bornOn,
      region: facts.region,
      employmentKind: facts.employmentKind,
      certificates: facts.certificates,
      unions: (union?.['unions'] as FundingFacts['unions'] | undefined) ?? [],
    },
    granted: new Map(
      programIds.flatMap((programId, place): [string, string][] =>
        reviews[place]?.['state'] === 'granted' ? [[programId, String(reviews[place]['reviewId'])]] : [],
      ),
    ),
    record: done,
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
  return { ...schedule, busy }
}
