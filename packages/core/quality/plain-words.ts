import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { privateErrors } from '../people/private-text.ts'

/** Refuses `validation-failed` for a text that is empty or holds an ID or a mobile number: others read it. In: texts by their JSON pointer; null where none is needed. */
export function mustBePlain(texts: Record<string, string | null>): void {
  const empty = Object.entries(texts).flatMap(([pointer, text]): FieldError[] =>
    text !== null && text.trim() === '' ? [{ pointer, code: 'length', detail: { zh: '请填写内容。', en: 'Please write something.' } }] : [],
  )
  const errors = [...empty, ...privateErrors(texts)]
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
}
