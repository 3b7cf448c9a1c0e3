import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Review } from '@skills/contract/sponsors.routes.ts'
import { checkWords, decided } from '@skills/core/funding/review.ts'
import { readReview, readReviews, writeDecision } from '@skills/core/funding/review.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram } from './own-program.ts'

interface Call {
  actor: Actor
  command: Command
  params: { programId: string; reviewId: string }
  body: { to: 'granted' | 'refused'; reason: string }
}

/**
 * A person decides what the rules refused: granted, it waives them for this person and run, and for nothing else. The reason is kept, and the person is told. Nobody
 * decides their own. Refuses `not-found`, `forbidden`, `illegal-transition` for one that was decided, `validation-failed` for a reason with private numbers.
 */
export async function decideReview(world: World, { actor, command, params, body }: Call): Promise<Review> {
  return untilDone(world, command, async () => {
    await ownProgram(world, actor, params.programId, 'look')
    const before = await readReview(world.table, params.programId, params.reviewId)
    if (before === undefined) throw new Refusal('not-found')
    if (before.personId === actor.personId) throw new Refusal('forbidden')
    checkWords(body.reason, '#/reason')
    const next = decided(before.review, { ...body, by: actor.personId }, world.now())
    return writeDecision(world, command, { before, next, by: actor.personId })
  })
}

/** The reviews of a program, those to be decided first. */
export async function listReviews(
  world: World,
  { actor, params }: { actor: Actor; params: { programId: string } },
): Promise<{ reviews: Review[] }> {
  await ownProgram(world, actor, params.programId, 'look')
  return { reviews: (await readReviews(world.table, params.programId)).map(({ review }) => review) }
}
