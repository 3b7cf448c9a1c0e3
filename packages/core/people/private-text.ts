import type { FieldError } from '@skills/contract/refusals.ts'
import { narrow } from './resident-id.ts'

/** What must not stand in a text that others read. */
export type PrivateKind = 'mobile' | 'resident-id'

/** Control, format, turning and unassigned characters, but for the end of a line: they could hide a word, or turn the page around it. */
const invisible = /[^\P{C}\n]/gu
/** What takes no room of its own between two digits: the same, marks set on a character, and what Unicode says may be drawn as nothing. */
const unseen = /(?!\s)[\p{C}\p{M}\p{Default_Ignorable_Code_Point}]/gu

/** A text as it is stored for others to read: in its one spelling (NFC, lines ended by `\n`), trimmed, without invisible characters. */
export function visible(text: string): string {
  const lines = text.normalize('NFC').replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
  return lines.replace(/\t/g, ' ').replace(invisible, '').trim()
}

const chinese = new Map([...'零〇一二三四五六七八九幺'].map((digit, place) => [digit, '00123456789'[place] ?? '1']))
const gap = '[\\s\\-‐-―.·_]{1,3}'
const before = '(?<![0-9A-Za-z])'
const after = '(?![0-9])'
/** As people write a mobile number: in one piece, in their usual groups, or digit by digit. Other groups are dates and counts that stand side by side. */
const groups = [
  '1[3-9]\\d{9}',
  ...[
    [1, 4, 4],
    [1, 3, 5],
    [1, 8],
    [5, 4],
  ].map(([first, ...rest]) => `1[3-9]\\d{${first}}${rest.map((count) => `${gap}\\d{${count}}`).join('')}`),
  `1${gap}[3-9](?:${gap}\\d){9}`,
]
const mobileShape = new RegExp(`${before}(?:(?:\\+|00)?86(?:${gap})?)?(?:${groups.join('|')})${after}`)
const date = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'
const residentIdShape = new RegExp(
  `${before}[1-9]\\d{5}(?:${gap})?(?:(?:1[89]|20|21)\\d\\d(?:${gap})?${date}(?:${gap})?\\d{3}[\\dXx]|\\d\\d${date}\\d{3})(?![0-9A-Za-z])`,
)

/**
 * Whether a text that others read holds a mainland mobile or a resident ID number, as digits are typed: full-width, Chinese, grouped by spaces or
 * hyphens, with characters between them that nobody sees. Judged by shape alone, wrong check characters too: a slip of the pen gives somebody away as well. Out: what was found, or undefined.
 */
export function findPrivate(text: string): PrivateKind | undefined {
  const plain = narrow(text.replace(unseen, '')).replace(/[零〇一二三四五六七八九幺]/g, (digit) => chinese.get(digit) ?? digit)
  if (residentIdShape.test(plain)) return 'resident-id'
  return mobileShape.test(plain) ? 'mobile' : undefined
}

const details = {
  mobile: {
    zh: '请不要写手机号：这段文字别人会看到。请删去后再提交。',
    en: 'Do not write a mobile number here: others read this text. Take it out and send it again.',
  },
  'resident-id': {
    zh: '请不要写身份证号：这段文字别人会看到。请删去后再提交。',
    en: 'Do not write an ID number here: others read this text. Take it out and send it again.',
  },
} satisfies Record<PrivateKind, FieldError['detail']>

/** The same as fields of `validation-failed`: one for each text with a personal number, by its JSON pointer, never with the number. */
export function privateErrors(texts: Record<string, string | null | undefined>): FieldError[] {
  return Object.entries(texts).flatMap(([pointer, text]) => {
    const found = findPrivate(text ?? '')
    return found === undefined ? [] : [{ pointer, code: 'personal-number', detail: details[found] }]
  })
}
