import type { Text } from '@skills/contract/text.ts'
import { narrow } from './resident-id.ts'

export type Mobile = { ok: true; e164: string } | { ok: false; code: 'phone-format'; detail: Text }

/**
 * Reads a mainland mobile number as typed: full-width digits, spaces, hyphens and +86, 0086 or 86 before it are understood.
 * Only the shape is judged; lists of segments go stale and refuse real people. Out: E.164 (`+86…`), or what is wrong.
 */
export function mobile(text: string): Mobile {
  const digits = narrow(text).replace(/[\s\-‐-―]/g, '')
  const own = /^(?:\+86|0086|86)?(1[3-9]\d{9})$/.exec(digits)?.[1]
  if (own !== undefined) return { ok: true, e164: `+86${own}` }
  return {
    ok: false,
    code: 'phone-format',
    detail: {
      zh: '请填写 11 位的中国内地手机号，以 13 至 19 开头。',
      en: 'Enter a mainland mobile number: 11 digits that begin with 13 to 19.',
    },
  }
}

/** `+8613800000000` → `138****0000`. */
export function maskMobile(e164: string): string {
  return `${e164.slice(3, 6)}****${e164.slice(-4)}`
}
