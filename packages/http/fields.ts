import type { FieldError } from '@skills/contract/refusals.ts'
import { fill, type Text } from '@skills/contract/text.ts'
import type * as z from 'zod/mini'

type Issue = z.core.$ZodIssue

/** Every code a field can be refused with by its schema, and the sentence for it. */
const fieldSentences = {
  required: { zh: '请填写这一项。', en: 'This is required.' },
  'unknown-field': { zh: '不接受这一项。', en: 'This field is not accepted.' },
  'wrong-type': { zh: '类型不对。', en: 'This has the wrong type.' },
  'not-integer': { zh: '请填写整数。', en: 'This must be a whole number.' },
  'too-small': { zh: '不能小于 {limit}。', en: 'This must be at least {limit}.' },
  'too-large': { zh: '不能大于 {limit}。', en: 'This must be at most {limit}.' },
  'too-short': { zh: '至少要有 {limit} 个字符。', en: 'This must have at least {limit} character(s).' },
  'too-long': { zh: '不能超过 {limit} 个字符。', en: 'This may have at most {limit} characters.' },
  'too-few': { zh: '至少要有 {limit} 项。', en: 'There must be at least {limit}.' },
  'too-many': { zh: '不能超过 {limit} 项。', en: 'There may be at most {limit}.' },
  enum: { zh: '请从给定的选项中选择。', en: 'Choose one of the values on offer.' },
  format: { zh: '格式不对。', en: 'The format is not right.' },
  date: { zh: '请填写存在的日期，例如 2026-11-21。', en: 'Give a date that exists, such as 2026-11-21.' },
  instant: { zh: '请填写时间，例如 2026-11-21T02:00:00.000Z。', en: 'Give an instant such as 2026-11-21T02:00:00.000Z.' },
} satisfies Record<string, Text>
type FieldCode = keyof typeof fieldSentences

/** The errors of a value that did not fit its schema: where, a stable code and a sentence; never the value. `at` is where the value stands. */
export function fieldErrors(issues: readonly Issue[], value: unknown, at: readonly string[] = []): FieldError[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => fieldError('unknown-field', [...at, ...issue.path, ...spoken(key)]))
    const [code, limit] = judged(issue, value)
    const path = issue.code === 'invalid_union' && issue.discriminator ? [...issue.path, issue.discriminator] : issue.path
    return [fieldError(code, [...at, ...path], limit)]
  })
}

function fieldError(code: FieldCode, path: readonly PropertyKey[], limit?: number | bigint): FieldError {
  const pointer = ['#', ...path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')
  const { zh, en } = fieldSentences[code]
  return { pointer, code, detail: { zh: fill(zh, { limit }), en: fill(en, { limit }) } }
}

/** A name that the caller made up is said back only when it looks like a name: it could hold anything. */
const spoken = (key: string) => (/^[A-Za-z_]\w{0,39}$/.test(key) ? [key] : [])

function judged(issue: Issue, value: unknown): [FieldCode, (number | bigint)?] {
  if (valueAt(value, issue.path) === undefined) return ['required']
  switch (issue.code) {
    case 'invalid_type':
      return [issue.expected === 'int' ? 'not-integer' : 'wrong-type']
    case 'too_small':
      return [({ string: 'too-short', array: 'too-few' }[issue.origin as string] as FieldCode | undefined) ?? 'too-small', issue.minimum]
    case 'too_big':
      return [({ string: 'too-long', array: 'too-many' }[issue.origin as string] as FieldCode | undefined) ?? 'too-large', issue.maximum]
    case 'invalid_value':
    case 'invalid_union':
      return ['enum']
    case 'custom':
      return [issue.message in fieldSentences ? (issue.message as FieldCode) : 'format']
    default:
      return ['format']
  }
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, part) => (typeof inner === 'string' ? inner : (inner as Record<PropertyKey, unknown> | null | undefined)?.[part]),
    value,
  )
