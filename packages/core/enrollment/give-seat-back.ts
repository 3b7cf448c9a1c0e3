import type { Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { comesBackLate } from '../funding/late-money.ts'
import { moveGrant } from '../funding/pot.table.ts'
import { digestOf, type ForceMajeureItem } from '../order/force-majeure.ts'
import { refundedFen, type OrderItem } from '../order/order.ts'
import { outboxStep } from '../outbox.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import { freedSeat } from '../waitlist/freed-seat.ts'
import type { World } from '../world.ts'
import { moveSeat, releaseGuard, scheduleStep } from './claim-steps.ts'
import { enrollmentSteps, type EnrollmentItem } from './enrollment-item.ts'
import { withoutRun, type Schedule } from './schedule.ts'

export interface Leaving {
  before: EnrollmentItem
  schedule: Schedule
  run: RunItem
  /** `lapsed`: the hold ended unpaid; `cancelled`: given back by its person, or because of the run. */
  to: 'cancelled' | 'lapsed'
  by: string
  /** The order as it is to be, with the refunds that are owed; its state and its grants follow from `to`. Left out: as it is. */
  order?: OrderItem | null
  /** A seat that a group order paid for goes back to it. */
  freed?: 'blocked'
  /** It goes back because its run was cancelled: that is what its person is told, by another notice. */
  runCancelled?: true
  /** Its employer took it back: that is what its person is told, instead of that she left. */
  withdrawn?: true
  /** Force majeure keeps its person away: why, kept with the enrollment; and what she is told that she gets back. */
  forceMajeure?: ForceMajeureItem
}

/**
 * Gives a seat back: the mirror image of taking it, conditional on the same enrollment. The seat goes to the next of the waiting list, or is free; every
 * grant's money goes back to the pot it came from; refunds that are owed are written in the same transaction. Fails by name: `enrollment`, `guard`,
 * `schedule`, `seat`, `pot …`, `queue`: read again and judge again. `answer` says what the command's record keeps; without it, the enrollment.
 */
export function giveSeatBack(
  world: World,
  command: Command | undefined,
  leaving: Leaving,
  more?: readonly Step[],
): Promise<Outcome<Enrollment>>
export function giveSeatBack<T>(
  world: World,
  command: Command | undefined,
  leaving: Leaving,
  more: readonly Step[],
  answer: (given: Enrollment) => T,
): Promise<Outcome<T>>
export async function giveSeatBack(
  world: World,
  command: Command | undefined,
  leaving: Leaving,
  more: readonly Step[] = [],
  answer: (given: Enrollment) => unknown = (given) => given,
): Promise<Outcome<unknown>> {
  const { before, schedule, to, by } = leaving
  const { enrollment, personId, shard } = before
  const { id: enrollmentId, runId } = enrollment
  const at = world.now()
  const from = enrollment.state === 'held' ? 'held' : 'sold'
  const order = leaving.order === undefined ? before.order : leaving.order
  const money = from === 'held' ? 'reserved' : 'spent'
  const left: OrderItem | null =
    order === null
      ? null
      : { ...order, state: to, grants: order.grants.map((grant) => ({ ...grant, state: from === 'held' ? 'voided' : 'returned' })) }
  const given: Enrollment = { ...enrollment, state: to, cancelledAt: at }
  const { forceMajeure } = leaving
  const change = {
    ...{ action: to === 'lapsed' ? 'lapse' : forceMajeure ? 'force-majeure' : 'cancel', by, at, commandId: command?.id },
    evidence: forceMajeure && digestOf(forceMajeure),
  }
  const { steps, item } = enrollmentSteps(before, { enrollment: given, order: left, ...(forceMajeure && { forceMajeure }) }, change)
  const seat = { personId, runId, enrollmentId }
  const grants = order?.grants ?? []
  const late = comesBackLate(enrollment.claimedAt, at)
  const freed =
    leaving.freed === 'blocked' ? { to: 'blocked' as const, steps: [], personId: null } : await freedSeat(world, leaving.run, shard)
  return transact(
    world,
    command,
    [
      ...steps,
      releaseGuard(personId, runId, enrollmentId, leaving.runCancelled),
      scheduleStep(
        personId,
        schedule,
        withoutRun(
          schedule,
          runId,
          grants.map(({ id }) => id),
          from === 'held' && leaving.run.run.state !== 'cancelled' ? at : undefined,
        ),
      ),
      ...moveSeat(world, {
        runId,
        shard,
        from,
        to: freed.to,
        written: freed.to === 'held' ? 'free' : freed.to,
        at,
        personId,
        enrollmentId,
      }),
      ...grants.flatMap((grant) => moveGrant(world, grant, money, 'available', { personId, enrollmentId }, at, late)),
      outboxStep(
        world,
        forceMajeure
          ? { type: 'force-majeure', ...seat, fen: owedFen(left) - owedFen(before.order) }
          : { type: occasionOf(leaving), ...seat },
      ),
      ...freed.steps,
      ...more,
    ],
    answer(item.enrollment),
  )
}

const owedFen = (order: OrderItem | null) => (order === null ? 0 : refundedFen(order, true))

const occasionOf = ({ to, withdrawn }: Leaving) =>
  to === 'lapsed' ? 'hold-lapsed' : withdrawn === true ? 'seat-withdrawn' : 'seat-given-back'
