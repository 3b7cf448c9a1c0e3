import type { Text } from '@skills/contract/text.ts'
import { narrow } from './resident-id.ts'

export type MailAddress = { ok: true; address: string } | { ok: false; code: 'mail-format'; detail: Text }

/** Reads a mail address as typed: full-width characters and spaces around it are understood. Only the shape is judged; a code that is mailed there shows whether it is read. */
export function mailAddress(text: string): MailAddress {
  const address = narrow(text).trim()
  if (
    address.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/.test(address)
  )
    return { ok: true, address }
  return {
    ok: false,
    code: 'mail-format',
    detail: { zh: '请填写完整的邮箱地址，例如 name@example.com。', en: 'Enter a whole mail address, such as name@example.com.' },
  }
}

/** `lin.xiaoyu@example.com` → `l***@example.com`. */
export function maskAddress(address: string): string {
  return `${address.slice(0, 1)}***${address.slice(address.lastIndexOf('@'))}`
}
