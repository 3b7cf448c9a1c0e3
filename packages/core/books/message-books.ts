import { digestOf, mayBeGone, type MessageItem, type ThreadItem } from '../messages/thread.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/** A1 the words of a message are those that its thread's audit chain recorded: each has the digest of an entry, made of what stands there now, and no number is missing. A thread past its end is TTL's, and nothing is said of it. */
export function checkMessages(books: Books): Violation[] {
  const found: Violation[] = []
  const messages = groupBy(books.of('message'), (item) => item['threadId'] as string)
  const chains = groupBy(
    books.of('audit').filter((entry) => String(entry['entity']).startsWith('thr_')),
    (entry) => entry['entity'] as string,
  )
  for (const item of books.of('thread')) {
    const thread = item as unknown as ThreadItem
    if (mayBeGone(thread, books.now)) continue
    const recorded = new Set((chains.get(thread.id) ?? []).map((entry) => entry['evidence']))
    const list = (messages.get(thread.id) ?? []).map((message) => message as unknown as MessageItem).sort((a, b) => a.number - b.number)
    if (list.some(({ number }, place) => number !== place + 1) || list.length !== thread.messages)
      found.push({ code: 'A1', at: where(item), says: 'its messages are not those it counts' })
    if (list.some((message) => (message as { expiresAt?: number }).expiresAt !== thread.expiresAt))
      found.push({ code: 'A1', at: where(item), says: 'some of its messages go before the others' })
    for (const message of list) {
      const digest = digestOf(message, message.number === 1 ? thread.title : undefined)
      if (digest !== message.digest || !recorded.has(digest))
        found.push({ code: 'A1', at: where(item), says: `the words of message ${message.number} are not those that were recorded` })
    }
  }
  return found
}
