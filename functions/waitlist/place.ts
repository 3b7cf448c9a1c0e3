import type { WaitlistEntry } from '@skills/contract/waitlist.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import type { World } from '@skills/core/world.ts'
import type { WaitlistItem } from '@skills/core/waitlist/waitlist.ts'
import { readEntries } from '@skills/core/waitlist/waitlist.table.ts'

/** A place as its person sees it. In: the entry, what the run is called, and how many wait before her. */
export function placeView({ id, runId, state, joinedAt, offerUntil }: WaitlistItem, title: Text, before: number): WaitlistEntry {
  return {
    id,
    runId,
    title,
    state,
    place: state === 'waiting' ? before + 1 : null,
    joinedAt,
    offerUntil: state === 'offered' ? offerUntil : null,
  }
}

/** How many wait before an entry of a queue. */
export async function waitingBefore(world: World, { runId, number, state }: WaitlistItem): Promise<number> {
  if (state !== 'waiting') return 0
  const entries = await readEntries(world.table, runId, Number(number) - 1)
  return entries.filter((entry) => entry.state === 'waiting').length
}

/** Whether somebody still stands in the queue: waiting, or with an offer whose time is not over (the sweep may be a minute behind). */
export function isLive({ state, offerUntil }: Pick<WaitlistItem, 'state' | 'offerUntil'>, now: string): boolean {
  return state === 'waiting' || (state === 'offered' && (offerUntil ?? now) > now)
}
