import type { Actor, Command } from '@skills/contract/actor.ts'
import type { RatingLine } from '@skills/contract/ratings.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { caseSteps } from '@skills/core/notices/case-steps.ts'
import { answered, changeUntil, ratingLine, type Rating } from '@skills/core/rating/rating.ts'
import { publicWords } from '@skills/core/rating/rating-words.ts'
import { readRating, writeRating } from '@skills/core/rating/rating.table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

interface Call<B> {
  actor: Actor
  command: Command
  params: { courseId: string; ratingId: string }
  body: B
}

/** A provider's manager answers a rating, once; its author is told. Refuses `not-found` for a rating of another provider, `already-answered`, `validation-failed`. */
export async function answerRating(world: World, { actor, command, params, body }: Call<{ text: string }>): Promise<RatingLine> {
  const text = publicWords(body.text, '#/text', true) ?? ''
  return untilDone(world, command, async () => {
    const before = await ownRating(world, actor, params)
    if (before.answer !== null) throw new Refusal('already-answered')
    const change = { before, after: answered(before, text, actor.personId, world.now()), action: 'answer', by: actor.personId, command }
    return writeRating(world, change, ratingLine, [...caseSteps(world, before.personId, toldOf(before), null)])
  })
}

/**
 * Corrects an answer within seven days, ten times at most; what stood there stays in the rating, and the same again changes nothing. Refuses `not-found`, `illegal-transition` where there is
 * none, `version-conflict`, `rating-closed`, `changed-enough`, `validation-failed`.
 */
export async function correctAnswer(
  world: World,
  { actor, command, params, body }: Call<{ text: string; version: number }>,
): Promise<RatingLine> {
  const text = publicWords(body.text, '#/text', true) ?? ''
  return untilDone(world, command, async () => {
    const before = await ownRating(world, actor, params)
    if (before.answer === null) throw new Refusal('illegal-transition', { current: 'not answered', allowed: ['answered'] })
    const until = changeUntil(before.answer.at)
    if (world.now() >= until) throw new Refusal('rating-closed', { until })
    if (before.version !== body.version) throw new Refusal('version-conflict')
    if (before.answer.text === text) return transact(world, command, [], ratingLine(before))
    const after = answered(before, text, actor.personId, world.now())
    return writeRating(world, { before, after, action: 'correct-answer', by: actor.personId, command }, ratingLine)
  })
}

/** A rating of a provider that the caller manages: operators answer for nobody, and nobody answers herself. */
async function ownRating(world: World, { personId, memberships }: Actor, { courseId, ratingId }: Call<never>['params']): Promise<Rating> {
  const rating = await readRating(world.table, courseId, ratingId)
  const manages = memberships.some(
    ({ organizationId, roles }) => organizationId === rating?.providerId && roles.includes('provider:manager'),
  )
  if (rating === undefined || !manages) throw new Refusal('not-found')
  if (rating.personId === personId) throw new Refusal('forbidden')
  return rating
}

const toldOf = ({ courseTitle, enrollmentId }: Rating) => ({
  title: { zh: '机构回复了您的评价', en: 'Your rating was answered' },
  body: {
    zh: `培训机构回复了您对“${courseTitle.zh}”的评价。`,
    en: `The provider has answered your rating of "${courseTitle.en}".`,
  },
  href: `/learning/rate/?enrollment=${enrollmentId}`,
})
