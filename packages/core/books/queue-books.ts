import { keys } from '../keys.ts'
import type { QueueHead, WaitlistItem } from '../waitlist/waitlist.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'
import { overdue } from './order-books.ts'

/**
 * W1 an open offer names its held seat (how many are held, S2 counts) and S4 none stands past its end; W2 nobody was offered a seat before somebody who came earlier and
 * still waits; W3 nobody waits and has a seat at once, one live entry per person (or employer) and run, and the head counts who waits.
 */
export function checkQueues(books: Books): Violation[] {
  const found: Violation[] = []
  const queues = groupBy(books.of('entry'), (item) => item.pk)
  for (const [pk, items] of queues) {
    const entries = (items as unknown as WaitlistItem[]).toSorted((a, b) => (a.number < b.number ? -1 : 1))
    const head = books.find(pk, 'HEAD') as unknown as QueueHead | undefined
    const waiting = entries.filter(({ state }) => state === 'waiting').length
    if (head?.waiting !== waiting)
      found.push({ code: 'W3', at: pk, says: `its head counts ${head?.waiting ?? 'nothing'}, ${waiting} wait` })
    const live = new Set<string>()
    let firstWaiting: WaitlistItem | undefined
    for (const entry of entries) {
      const at = `${pk} / ${keys.waitlistEntry.key(entry.runId, entry.number).sk}`
      // An employer that wants more at once than there were is passed over and keeps its place.
      const group = entry.group ?? null
      if (entry.state === 'waiting' && group === null) firstWaiting ??= entry
      if (entry.state === 'offered') {
        if (entry.shard === null || entry.offerUntil === null) found.push({ code: 'W1', at, says: 'an offer without its seat' })
        else if (overdue(entry.offerUntil, books.now)) found.push({ code: 'S4', at, says: 'its offer is over and still holds a seat' })
      }
      if (firstWaiting !== undefined && entry !== firstWaiting && entry.offeredAt !== null && entry.offeredAt >= firstWaiting.joinedAt)
        found.push({ code: 'W2', at, says: `it was offered a seat while ${firstWaiting.number} waits` })
      if (entry.state !== 'waiting' && entry.state !== 'offered') continue
      const who = group?.employerId ?? entry.personId
      if (live.has(who)) found.push({ code: 'W3', at, says: 'its person waits twice' })
      live.add(who)
      const guard = books.find(keys.guard.key(entry.personId, entry.runId).pk, keys.guard.key(entry.personId, entry.runId).sk)
      if (group === null && guard?.['state'] === 'active') found.push({ code: 'W3', at, says: 'its person waits and has a seat' })
      const key = group === null ? keys.waitingFor.key(who, entry.runId) : keys.groupWaitingFor.key(who, entry.runId)
      const pointer = books.find(key.pk, key.sk)
      if (pointer?.['entryId'] !== entry.id || pointer['state'] !== entry.state)
        found.push({ code: 'W3', at, says: 'its person’s pointer says something else' })
    }
  }
  for (const item of books.of('queue')) {
    const head = item as unknown as QueueHead
    if (!queues.has(item.pk) && head.waiting !== 0)
      found.push({ code: 'W3', at: where(item), says: `it counts ${head.waiting}, nobody waits` })
  }
  for (const item of books.of('waitingFor')) {
    const entry = books.find(keys.waitlist.key(String(item['runId'])).pk, `ENTRY#${String(item['number'])}`)
    const live = item['state'] !== 'over'
    if (live && entry?.['state'] !== item['state'])
      found.push({ code: 'W3', at: where(item), says: 'it points to no such place in the queue' })
  }
  return found
}
