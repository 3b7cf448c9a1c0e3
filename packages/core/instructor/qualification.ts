import type { Instructor, Qualification } from '@skills/contract/instructor.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
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
 * was revoked or has expired, gives way to the new one. Refuses `validation-failed`: an unknown trade, one she has already, one that has expired, a proof with private numbers, too many.
 */
export function withClaim(
  instructor: Instructor,
  claimed: Pick<Qualification, 'id' | 'trade' | 'level' | 'proof' | 'fileId' | 'until'>,
  known: boolean,
  now: string,
): Instructor {
  const today = dateAt(now)
  checkWords(claimed.proof, '#/proof')
  const stands = ({ state, until }: Qualification) => state !== 'refused' && state !== 'revoked' && (until === null || today <= until)
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

/** From which state a decision leads to which. */
const fromState = { verified: 'claimed', refused: 'claimed', revoked: 'verified' } as const

/** An instructor after the decision on one of her qualifications. Refuses `illegal-transition` where what was claimed was decided already, or what is revoked was never verified. */
export function withDecision(
  instructor: Instructor,
  qualificationId: string,
  decision: { to: keyof typeof fromState; reason: string },
  now: string,
): { instructor: Instructor; qualification: Qualification } {
  const before = instructor.qualifications.find(({ id }) => id === qualificationId)
  if (before === undefined) throw new Refusal('not-found')
  if (before.state !== fromState[decision.to])
    throw new Refusal('illegal-transition', { current: before.state, allowed: before.state === 'verified' ? ['revoked'] : [] })
  checkWords(decision.reason, '#/reason')
  const qualification: Qualification = { ...before, state: decision.to, reason: decision.reason, decidedAt: now }
  const qualifications = instructor.qualifications.map((one) => (one.id === qualificationId ? qualification : one))
  return { instructor: { ...instructor, qualifications }, qualification }
}

const decided = {
  verified: {
    title: { zh: '授课资格已核实', en: 'Your qualification was verified' },
    zh: (name: string, reason: string) => `“${name}”已核实，机构可以邀请您讲授。平台意见：${reason}`,
    en: (name: string, reason: string) => `“${name}” is verified; providers can ask you to teach it. The platform says: ${reason}`,
  },
  refused: {
    title: { zh: '授课资格没有通过', en: 'Your qualification was refused' },
    zh: (name: string, reason: string) => `“${name}”没有通过核实，原因：${reason}。补齐凭证后可以重新申报。`,
    en: (name: string, reason: string) => `“${name}” was refused: ${reason}. Claim it again once the proof is complete.`,
  },
  revoked: {
    title: { zh: '授课资格已撤销', en: 'Your qualification was revoked' },
    zh: (name: string, reason: string) =>
      `“${name}”已撤销，原因：${reason}。邀请过您的机构已收到通知，会与您联系后续课程。有异议请联系平台，或补齐凭证后重新申报。`,
    en: (name: string, reason: string) =>
      `“${name}” was revoked: ${reason}. The providers that asked you are told and will speak with you about meetings to come. Contact the platform if you disagree, or claim it again with a proof.`,
  },
} as const

/** What an instructor reads of a decision on her qualification. */
export function decisionNotice(
  { state, trade, reason }: Pick<Qualification, 'state' | 'trade' | 'reason'>,
  name: Text = { zh: trade, en: trade },
): { title: Text; body: Text; href: string } {
  const words = decided[state === 'claimed' ? 'verified' : state]
  const body = { zh: words.zh(name.zh, reason ?? ''), en: words.en(name.en, reason ?? '') }
  return { title: words.title, body, href: '/console/instructor/?tab=qualifications' }
}
