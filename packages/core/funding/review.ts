import type { Review } from '@skills/contract/sponsors.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { History } from '../audit.ts'
import { narrow } from '../people/resident-id.ts'

/** A review as the table holds it, among its program's; the person's own pointer says where it stands. */
export interface ReviewItem extends History {
  review: Review
  personId: string
}

/** Digits that could be an ID or a mobile number, also with blanks or hyphens between them. */
const privateNumber = /(?:\d[\s-]?){11,}/

/** Refuses `validation-failed` for words that hold an ID or a mobile number: they are kept readable, and the platform knows who asks. */
export function checkWords(text: string, pointer: string): void {
  const wrong =
    text.trim() === ''
      ? { code: 'length', detail: { zh: '请填写内容。', en: 'Please write something.' } }
      : privateNumber.test(narrow(text))
        ? {
            code: 'private-number',
            detail: {
              zh: '请不要写身份证号、手机号等号码，平台已经知道是谁。',
              en: 'Leave out ID and mobile numbers. The platform knows who this is about.',
            },
          }
        : undefined
  if (wrong !== undefined) throw new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer, ...wrong }] })
}

/** A review after its decision. Refuses `illegal-transition` for one that was decided. */
export function decided(
  review: Review,
  { to, reason, by }: { to: 'granted' | 'refused'; reason: string; by: string },
  now: string,
): Review {
  if (review.state !== 'open') throw new Refusal('illegal-transition', { current: review.state, allowed: [] })
  return { ...review, state: to, reason, decidedAt: now, decidedBy: by }
}
