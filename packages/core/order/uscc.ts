import type { Text } from '@skills/contract/text.ts'
import { narrow } from '../people/resident-id.ts'

type UsccCode = 'uscc-format' | 'uscc-letter' | 'uscc-checksum' | 'uscc-15-digits'
export type Uscc = { ok: true; uscc: string } | { ok: false; code: UsccCode; detail: Text }

/** The 31 characters of the code in the order of their values: no I, O, S, V, Z (GB 32100-2015). */
const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** 3^i mod 31 for the first 17 places. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

const details: Record<UsccCode, Text> = {
  'uscc-format': {
    zh: '统一社会信用代码应为 18 位：2 位数字或字母、6 位数字、10 位数字或字母。',
    en: 'A unified social credit code has 18 characters: 2 digits or letters, 6 digits, 10 digits or letters.',
  },
  'uscc-letter': {
    zh: '统一社会信用代码里没有字母 I、O、S、V、Z，请看看是不是数字 1、0、5、2。',
    en: 'The letters I, O, S, V and Z never occur in this code. Look whether they are the digits 1, 0, 5 or 2.',
  },
  'uscc-checksum': {
    zh: '最后一位与前面的字符不符，请对照营业执照逐位核对。',
    en: 'The last character does not match the ones before it. Compare it with the business licence, character by character.',
  },
  'uscc-15-digits': {
    zh: '这是旧的 15 位号码（注册号或税号）。请填写现在营业执照上的 18 位统一社会信用代码。',
    en: 'This is an old number of 15 characters. Enter the 18 characters of the present business licence.',
  },
}

const wrong = (code: UsccCode): Uscc => ({ ok: false, code, detail: details[code] })

/**
 * Reads a unified social credit code 统一社会信用代码 (GB 32100-2015), which is a firm's taxpayer number, as typed: full-width and lower-case characters, spaces
 * and hyphens are understood. Out: the code in its one spelling, or what is wrong with it.
 */
export function uscc(text: string): Uscc {
  const code = narrow(text).replace(/[\s-]/g, '').toUpperCase()
  if (/^[0-9A-Z]{15}$/.test(code)) return wrong('uscc-15-digits')
  if (!/^[0-9A-Z]{18}$/.test(code)) return wrong('uscc-format')
  if (/[IOSVZ]/.test(code)) return wrong('uscc-letter')
  if (!/^\d{6}$/.test(code.slice(2, 8))) return wrong('uscc-format')
  return usccCheck(code) === code[17] ? { ok: true, uscc: code } : wrong('uscc-checksum')
}

/** The check character that belongs to the first 17 characters; the modulus itself stands for 0. */
export function usccCheck(code: string): string {
  const sum = weights.reduce((total, weight, place) => total + weight * characters.indexOf(code[place] as string), 0)
  return characters[(31 - (sum % 31)) % 31] as string
}
