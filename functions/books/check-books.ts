import { checkBooks } from '@skills/core/books/books.table.ts'
import { sdkTimeouts } from '@skills/core/sdk-timeouts.ts'
import { openTable } from '@skills/core/table.ts'
import { realWorld } from '@skills/core/world.ts'

/** The most violations that are named in one answer; `broken` counts all. */
const mostNamed = 50

/**
 * Proves the invariants of seats, enrollments, audit chains and plumbing from the table alone, once a day and after every restore.
 * Out: how many items were read. Throws when something is broken, so that its alarm rings; the error names keys, never people's data.
 */
export async function handler(): Promise<{ items: number; broken: 0 }> {
  // A page of a scan is a megabyte: it may take longer than what a waiting worker is given.
  const table = openTable(process.env['TABLE'] ?? '', sdkTimeouts(30_000, 2_000))
  const { items, violations } = await checkBooks({ ...realWorld(), table })
  if (violations.length > 0) {
    const named = violations.slice(0, mostNamed).map(({ code, at, says }) => `${code} ${at}: ${says}`)
    throw new Error(`${violations.length} broken invariants in ${items} items\n${named.join('\n')}`)
  }
  return { items, broken: 0 }
}

if (import.meta.main) {
  try {
    const { items } = await handler()
    process.stdout.write(`账目正确 · the books add up: ${items} items read\n`)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
