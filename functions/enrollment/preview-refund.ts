import type { Actor } from '@skills/contract/actor.ts'
import type { RefundPreview } from '@skills/contract/orders.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import { cancelUntil } from '@skills/core/enrollment/enrollment.ts'
import { movedSince } from '@skills/core/enrollment/moved-run.ts'
import { keys } from '@skills/core/keys.ts'
import { disputedNow } from '@skills/core/order/dispute.ts'
import { leftParts, leftPercent } from '@skills/core/order/left-order.ts'
import { workingDaysBetween } from '@skills/core/order/working-days.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  params: { enrollmentId: string }
}

/** What a cancellation would give back if it were made now, judged as the cancellation judges. Refuses `not-found`. */
export async function previewRefund(world: World, { actor, params }: Call): Promise<RefundPreview> {
  const { item } = await readEnrollment(world, actor.personId, params.enrollmentId)
  const run = item === undefined ? undefined : runOf(await readItem(world.table, keys.run.key(item.enrollment.runId)))
  if (item === undefined || run === undefined) throw new Refusal('not-found')
  const now = world.now()
  const { enrollment, order, times } = item
  const cancelled = run.run.state === 'cancelled'
  const until = cancelUntil(run.run, item)
  const leavable = enrollment.state === 'held' || (enrollment.state === 'active' && (cancelled || now <= until))
  const percent = order === null ? 100 : leftPercent({ order, times }, run.run, now)
  const parts = order === null ? undefined : leftParts(order, percent)
  return {
    enrollmentId: enrollment.id,
    workingDays: workingDaysBetween(dateAt(now), dateAt(firstMeeting(run.run))),
    percent,
    moved: movedSince(run.run, item),
    learnerFen: parts?.learnerFen ?? 0,
    disputed: order?.payments.some(({ paymentId }) => paymentId !== null && disputedNow(order, paymentId)) ?? false,
    // A seat of a group order goes back to the employer, to give to somebody else: its money stays where it is.
    employerFen: (order?.groupOrderId ?? null) === null ? (parts?.employerFen ?? 0) : 0,
    subsidyFen: order?.grants.reduce((sum, { fen, state }) => sum + (state === 'reserved' || state === 'spent' ? fen : 0), 0) ?? 0,
    until: leavable ? (cancelled ? null : until) : null,
  }
}
