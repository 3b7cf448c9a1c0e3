import { keys } from './keys.ts'
import type { Step } from './transact.ts'
import type { World } from './world.ts'

/** What happened, for those who act on it later. Ids only: no names, no numbers. */
export type OutboxEvent =
  | { type: 'seat-claimed'; personId: string; runId: string; enrollmentId: string }
  | { type: 'seat-given-back'; personId: string; runId: string; enrollmentId: string }
  | { type: 'hold-lapsed'; personId: string; runId: string; enrollmentId: string }
  | { type: 'seat-offered'; personId: string; runId: string; until: string }
  | { type: 'offer-ended'; personId: string; runId: string }
  | { type: 'waiting-skipped'; personId: string; runId: string }
  | { type: 'group-offered'; personId: string; runId: string; until: string }
  | { type: 'waiting-closed'; personId: string; runId: string }
  | { type: 'money-returned'; personId: string; runId: string; enrollmentId: string; fen: number }
  | { type: 'paid-without-seat'; personId: string; runId: string; enrollmentId: string; fen: number }
  | { type: 'refund-failed'; personId: string; runId: string; enrollmentId: string; fen: number }
  | { type: 'group-refund-failed'; personId: string; runId: string; fen: number }
  | { type: 'force-majeure'; personId: string; runId: string; enrollmentId: string; fen: number }
  | { type: 'group-force-majeure'; personId: string; runId: string; fen: number }
  | { type: 'review-decided'; personId: string; runId: string; granted: boolean }
  | { type: 'seat-invited'; personId: string; runId: string }
  | { type: 'seat-withdrawn'; personId: string; runId: string; enrollmentId: string }
  | { type: 'assignment-asked'; personId: string; runId: string; bookingId: string; from: string; until: string }
  | { type: 'assignment-answered'; personId: string; runId: string; from: string; granted: boolean }
  | { type: 'assignment-lapsed'; personId: string; runId: string; from: string }
  | { type: 'assignment-withdrawn'; personId: string; runId: string; from: string }
  | { type: 'instructor-ill'; personId: string; runId: string; from: string }
  | { type: 'instructor-unqualified'; personId: string; runId: string; from: string }
  | { type: 'instructor-missing'; personId: string; runId: string; from: string }
  | { type: 'assignment-moved'; personId: string; runId: string; from: string }
  | { type: 'rating-asked'; personId: string; runId: string; enrollmentId: string }
  | { type: 'run-cancelled'; runId: string }
  | { type: 'run-changed'; runId: string; soonest?: string }
  | { type: 'run-confirmed'; runId: string }
  | { type: 'instructor-sought'; runId: string; from: string }
  | { type: 'run-merged'; runId: string }
  | { type: 'run-announced'; runId: string; threadId: string }
  | { type: 'question-asked'; personId: string; runId: string; threadId: string }
  | { type: 'question-answered'; personId: string; runId: string; threadId: string }
  // Of no run. The notice on the site was written with the change; the event is for messages only.
  | { type: 'case-news'; personId: string; runId?: undefined; organizationId: string | null; href: string }

/** Writes an event into the outbox in the change's own transaction; the stream takes it from there and removes it when all is done. */
export function outboxStep(world: World, event: OutboxEvent): Step {
  const id = world.id('outbox')
  return { name: 'outbox', put: { item: { ...keys.outbox.key(id), id, event, at: world.now() }, condition: 'attribute_not_exists(pk)' } }
}
