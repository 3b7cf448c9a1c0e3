import type { Venue } from '@skills/contract/catalog.ts'
import { codeIn, type Existing } from './existing.table.ts'
import type { RowOutcome } from './import-report.ts'
import type { ImportRow } from './import-row.ts'
import type { GoodRow } from './write-course.ts'
import { writeRemark, type WriteRemarkCode } from './write-remarks.ts'

/**
 * The rows of a provider's own import: only its courses and runs, in venues and rooms it was approved with. What the file says of provider and venue is left aside (both are reviewed), courses and runs come in
 * as drafts. Out: the rows as they may be written, and the remarks on the others.
 */
export function ownRows(
  good: readonly GoodRow[],
  existing: Existing,
  own: ReadonlySet<string>,
): { rows: GoodRow[]; refused: RowOutcome[] } {
  const rows: GoodRow[] = []
  const refused: RowOutcome[] = []
  for (const { row, value } of good) {
    const judged = ownRow(value, existing, own)
    if (typeof judged === 'string') refused.push({ row, outcome: [writeRemark(row, judged)] })
    else rows.push({ row, value: judged })
  }
  return { rows, refused }
}

function ownRow(value: ImportRow, existing: Existing, own: ReadonlySet<string>): ImportRow | WriteRemarkCode {
  const { code } = value.provider
  const known = existing.providers.get(code)?.provider
  if (known === undefined || !own.has(known.id)) return 'not-your-provider'
  const { id: _, ...provider } = known
  const course = { ...value.course, state: 'draft' as const }
  if (value.run === null) return { provider, venue: null, course, run: null }
  const run = { ...value.run, state: 'draft' as const }
  if (value.venue === null) return { provider, venue: null, course, run }
  const place = existing.venues.get(codeIn(code, value.venue.code))?.venue
  if (place === undefined) return 'venue-unknown'
  const named = new Set(place.rooms.map(({ name }) => name))
  if (run.meetings.some(({ room }) => room !== null && !named.has(room))) return 'venue-unknown'
  return { provider, venue: withoutIds(place), course, run }
}

function withoutIds({ id: _, providerId: __, ...venue }: Venue): NonNullable<ImportRow['venue']> {
  return venue
}
