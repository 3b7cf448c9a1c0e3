import type { Text } from '@skills/contract/text.ts'
import { ageOn } from '@skills/contract/time.ts'

type ResidentIdCode = 'id-format' | 'id-checksum' | 'id-birthdate' | 'id-15-digits' | 'id-under-16'
export type ResidentId = { ok: true; id: string; bornOn: string; areaKnown: boolean } | { ok: false; code: ResidentIdCode; detail: Text }

/** 2^(17-i) mod 11 for the first 17 places, and the check character for each remainder (GB 11643-1999, ISO 7064 MOD 11-2). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** The first two digits: provinces, and 81–83 of the residence permits for Hong Kong, Macau and Taiwan. Others are let pass, only marked. */
const areas = new Set('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '))

const details: Record<ResidentIdCode, Text> = {
  'id-format': {
    zh: '身份证号应为 18 位：17 位数字加一位校验码（数字或 X）。',
    en: 'An ID number has 18 characters: 17 digits and a check character (a digit or X).',
  },
  'id-checksum': {
    zh: '最后一位与前面的数字不符，请对照证件逐位核对。',
    en: 'The last character does not match the digits before it. Compare it with the card, digit by digit.',
  },
  'id-birthdate': {
    zh: '其中的出生日期（第 7 至 14 位）不是有效日期，或在今天之后。',
    en: 'The birth date in it (characters 7 to 14) does not exist or lies in the future.',
  },
  'id-15-digits': {
    zh: '这是旧的 15 位号码，已停止使用。请填写现在证件上的 18 位号码；如果还没有换证，请先到派出所办理。',
    en: 'This is the old 15-digit number, which is no longer in use. Enter the 18 characters of your present card; if you have none yet, the police station issues it.',
  },
  'id-under-16': { zh: '未满 16 周岁，暂不能登记。', en: 'People under 16 cannot register.' },
}

const wrong = (code: ResidentIdCode): ResidentId => ({ ok: false, code, detail: details[code] })

/**
 * Reads a resident ID number (GB 11643) as typed: full-width characters, spaces and a lower-case x are understood.
 * In: the text and the civil date of today. Out: the number in its one spelling with the birth date, or what is wrong with it.
 */
export function residentId(text: string, today: string): ResidentId {
  const id = narrow(text).replace(/\s/g, '').toUpperCase()
  if (/^\d{15}$/.test(id)) return wrong('id-15-digits')
  if (!/^[1-9]\d{16}[\dX]$/.test(id)) return wrong('id-format')
  const bornOn = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (!exists(bornOn)) return wrong('id-birthdate')
  if (checkCharacter(id) !== id[17]) return wrong('id-checksum')
  if (bornOn > today) return wrong('id-birthdate')
  if (ageOn(bornOn, today) < 16) return wrong('id-under-16')
  return { ok: true, id, bornOn, areaKnown: areas.has(id.slice(0, 2)) }
}

/** Whether a calendar has this day, in any year from 1800 on. */
function exists(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`)
  return date >= '1800' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

/** The check character that belongs to the first 17 digits. */
export function checkCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0)
  return checks[sum % 11] as string
}

/** Full-width forms of the characters of a keyboard as their plain ones. Nothing else is changed: `②` is not a 2. */
export function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/** `11010519491231002X` → `110***********002X`. */
export function maskResidentId(id: string): string {
  return `${id.slice(0, 3)}${'*'.repeat(11)}${id.slice(-4)}`
}
