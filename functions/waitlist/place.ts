import type { WaitlistEntry } from '@skills/contract/waitlist.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import type { WaitlistItem } from '@skills/core/waitlist/waitlist.ts'
import { readEntries, readWaitingFor, waitlistItemOf } from '@skills/core/waitlist/waitlist.table.ts'

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

/** The live places of a person or an employer with what their runs are called, the longest waiting first. */
export async function liveEntries(
  world: World,
  who: { personId: string } | { employerId: string },
): Promise<{ entry: WaitlistItem; title: Text }[]> {
  const pointers = await readWaitingFor(world.table, who)
  const items = await readItems(world.table, [
    ...pointers.map(({ runId, number }) => keys.waitlistEntry.key(runId, number)),
    ...pointers.map(({ runId }) => keys.run.key(runId)),
  ])
  const found = pointers.flatMap((_, place) => {
    const entry = waitlistItemOf(items[place])
    const run = runOf(items[pointers.length + place])
    return entry === undefined || run === undefined || !isLive(entry, world.now()) ? [] : [{ entry, title: run.title }]
  })
  return found.sort((a, b) => (a.entry.joinedAt < b.entry.joinedAt ? -1 : 1))
}
