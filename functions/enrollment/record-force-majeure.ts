import type { Actor, Command } from '@skills/contract/actor.ts'
import type { ForceMajeure } from '@skills/contract/orders.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { groupSeatBack } from '@skills/core/employer/group-seat.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { giveSeatBack } from '@skills/core/enrollment/give-seat-back.ts'
import { checkWords } from '@skills/core/funding/review.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { disputedNow } from '@skills/core/order/dispute.ts'
import { mayRecord } from '@skills/core/order/force-majeure.ts'
import { leftOrder, leftParts } from '@skills/core/order/left-order.ts'
import { outboxStep } from '@skills/core/outbox.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { personId: string; enrollmentId: string }
  query: { write?: 'yes' | undefined }
  body: { evidence: string; document: string | null }
}

/**
 * Gives somebody's confirmed seat back because force majeure keeps her away: all that anybody paid goes back to whoever paid it, the seat to the next in the queue, and why stays
 * with the enrollment and in its audit chain. Without `write` it only says what would go back. Nobody records it for herself. Refuses `forbidden`, `not-found`,
 * `illegal-transition`, `force-majeure-late`, `validation-failed`.
 */
export async function recordForceMajeure(world: World, { actor, command, params, query, body }: Call): Promise<ForceMajeure> {
  const { personId, enrollmentId } = params
  const by = actor.personId
  if (by === personId) throw new Refusal('forbidden')
  checkWords(body.evidence, '#/evidence')
  if (body.document !== null) checkWords(body.document, '#/document')
  return untilDone<ForceMajeure>(world, command, async () => {
    const { item: before, schedule } = await readEnrollment(world, personId, enrollmentId)
    const run = before === undefined ? undefined : runOf(await readItem(world.table, keys.run.key(before.enrollment.runId)))
    if (before === undefined || run === undefined) throw new Refusal('not-found')
    mayRecord(run.run, before.enrollment, world.now())
    const group = await groupSeatBack(world, before, run, { to: 'declined', by, forceMajeure: true })
    const parts = partsOf(before, group?.employerFen)
    if (query.write !== 'yes') return { answer: { enrollmentId, written: false, ...parts }, replayed: false }
    const { order, times } = before
    const left = order === null ? null : leftOrder(world, { order, times }, run.run, 'force-majeure')
    const told =
      group === undefined || group.buyerId === null
        ? []
        : [outboxStep(world, { type: 'group-force-majeure', personId: group.buyerId, runId: run.run.id, fen: group.employerFen })]
    const forceMajeure = { ...body, by, at: world.now() }
    const leaving = { before, schedule, run, to: 'cancelled', by, order: left, forceMajeure } as const
    const steps = [...(group?.steps ?? []), ...told]
    return giveSeatBack(world, command, leaving, steps, () => ({ enrollmentId, written: true, ...parts }))
  })
}

/** What goes back to each who paid. In: what an employer is owed for its seat. */
function partsOf({ order }: EnrollmentItem, employerFen = 0): Omit<ForceMajeure, 'enrollmentId' | 'written'> {
  if (order === null) return { learnerFen: 0, disputed: false, employerFen, grants: [], subsidyFen: 0 }
  const { learnerFen, grants, subsidyFen } = leftParts(order, 100)
  const disputed = order.payments.some(({ paymentId }) => paymentId !== null && disputedNow(order, paymentId))
  return { learnerFen, disputed, employerFen, grants: grants.map(({ sponsorId, fen }) => ({ sponsorId, fen })), subsidyFen }
}
