import type { Role } from '@skills/contract/route.ts'
import type { Language } from '../language.ts'
import { consoleText } from './console.text.ts'

/** The consoles that somebody with these roles works at: their Chinese addresses and names. */
export function consolesOf(roles: readonly Role[], lang: Language): { path: string; name: string }[] {
  const which = (['union', 'employer'] as const).filter((one) =>
    roles.some((role) => role === 'platform:operator' || role.startsWith(one === 'union' ? 'sponsor:' : 'employer:')),
  )
  return which.map((one) => ({ path: `/console/${one}/`, name: consoleText[lang].titles[one] }))
}
