import type { Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { auditStep } from '../audit.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { moveGrant } from '../funding/pot.table.ts'
import { newOrder, type OrderParts } from '../order/order.ts'
import { outboxStep } from '../outbox.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { moveSeat, scheduleStep, takeGuard } from './claim-steps.ts'
import { storedEnrollment, type EnrollmentItem } from './enrollment-item.ts'
import { timesOf, withRun, type Schedule } from './schedule.ts'

/** Who pays what for the seat: as it was quoted. */
export type Terms = Pick<OrderParts, 'split' | 'grants' | 'refundPolicy' | 'groupOrderId'>

export interface Claim {
  personId: string
  maskedName: string
  run: RunItem
  shard: string
  schedule: Schedule
  healthCommitment: boolean
  /** Left out where the run has no price: then there is no order. */
  terms?: Terms | undefined
  /** Where the seat comes from: free for everybody (default), held by an offer, or blocked by a group order. */
  from?: 'free' | 'held' | 'blocked' | undefined
  /** The enrollment's id, where what comes beside it names it. Left out: a new one. */
  enrollmentId?: string
  /** The instant it was judged at, which the transaction may be seconds behind. Left out: now. */
  at?: string
}

/**
 * The claim, in one transaction: a seat of one shard, the sponsors' money, the person's entitlement (in her schedule), the enrollment with its order,
 * the permanent guard of (person, run), the ledger lines, audit and outbox entries, and the command's record; or nothing. With something to pay the seat is
 * held and the money reserved; otherwise the seat is sold and the money spent. `more` is what comes beside it (an offer accepted, a group order's seat).
 * Fails by name: `seat`, `guard`, `schedule`, `pot …`, and the names in `more`.
 */
export function takeSeat(
  world: World,
  command: Command | undefined,
  claim: Claim,
  more: readonly Step[] = [],
): Promise<Outcome<Enrollment>> {
  const { personId, terms, shard } = claim
  const { run } = claim.run
  const now = claim.at ?? world.now()
  const enrollmentId = claim.enrollmentId ?? world.id('enrollment')
  const order =
    terms === undefined
      ? null
      : newOrder({ enrollmentId, runId: run.id, providerId: run.providerId, title: claim.run.title, ...terms }, now)
  const held = order?.state === 'awaiting-payment'
  const enrollment: Enrollment = {
    id: enrollmentId,
    runId: run.id,
    courseId: run.courseId,
    state: held ? 'held' : 'active',
    claimedAt: now,
    cancelledAt: null,
    holdUntil: order?.holdUntil ?? null,
    orderId: order?.id ?? null,
  }
  const audit = auditStep(
    { entity: enrollmentId, action: held ? 'hold' : 'claim', by: personId, at: now, commandId: command?.id, own: true },
    undefined,
  )
  const times = timesOf(run.meetings)
  const item: EnrollmentItem = {
    enrollment,
    personId,
    shard,
    maskedName: claim.maskedName,
    runVersion: claim.run.version,
    times,
    healthCommitmentAt: claim.healthCommitment ? now : null,
    order,
    ...audit.history,
  }
  const grants = order?.grants ?? []
  const uses = grants.map(({ id, programId, scheme, year, trade, level }) => ({ grantId: id, programId, scheme, year, trade, level }))
  const holdUntil = order?.holdUntil ?? null
  const hold = holdUntil === null ? undefined : { enrollmentId, runId: run.id, until: holdUntil }
  const schedule = withRun(claim.schedule, { busy: { runId: run.id, title: claim.run.title, times }, hold, uses }, now)
  const from = claim.from ?? 'free'
  const steps: Step[] = [
    ...moveSeat(world, {
      runId: run.id,
      shard,
      from,
      to: held ? 'held' : 'sold',
      at: now,
      personId,
      enrollmentId,
      runVersion: claim.run.version,
    }),
    takeGuard(personId, run.id, enrollmentId),
    scheduleStep(personId, claim.schedule, schedule),
    { name: 'enrollment', put: { item: storedEnrollment(item), condition: 'attribute_not_exists(pk)' } },
    ...grants.flatMap((grant) => moveGrant(world, grant, 'available', held ? 'reserved' : 'spent', { personId, enrollmentId }, now)),
    audit.step,
    ...(held ? [] : [outboxStep(world, { type: 'seat-claimed', personId, runId: run.id, enrollmentId })]),
    ...more,
  ]
  return transact(world, command, steps, enrollment)
}
