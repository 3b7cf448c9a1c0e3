import { Refusal } from '@skills/contract/refusals.ts'

const personal = /(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15}|(?:\+?86|0086)?1[3-9]\d{9})(?![0-9A-Za-z])/

/**
 * The parameters of a raw query string. Refuses `duplicate-parameter` for a repeated name or array syntax (the gateway would join the values
 * with a comma) and `sensitive-in-url` for what looks like a resident ID or a mobile number, because addresses end up in logs.
 */
export function readQuery(raw: string): Record<string, string> {
  const query = Object.create(null) as Record<string, string>
  for (const [name, value] of new URLSearchParams(raw)) {
    if (name !== 'cursor' && (isPersonal(name) || isPersonal(value))) throw new Refusal('sensitive-in-url')
    if (name in query || name.includes('[')) throw new Refusal('duplicate-parameter', { name: /^\w{1,40}/.exec(name)?.[0] ?? '' })
    query[name] = value
  }
  return query
}

/** Full-width digits, spaces and hyphens do not hide a number. */
function isPersonal(text: string): boolean {
  const plain = text.normalize('NFKC')
  return personal.test(plain) || personal.test(plain.replace(/[\s-]/g, ''))
}
