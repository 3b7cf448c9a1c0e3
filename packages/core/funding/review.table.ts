import type { Command } from '@skills/contract/actor.ts'
import type { Review } from '@skills/contract/sponsors.routes.ts'
import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { outboxStep } from '../outbox.ts'
import { readItem, readItems, readRange, type Table } from '../table.ts'
import { transact, type Outcome } from '../transact.ts'
import type { World } from '../world.ts'
import type { ReviewItem } from './review.ts'

type ReviewState = Review['state']

/** Where a person's review stands, and the words of who decided it; null while nobody did. */
interface Standing {
  state: ReviewState
  reason: string | null
}

/** Where the reviews of a person stand for a run, by program id. */
export async function reviewsOf(
  world: World,
  personId: string,
  runId: string,
  programIds: readonly string[],
): Promise<Map<string, Standing>> {
  const items = await readItems(
    world.table,
    programIds.map((programId) => keys.reviewOf.key(personId, programId, runId)),
  )
  return new Map(
    programIds.flatMap((programId, place): [string, Standing][] => {
      const { state, reason = null } = (items[place] ?? {}) as Partial<Standing>
      return state === undefined ? [] : [[programId, { state, reason }]]
    }),
  )
}

/** The reviews of a program, those to be decided first, then the newest. */
export async function readReviews(table: Table, programId: string): Promise<ReviewItem[]> {
  const items = await readRange(table, { pk: keys.program.key(programId).pk, begins: 'REVIEW#', backward: true })
  const open = (item: ReviewItem) => Number(item.review.state === 'open')
  return (items as unknown as ReviewItem[]).toSorted((a, b) => open(b) - open(a))
}

/** How many reviews of a program are still to be decided. */
export async function openReviewsOf(table: Table, programId: string): Promise<number> {
  return (await readReviews(table, programId)).filter(({ review }) => review.state === 'open').length
}

/** One review, strongly read, or undefined. */
export async function readReview(table: Table, programId: string, reviewId: string): Promise<ReviewItem | undefined> {
  return (await readItem(table, keys.review.key(programId, reviewId))) as unknown as ReviewItem | undefined
}

/** Writes a review that a person asks for. Fails by the name `pointer` when she asked before. */
export function askReview<T>(
  world: World,
  command: Command,
  personId: string,
  review: Omit<Review, 'id' | 'state' | 'askedAt' | 'decidedAt' | 'decidedBy' | 'reason'>,
  answer: (review: Review) => T,
): Promise<Outcome<T>> {
  const id = world.id('review')
  const at = world.now()
  const asked: Review = { id, ...review, state: 'open', askedAt: at, decidedAt: null, decidedBy: null, reason: null }
  const audit = auditStep({ entity: id, action: 'ask', by: personId, at, commandId: command.id, own: true }, undefined)
  const item: ReviewItem = { review: asked, personId, ...audit.history }
  const { programId, runId } = review
  return transact(
    world,
    command,
    [
      {
        name: 'pointer',
        put: {
          item: { ...keys.reviewOf.key(personId, programId, runId), programId, runId, reviewId: id, state: 'open' },
          condition: 'attribute_not_exists(pk)',
        },
      },
      { name: 'review', put: { item: { ...keys.review.key(programId, id), ...item }, condition: 'attribute_not_exists(pk)' } },
      audit.step,
    ],
    answer(asked),
  )
}

/** Writes a decision, with the person's pointer and the notice to her. Fails by the names `review` and `pointer` when another was faster. */
export function writeDecision(
  world: World,
  command: Command,
  { before, next, by }: { before: ReviewItem; next: Review; by: string },
): Promise<Outcome<Review>> {
  const { id, programId, runId, state } = next
  const audit = auditStep({ entity: id, action: `decide: ${state}`, by, at: world.now(), commandId: command.id }, before)
  const item: ReviewItem = { review: next, personId: before.personId, ...audit.history }
  return transact(
    world,
    command,
    [
      {
        name: 'review',
        put: {
          item: { ...keys.review.key(programId, id), ...item },
          condition: 'version = :before',
          values: { ':before': before.version },
        },
      },
      {
        name: 'pointer',
        update: {
          key: keys.reviewOf.key(before.personId, programId, runId),
          set: 'SET #state = :state, reason = :reason',
          condition: 'reviewId = :id AND #state = :open',
          names: { '#state': 'state' },
          values: { ':state': state, ':reason': next.reason, ':id': id, ':open': 'open' },
        },
      },
      outboxStep(world, { type: 'review-decided', personId: before.personId, runId, granted: state === 'granted' }),
      audit.step,
    ],
    next,
  )
}
