import type { Actor, Command } from '@skills/contract/actor.ts'
import type { MyRating, RatingInput } from '@skills/contract/ratings.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { changed, changeUntil, myRating, ratingSpan, saysSame } from '@skills/core/rating/rating.ts'
import { publicWords } from '@skills/core/rating/rating-words.ts'
import { writeRating } from '@skills/core/rating/rating.table.ts'
import { crewCheck } from '@skills/core/scheduling/crew.table.ts'
import { transact, type Step } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { readRater, taughtBy, type Rater } from './my-rating.ts'

interface Call<B> {
  actor: Actor
  command: Command
  params: { enrollmentId: string }
  body: B
}

/**
 * Rates a run, once per enrollment, for who has credited minutes of it. Refuses `not-found`, `rating-not-yet`, `rating-not-attended`, `rating-over`, `rating-own-house`, `already-rated`,
 * `instructor-not-of-run`, `validation-failed` for personal data in the words.
 */
export async function rateRun(world: World, { actor, command, params, body }: Call<RatingInput>): Promise<MyRating> {
  const text = publicWords(body.text, '#/text')
  return untilDone(world, command, async () => {
    const rater = await readRater(world, actor, params.enrollmentId)
    const { seat, item, credit, rating, state } = rater
    if (rating !== undefined) throw new Refusal('already-rated')
    if (state !== 'open' || credit === undefined) throw refusalOf(rater)
    checkTeachers(rater, body)
    const { run, title } = item
    const now = world.now()
    const after = {
      ...{ id: world.id('rating'), courseId: run.courseId, runId: run.id, providerId: run.providerId },
      ...{ enrollmentId: seat.enrollment.id, personId: actor.personId, author: seat.maskedName, courseTitle: title, runName: run.name },
      ...{ ...inputOf(body, text), at: now, creditVersion: credit.version, changedAt: null, earlier: [], answer: null, folds: [] },
    }
    const change = { before: undefined, after, action: 'rate', by: actor.personId, command }
    return writeRating(world, change, myRating, [...attendedSteps(actor.personId, rater), ...crewSteps(rater, body)])
  })
}

/**
 * Changes a rating within seven days, ten times at most; what was said before stays in it, and the same again changes nothing. Refuses `not-found`, `version-conflict`, `rating-closed`,
 * `changed-enough`, `instructor-not-of-run`, `validation-failed`.
 */
export async function changeRating(
  world: World,
  { actor, command, params, body }: Call<RatingInput & { version: number }>,
): Promise<MyRating> {
  const text = publicWords(body.text, '#/text')
  return untilDone(world, command, async () => {
    const rater = await readRater(world, actor, params.enrollmentId)
    const before = rater.rating
    if (before === undefined) throw new Refusal('not-found')
    const until = changeUntil(before.at)
    if (world.now() >= until) throw new Refusal('rating-closed', { until })
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const input = inputOf(body, text)
    if (saysSame(before, input)) return transact(world, command, [], myRating(before))
    checkTeachers(rater, body)
    const after = changed(before, input, world.now())
    return writeRating(world, { before, after, action: 'change', by: actor.personId, command }, myRating, crewSteps(rater, body))
  })
}

const inputOf = ({ aspects, instructors, anonymous }: RatingInput, text: string | null): RatingInput => ({
  aspects,
  instructors,
  anonymous,
  text,
})

function refusalOf({ item, state }: Rater): Refusal {
  const { from, until } = ratingSpan(item.run)
  if (state === 'own-house') return new Refusal('rating-own-house')
  if (state === 'not-yet') return new Refusal('rating-not-yet', { from })
  return state === 'over' ? new Refusal('rating-over', { until }) : new Refusal('rating-not-attended')
}

function checkTeachers({ crew }: Rater, { instructors }: RatingInput): void {
  const taught = taughtBy(crew)
  const named = instructors.map(({ instructorId }) => instructorId)
  if (new Set(named).size < named.length || !named.every((id) => taught.includes(id))) throw new Refusal('instructor-not-of-run')
}

/** That her hours are credited, and her seat hers, is asked in the rating's own transaction. */
function attendedSteps(personId: string, { seat, credit }: Rater): Step[] {
  const { id, runId } = seat.enrollment
  return [
    {
      name: 'credit',
      check: {
        key: keys.credit.key(personId, runId),
        condition: 'version = :credit AND #minutes > :none',
        names: { '#minutes': 'minutes' },
        values: { ':credit': credit?.version, ':none': 0 },
      },
    },
    {
      name: 'guard',
      check: {
        key: keys.guard.key(personId, runId),
        condition: 'enrollmentId = :id AND #state = :active',
        names: { '#state': 'state' },
        values: { ':id': id, ':active': 'active' },
      },
    },
  ]
}

const crewSteps = ({ item, crew }: Rater, { instructors }: RatingInput): Step[] =>
  instructors.length === 0 ? [] : [crewCheck(item.run.id, crew)]
