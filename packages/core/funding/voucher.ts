import type { Voucher } from '@skills/contract/funding.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { tradeOf } from '../catalog/taxonomy.ts'

/** What a sponsor says of a new voucher. */
export type VoucherTerms = Pick<Voucher, 'kind' | 'faceFen' | 'uses' | 'budgetFen' | 'directedTo' | 'until'>

/** Bytes of chance in a code: 80 bits, which nobody guesses even with all the world's tries. */
export const voucherCodeBytes = 10

/**
 * Judges a new voucher. A face-value voucher is worth something and its budget pays between one and all of its uses; a pass has no face value. `courseFound`: whether
 * the course it is directed to exists. Refuses `validation-failed` with every error at once.
 */
export function checkVoucher({ kind, faceFen, uses, budgetFen, directedTo, until }: VoucherTerms, courseFound: boolean, now: string): void {
  const errors: FieldError[] = []
  const wrong = (pointer: string, code: string, zh: string, en: string) => errors.push({ pointer, code, detail: { zh, en } })
  if (kind === 'pass' && faceFen !== null) wrong('#/faceFen', 'not-for-kind', '抵用券没有面值。', 'A pass has no face value.')
  if (kind === 'face-value') {
    if (faceFen === null || faceFen < 1) wrong('#/faceFen', 'out-of-range', '请填写面值。', 'Say what it is worth.')
    else if (budgetFen < faceFen) wrong('#/budgetFen', 'too-small', '预算至少够用一次。', 'The budget must pay one use.')
    else if (budgetFen > faceFen * uses)
      wrong('#/budgetFen', 'too-large', '预算超过了全部次数用完的金额。', 'The budget is more than all uses together.')
  }
  if (directedTo !== null) {
    const { courseId, trade } = directedTo
    if (courseId === null && trade === null)
      wrong('#/directedTo', 'too-few', '请指定课程或工种，或不限定。', 'Name a course or a trade, or direct it to nothing.')
    if (courseId !== null && !courseFound) wrong('#/directedTo/courseId', 'course-unknown', '没有这门课程。', 'There is no such course.')
    if (trade !== null && tradeOf(trade)?.code !== trade)
      wrong('#/directedTo/trade', 'trade-unknown', '工种目录里没有这个工种。', 'The taxonomy has no such trade.')
  }
  if (until <= now) wrong('#/until', 'date-order', '有效期已过。', 'It would have ended already.')
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
}

/** Crockford's alphabet: no I, L, O and U, which are read wrongly. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Bytes of chance as a code that people can read out: `7K3F-9Q2M-…`, five bits a character. In: base64url. */
export function voucherCode(secret: string): string {
  const bits = [...Buffer.from(secret, 'base64url')].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)])
  return (letters.join('').match(/.{1,4}/g) ?? []).join('-')
}
