import type { Instructor, Qualification } from '@skills/contract/instructor.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { checkWords } from '../funding/review.ts'

/** How many qualifications one instructor can hold or claim. */
const most = 30

const wrong = (pointer: string, code: string, zh: string, en: string): FieldError => ({ pointer, code, detail: { zh, en } })
const refuse = (error: FieldError | undefined) => {
  if (error !== undefined) throw new Refusal('validation-failed', { count: 1 }, { errors: [error] })
}

/**
 * An instructor with one more qualification, to be verified by an operator. `known`: whether the taxonomy has the trade. The same trade and level that was refused, or
 * has expired, gives way to the new one. Refuses `validation-failed`: an unknown trade, one she has already, one that has expired, a proof with private numbers, too many.
 */
export function withClaim(
  instructor: Instructor,
  claimed: Pick<Qualification, 'id' | 'trade' | 'level' | 'proof' | 'fileId' | 'until'>,
  known: boolean,
  now: string,
): Instructor {
  const today = dateAt(now)
  checkWords(claimed.proof, '#/proof')
  const stands = ({ state, until }: Qualification) => state !== 'refused' && (until === null || today <= until)
  const same = (one: Qualification) => one.trade === claimed.trade && one.level === claimed.level
  const others = instructor.qualifications.filter((one) => !same(one) || stands(one))
  refuse(
    !known
      ? wrong('#/trade', 'unknown-trade', '没有这个工种，请从列表里选择。', 'There is no such trade. Choose one of the list.')
      : claimed.until !== null && claimed.until < today
        ? wrong('#/until', 'out-of-range', '这项资格已经过期。', 'This qualification has expired.')
        : others.some(same)
          ? wrong('#/trade', 'already-there', '这个工种和等级已经申报过了。', 'You have claimed this trade and level already.')
          : others.length >= most
            ? wrong('#/trade', 'too-many', `最多 ${most} 项资格。`, `At most ${most} qualifications.`)
            : undefined,
  )
  return { ...instructor, qualifications: [...others, { ...claimed, state: 'claimed', claimedAt: now, decidedAt: null, reason: null }] }
}

/** An instructor after the decision on one of her qualifications. Refuses `illegal-transition` for one that was decided. */
export function withDecision(
  instructor: Instructor,
  qualificationId: string,
  decision: { to: 'verified' | 'refused'; reason: string },
  now: string,
): { instructor: Instructor; qualification: Qualification } {
  const before = instructor.qualifications.find(({ id }) => id === qualificationId)
  if (before === undefined) throw new Refusal('not-found')
  if (before.state !== 'claimed') throw new Refusal('illegal-transition', { current: before.state, allowed: [] })
  checkWords(decision.reason, '#/reason')
  const qualification: Qualification = { ...before, state: decision.to, reason: decision.reason, decidedAt: now }
  const qualifications = instructor.qualifications.map((one) => (one.id === qualificationId ? qualification : one))
  return { instructor: { ...instructor, qualifications }, qualification }
}
