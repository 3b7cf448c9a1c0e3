import { useSyncExternalStore } from 'react'

/** Where a reader stands in a console, kept in the address: reloading, going back, the other language and signing in all lead to the same place. */
export type Place = Readonly<Record<string, string>>

const moved = 'skills.place'
const read = () => location.search
function watch(changed: () => void): () => void {
  addEventListener('popstate', changed)
  addEventListener(moved, changed)
  return () => {
    removeEventListener('popstate', changed)
    removeEventListener(moved, changed)
  }
}

/** The address of a place of this console. */
export const addressOf = (place: Record<string, string | undefined>): string => {
  const named = Object.entries(place).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return `${location.pathname}?${new URLSearchParams(named)}`
}

/** What is one page to a reader: another tab of it is not. */
const pageOf = (place: URLSearchParams) =>
  ['sponsor', 'program', 'employer', 'order', 'provider', 'tab', 'course', 'run', 'application', 'thread', 'do']
    .map((name) => place.get(name))
    .join()

/** Goes to a place; the way back leads here. With `quiet` the new place stands instead of this one. A new page begins at its top, for the keyboard too. */
export function go(place: Record<string, string | undefined>, quiet = false): void {
  const before = pageOf(new URLSearchParams(location.search))
  history[quiet ? 'replaceState' : 'pushState'](null, '', addressOf(place))
  dispatchEvent(new Event(moved))
  if (pageOf(new URLSearchParams(location.search)) === before) return
  scrollTo({ top: 0 })
  document.getElementById('main')?.focus({ preventScroll: true })
}

/** The place as the address says it; draws again when it changes. */
export function usePlace(): Place {
  const search = useSyncExternalStore(watch, read)
  return Object.fromEntries(new URLSearchParams(search))
}
