import type { Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { auditStep, historyOf } from '../audit.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { indexes, keys } from '../keys.ts'
import { outboxStep } from '../outbox.ts'
import { readItems, readRange, type Item } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { timesOf, withoutRun, withRun, type Schedule } from './schedule.ts'
import { transferStep } from './seats.table.ts'

/** An enrollment as the table holds it, in its person's partition. */
export interface EnrollmentItem {
  enrollment: Enrollment
  personId: string
  shard: string
  /** The version of the run it was admitted by, and when the health commitment was signed, if one was. */
  runVersion: number
  /** The times it was admitted with: its provider may move them later. */
  times: [string, string][]
  healthCommitmentAt: string | null
}

export interface Claim {
  personId: string
  maskedName: string
  run: RunItem
  shard: string
  schedule: Schedule
  healthCommitment: boolean
}

/**
 * The claim, in one transaction: a seat of one shard, the ledger line, the enrollment, the permanent guard of (person, run), the
 * person's schedule, audit and outbox entries, and the command's record; or nothing. It is left open for what comes beside the seat
 * (a sponsor's money, the worker's entitlement): more steps. Fails by name: `seat`, `guard`, `schedule`.
 */
export function takeSeat(
  world: World,
  command: Command | undefined,
  claim: Claim,
  more: readonly Step[] = [],
): Promise<Outcome<Enrollment>> {
  const { run } = claim.run
  const now = world.now()
  const enrollment: Enrollment = {
    id: world.id('enrollment'),
    runId: run.id,
    courseId: run.courseId,
    state: 'active',
    claimedAt: now,
    cancelledAt: null,
  }
  const audit = auditStep({ entity: enrollment.id, action: 'claim', by: claim.personId, at: now, commandId: command?.id }, undefined)
  const times = timesOf(run.meetings)
  const schedule = withRun(claim.schedule, { runId: run.id, title: claim.run.title, times }, now)
  const steps: Step[] = [
    {
      name: 'seat',
      update: {
        key: keys.shard.key(run.id, claim.shard),
        set: 'SET #free = #free - :one, sold = sold + :one',
        condition: '#free >= :one AND runVersion = :version',
        names: { '#free': 'free' },
        values: { ':one': 1, ':version': claim.run.version },
      },
    },
    {
      name: 'guard',
      put: {
        item: { ...keys.guard.key(claim.personId, run.id), runId: run.id, enrollmentId: enrollment.id, state: 'active' },
        condition: 'attribute_not_exists(pk) OR #state = :released',
        names: { '#state': 'state' },
        values: { ':released': 'released' },
      },
    },
    scheduleStep(claim.personId, claim.schedule, schedule),
    {
      name: 'enrollment',
      put: {
        item: {
          ...keys.enrollment.key(claim.personId, enrollment.id),
          enrollment,
          personId: claim.personId,
          shard: claim.shard,
          runVersion: claim.run.version,
          times,
          healthCommitmentAt: claim.healthCommitment ? now : null,
          maskedName: claim.maskedName,
          [indexes.rosterOfRun.pk]: run.id,
          [indexes.rosterOfRun.sk]: enrollment.id,
          ...audit.history,
        },
        condition: 'attribute_not_exists(pk)',
      },
    },
    transferStep(world, {
      runId: run.id,
      shard: claim.shard,
      from: 'free',
      to: 'sold',
      seats: 1,
      at: now,
      personId: claim.personId,
      enrollmentId: enrollment.id,
    }),
    audit.step,
    outboxStep(world, { type: 'seat-claimed', personId: claim.personId, runId: run.id, enrollmentId: enrollment.id }),
    ...more,
  ]
  return transact(world, command, steps, enrollment)
}

/** Gives a seat back: the mirror image of `takeSeat`, conditional on the same enrollment. Fails by name: `enrollment`, `guard`, `schedule`, `seat`. */
export function giveSeatBack(world: World, command: Command | undefined, item: Item, schedule: Schedule): Promise<Outcome<Enrollment>> {
  const { enrollment, personId, shard } = item as unknown as EnrollmentItem
  const now = world.now()
  const given: Enrollment = { ...enrollment, state: 'cancelled', cancelledAt: now }
  const before = historyOf(item)
  const audit = auditStep({ entity: enrollment.id, action: 'cancel', by: personId, at: now, commandId: command?.id }, before)
  const steps: Step[] = [
    {
      name: 'enrollment',
      update: {
        key: keys.enrollment.key(personId, enrollment.id),
        set: 'SET enrollment = :given, version = :next, auditHash = :hash',
        condition: 'version = :before AND enrollment.#state = :active',
        names: { '#state': 'state' },
        values: {
          ':given': given,
          ':next': audit.history.version,
          ':hash': audit.history.auditHash,
          ':before': before?.version,
          ':active': 'active',
        },
      },
    },
    {
      name: 'guard',
      update: {
        key: keys.guard.key(personId, enrollment.runId),
        set: 'SET #state = :released',
        condition: 'enrollmentId = :id AND #state = :active',
        names: { '#state': 'state' },
        values: { ':id': enrollment.id, ':released': 'released', ':active': 'active' },
      },
    },
    scheduleStep(personId, schedule, withoutRun(schedule, enrollment.runId)),
    {
      name: 'seat',
      update: {
        key: keys.shard.key(enrollment.runId, shard),
        set: 'SET #free = #free + :one, sold = sold - :one',
        condition: 'sold >= :one',
        names: { '#free': 'free' },
        values: { ':one': 1 },
      },
    },
    transferStep(world, {
      runId: enrollment.runId,
      shard,
      from: 'sold',
      to: 'free',
      seats: 1,
      at: now,
      personId,
      enrollmentId: enrollment.id,
    }),
    audit.step,
    outboxStep(world, { type: 'seat-given-back', personId, runId: enrollment.runId, enrollmentId: enrollment.id }),
  ]
  return transact(world, command, steps, given)
}

function scheduleStep(personId: string, before: Schedule, after: Schedule): Step {
  return {
    name: 'schedule',
    put: {
      item: { ...keys.schedule.key(personId), ...after },
      ...(before.version === 0
        ? { condition: 'attribute_not_exists(pk)' }
        : { condition: 'version = :version', values: { ':version': before.version } }),
    },
  }
}

/** One enrollment of a person with its schedule and the record of a command, or undefined: what is owned is read by (owner, id). */
export async function readEnrollment(world: World, personId: string, enrollmentId: string, command?: Command) {
  const [item, schedule, record] = await readItems(world.table, [
    keys.enrollment.key(personId, enrollmentId),
    keys.schedule.key(personId),
    ...(command === undefined ? [] : [keys.command.key(command.id)]),
  ])
  return { item, schedule: schedule as unknown as Schedule | undefined, record }
}

/** A person's enrollments, newest first, after a sort key. */
export function readEnrollments(world: World, personId: string, limit?: number, after?: string): Promise<Item[]> {
  return readRange(world.table, {
    pk: keys.enrollment.key(personId, '').pk,
    begins: 'ENROLLMENT#',
    backward: true,
    after,
    ...(limit === undefined ? {} : { limit }),
  })
}
