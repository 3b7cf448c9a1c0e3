import { revealDigest, type RevealItem } from '../roster/reveal.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/**
 * A4 whoever opened a learner's name or number stands in her record and in the audit alike: each look-up has its entry, whose digest is of its words, and each entry its look-up.
 */
export function checkReveals(books: Books): Violation[] {
  const found: Violation[] = []
  const entries = groupBy(
    books.of('audit').filter((item) => String(item['entity']).endsWith('/REVEALS')),
    (item) => `${String(item['entity'])} ${String(item['version'])}`,
  )
  const named = new Set<string>()
  for (const item of books.of('reveal')) {
    const reveal = item as unknown as RevealItem
    const name = `${reveal.entity} ${reveal.version}`
    named.add(name)
    const entry = entries.get(name)?.[0]
    if (entry?.['hash'] !== reveal.auditHash || entry['evidence'] !== revealDigest(reveal) || entry['by'] !== reveal.by)
      found.push({ code: 'A4', at: where(item), says: 'the look-up is not what its audit entry says' })
  }
  for (const [name, [entry]] of entries)
    if (!named.has(name) && entry !== undefined)
      found.push({ code: 'A4', at: where(entry), says: 'a look-up was recorded that its person cannot see' })
  return found
}
