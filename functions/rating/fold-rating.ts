import type { Actor, Command } from '@skills/contract/actor.ts'
import type { FoldReason, RatingLine } from '@skills/contract/ratings.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readCredit } from '@skills/core/attendance/credit.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { caseSteps } from '@skills/core/notices/case-steps.ts'
import { foldOf, ratingLine, type Rating } from '@skills/core/rating/rating.ts'
import { publicWords } from '@skills/core/rating/rating-words.ts'
import { readRating, writeRating } from '@skills/core/rating/rating.table.ts'
import type { Step } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { courseId: string; ratingId: string }
  body: { reason: FoldReason | null; sentence: string; version: number }
}

/**
 * An operator folds a rating's words for a legal reason, or (reason null) shows them again; its stars keep counting unless she did not attend, which is only said where no hours are credited now.
 * Never her own, nor one of a provider she works for. Its author is told. Refuses `not-found`, `forbidden`, `version-conflict`, `illegal-transition`, `did-attend`, `validation-failed`.
 */
export async function foldRating(world: World, { actor, command, params, body }: Call): Promise<RatingLine> {
  const sentence = publicWords(body.sentence, '#/sentence', true) ?? ''
  const { reason } = body
  return untilDone(world, command, async () => {
    const before = await readRating(world.table, params.courseId, params.ratingId)
    if (before === undefined) throw new Refusal('not-found')
    const concerned = actor.memberships.some(({ organizationId }) => organizationId === before.providerId)
    if (before.personId === actor.personId || concerned) throw new Refusal('forbidden')
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const now = foldOf(before)?.reason ?? null
    if (now === reason) throw new Refusal('illegal-transition', { current: now ?? 'shown', allowed: [now === null ? 'folded' : 'shown'] })
    const attended = reason === 'did-not-attend' ? [await notAttendedStep(world, before)] : []
    const folds = [...before.folds, { reason, sentence, at: world.now(), by: actor.personId }]
    const action = reason === null ? 'unfold' : `fold ${reason}`
    const change = { before, after: { ...before, folds }, action, by: actor.personId, command }
    return writeRating(world, change, ratingLine, [...attended, ...caseSteps(world, before.personId, toldOf(before, reason), null)])
  })
}

/** The step that asks that her credit is still as it was read: without minutes. */
async function notAttendedStep(world: World, { personId, runId, enrollmentId }: Rating): Promise<Step> {
  const credit = await readCredit(world, personId, runId)
  if (credit !== undefined && credit.enrollmentId === enrollmentId && credit.minutes > 0) throw new Refusal('did-attend')
  const is =
    credit === undefined
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'version = :before', values: { ':before': credit.version } }
  return { name: 'credit', check: { key: keys.credit.key(personId, runId), ...is } }
}

const toldOf = ({ courseTitle, enrollmentId }: Rating, reason: FoldReason | null) => ({
  title:
    reason === null
      ? { zh: '您的评价已恢复显示', en: 'Your rating is shown again' }
      : { zh: '您的评价被折叠', en: 'Your rating was folded' },
  body:
    reason === null
      ? { zh: `您对“${courseTitle.zh}”的评价已恢复显示。`, en: `Your rating of "${courseTitle.en}" is shown again.` }
      : {
          zh: `平台折叠了您对“${courseTitle.zh}”的评价，文字不再公开，没有删除。原因请看您的评价；认为不妥，可以联系平台。`,
          en: `The platform folded your rating of "${courseTitle.en}": its words are no longer public, and nothing was deleted. The reason stands with your rating; contact us if you think this is wrong.`,
        },
  href: `/learning/rate/?enrollment=${enrollmentId}`,
})
