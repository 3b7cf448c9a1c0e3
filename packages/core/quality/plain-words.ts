import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { privateErrors, visible } from '../people/private-text.ts'

/**
 * What was sent, with the named texts in their one spelling: trimmed, without invisible characters. Refuses `validation-failed` for one that is empty or holds an ID or a mobile number:
 * others read it. In: the body of a request and which of its members are such texts; null where none is needed.
 */
export function plainWords<N extends string, B extends Record<N, string | null>>(body: B, ...names: readonly N[]): B {
  const texts = names.map((name): [N, string | null] => [name, body[name] === null ? null : visible(body[name])])
  const empty = texts.flatMap(([name, text]): FieldError[] =>
    text === '' ? [{ pointer: `#/${name}`, code: 'length', detail: { zh: '请填写内容。', en: 'Please write something.' } }] : [],
  )
  const errors = [...empty, ...privateErrors(Object.fromEntries(texts.map(([name, text]) => [`#/${name}`, text])))]
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
  return { ...body, ...(Object.fromEntries(texts) as Record<N, string | null>) }
}
