import { Refusal } from '@skills/contract/refusals.ts'
import { privateErrors, visible } from '../people/private-text.ts'
import { narrow } from '../people/resident-id.ts'

const email = /[^\s@<>()]+@[^\s@<>()]+\.[A-Za-z]{2,}/

const details = {
  email: {
    zh: '请不要写邮箱：这段文字是公开的。请删去后再提交。',
    en: 'Do not write an e-mail address: everybody can read this. Take it out and send it again.',
  },
  empty: { zh: '请填写内容。', en: 'Please write something.' },
}

/**
 * A public text in its one spelling: trimmed, without invisible characters. Refuses `validation-failed` for a mobile number, a resident ID or an e-mail address in it, never echoing it, and
 * for an empty one where there must be something. In: what was written and its JSON pointer. Out: null for an empty one that may be.
 */
export function publicWords(written: string | null, pointer: string, must = false): string | null {
  const text = visible(written ?? '')
  const errors = privateErrors({ [pointer]: text })
  if (email.test(narrow(text))) errors.push({ pointer, code: 'email', detail: details.email })
  if (must && text === '') errors.push({ pointer, code: 'length', detail: details.empty })
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
  return text === '' ? null : text
}
