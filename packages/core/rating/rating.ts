import { isDeepStrictEqual } from 'node:util'
import type { Run } from '@skills/contract/catalog.ts'
import type { AspectStars, FoldReason, InstructorStars, MyRating, PublicRating, RatingInput, RatingLine } from '@skills/contract/ratings.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { settleAt } from '../attendance/register.ts'
import type { Credit } from '../attendance/credit.ts'
import type { History } from '../audit.ts'
import { lastMeeting } from '../catalog/run.ts'

/** For how many days after its last meeting a run can be rated, and for how many days after it was sent a rating or an answer can be changed. */
const rateDays = 180
const changeDays = 7
/** How often each can be changed: what stood there before is kept whole, and an operator's fold must still find room in the item. */
const mostChanges = 10

/** What was said at some time. */
interface Said {
  aspects: AspectStars
  text: string | null
  instructors: InstructorStars[]
  anonymous: boolean
  at: string
}

interface AnswerText {
  text: string
  at: string
  by: string
}

/** A provider's answer: as it is now, since when, and what stood there before. */
interface Answered extends AnswerText {
  changedAt: string | null
  earlier: AnswerText[]
}

/** A rating's words were folded for a reason, or (null) are shown again. */
export interface FoldStep {
  reason: FoldReason | null
  sentence: string
  at: string
  by: string
}

/** A rating as the table holds it. Nothing of it is ever taken out (E-Commerce Law art. 39): what is changed moves to `earlier`, and `folds` only grows. */
export interface Rating extends History, Said {
  id: string
  courseId: string
  runId: string
  providerId: string
  enrollmentId: string
  personId: string
  author: string
  courseTitle: Text
  runName: Text
  /** The version of the credit that showed her attendance when she rated. */
  creditVersion: number
  changedAt: string | null
  earlier: Said[]
  answer: Answered | null
  folds: FoldStep[]
}

const days = (instant: string, count: number) => plusMinutes(instant, count * 24 * 60)

/** From when a run can be rated, when its hours are credited, and until when. */
export function ratingSpan(run: Run): { from: string; until: string } {
  return { from: settleAt(run), until: days(lastMeeting(run), rateDays) }
}

/** Until when something that was sent at an instant can be changed by who sent it. */
export function changeUntil(at: string): string {
  return days(at, changeDays)
}

export interface RaterFacts {
  run: Run
  /** Whether her seat is hers still. */
  active: boolean
  enrollmentId: string
  credit: Pick<Credit, 'enrollmentId' | 'minutes'> | undefined
  /** Whether she works for its provider, or teaches it. */
  ownHouse: boolean
  /** Whether hours of the run are still to be credited: attendance was taken, and the job has not come yet. */
  toBeCredited: boolean
}

/** Whether somebody may rate a run now: only with credited minutes of this very enrollment, in a run that is over, for `rateDays`; never whoever works for its provider, or teaches it. */
export function raterState(
  { run, active, enrollmentId, credit, ownHouse, toBeCredited }: RaterFacts,
  now: string,
): 'open' | 'not-yet' | 'not-attended' | 'own-house' | 'over' {
  const { from, until } = ratingSpan(run)
  if (ownHouse) return 'own-house'
  if (run.state === 'cancelled' || !active) return 'not-attended'
  if (now >= until) return 'over'
  const attended = credit !== undefined && credit.enrollmentId === enrollmentId && credit.minutes > 0
  if (attended) return now < lastMeeting(run) ? 'not-yet' : 'open'
  return now < from || (credit === undefined && toBeCredited) ? 'not-yet' : 'not-attended'
}

/** Why a rating's words are not shown now, or undefined. */
export function foldOf({ folds }: Pick<Rating, 'folds'>): (FoldStep & { reason: FoldReason }) | undefined {
  const last = folds.at(-1)
  return last === undefined || last.reason === null ? undefined : { ...last, reason: last.reason }
}

/** Whether the stars count: all do, but those of somebody who was found not to have attended. */
export function counts(rating: Pick<Rating, 'folds'>): boolean {
  return foldOf(rating)?.reason !== 'did-not-attend'
}

/** Whether what is sent says what the rating says already. */
export function saysSame({ aspects, text, instructors, anonymous }: Rating, input: RatingInput): boolean {
  return isDeepStrictEqual({ aspects, text, instructors, anonymous }, input)
}

/** A rating after its author changed it; what she said before stays. Refuses `changed-enough`. */
export function changed(before: Rating, input: RatingInput, now: string): Rating {
  mayChange(before)
  return { ...before, ...input, changedAt: now, earlier: [...before.earlier, saidNow(before)] }
}

const saidNow = ({ aspects, text, instructors, anonymous, at, changedAt }: Rating): Said => ({
  aspects,
  text,
  instructors,
  anonymous,
  at: changedAt ?? at,
})

function mayChange({ earlier }: { earlier: readonly unknown[] }): void {
  if (earlier.length >= mostChanges) throw new Refusal('changed-enough', { most: mostChanges })
}

/** A rating with its provider's answer, the first or a corrected one. Refuses `changed-enough`. */
export function answered(before: Rating, text: string, by: string, now: string): Rating {
  const { answer } = before
  if (answer === null) return { ...before, answer: { text, at: now, by, changedAt: null, earlier: [] } }
  mayChange(answer)
  const old = { text: answer.text, at: answer.changedAt ?? answer.at, by: answer.by }
  return { ...before, answer: { ...answer, text, by, changedAt: now, earlier: [...answer.earlier, old] } }
}

/** A rating as everybody sees it: of a folded one neither words nor answer. */
export function publicRating(rating: Rating): PublicRating {
  const { id, author, anonymous, runName, aspects, text, at, changedAt, answer } = rating
  const fold = foldOf(rating)
  const shown = answer === null || fold !== undefined ? null : { text: answer.text, at: answer.at, changedAt: answer.changedAt }
  return {
    ...{ id, author: anonymous ? null : author, runName, aspects, at, changedAt },
    text: fold === undefined ? text : null,
    answer: shown,
    fold: fold === undefined ? null : { reason: fold.reason, sentence: fold.sentence, at: fold.at },
  }
}

/** As its provider and operators see it: with the words, also of a folded one, but no more of who wrote it. */
export function ratingLine(rating: Rating): RatingLine {
  const { courseId, courseTitle, providerId, version, text, answer } = rating
  return {
    ...publicRating(rating),
    ...{ courseId, courseTitle, providerId, version, text },
    answer: answer === null ? null : { text: answer.text, at: answer.at, changedAt: answer.changedAt },
    answerUntil: answer === null ? null : changeUntil(answer.at),
  }
}

/** As its author sees it: all she said, now and before. */
export function myRating(rating: Rating): MyRating {
  const { text, instructors, version, at, earlier, answer } = rating
  return {
    ...publicRating(rating),
    ...{ text, instructors, version, earlier, changeUntil: changeUntil(at) },
    answer: answer === null ? null : { text: answer.text, at: answer.at, changedAt: answer.changedAt },
  }
}
