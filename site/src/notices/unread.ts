import { createClient } from '@skills/contract/client.ts'
import { accessToken } from '../identity/access-token.ts'
import { readSession, subjectOf } from '../identity/session.ts'
import { pageLanguage } from '../language.ts'

const key = 'skills.unread'
/** How long a count is believed from page to page, in milliseconds. */
const fresh = 60_000

interface Kept {
  of: string | undefined
  at: number
  unread: number
}

function kept(): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '') as Kept
  } catch {
    return undefined
  }
}

/** Writes a count at the bell, where there is one. */
export function showUnread(unread: number): void {
  const kept: Kept = { of: subjectOf(readSession()), at: Date.now(), unread }
  try {
    sessionStorage.setItem(key, JSON.stringify(kept))
  } catch {
    // Storage may be forbidden: then each page asks.
  }
  draw(unread)
}

function draw(unread: number): void {
  for (const bell of document.querySelectorAll<HTMLElement>('[data-bell]')) {
    const { none = '', some = '' } = bell.dataset
    bell.setAttribute('aria-label', unread === 0 ? none : some.replace('{n}', String(unread)))
    const count = bell.querySelector<HTMLElement>('.bell-count')
    if (!count) continue
    count.hidden = unread === 0
    count.textContent = unread > 98 ? '99+' : String(unread)
  }
}

/** Asks how much is unread, once a minute at most, and shows it at the bell. Who is not signed in, or no longer, is left in peace: no page leads to signing in for a bell. */
export async function refreshUnread(): Promise<void> {
  const before = kept()
  if (before !== undefined && before.of === subjectOf(readSession()) && Date.now() - before.at < fresh) return draw(before.unread)
  const token = await accessToken()
  if (token === undefined) return
  const answer = await createClient({ base: '/api', language: pageLanguage(), token: () => token }).call('countUnread', {})
  if (answer.ok) showUnread(answer.value.unread)
}
