import type { Role } from '@skills/contract/route.ts'
import type { Language } from '../language.ts'
import { consoleText } from './console.text.ts'

/** Each console, and the roles that work at it beside the operators. */
const workers = {
  union: 'sponsor:',
  employer: 'employer:',
  provider: 'provider:',
  instructor: 'provider:instructor',
  operator: 'platform:',
} as const
export type ConsoleName = keyof typeof workers

/** The consoles that somebody with these roles works at: their Chinese addresses and names. */
export function consolesOf(roles: readonly Role[], lang: Language): { path: string; name: string }[] {
  const which = (Object.keys(workers) as ConsoleName[]).filter((one) =>
    roles.some((role) => role === 'platform:operator' || role.startsWith(workers[one])),
  )
  return which.map((one) => ({ path: `/console/${one}/`, name: consoleText[lang].titles[one] }))
}
