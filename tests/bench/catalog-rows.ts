import type { Provider } from '@skills/contract/catalog.ts'
import { readImport } from '@skills/core/catalog/import-read.ts'
import { importedCourse, importedProvider, importedRun, importedVenue } from '@skills/core/catalog/imported.ts'
import { courseRow, partOf, type KeptRow, type PublicCourse } from '@skills/core/catalog/publish.ts'
import { composeMany } from '@skills/local/demo/compose-many.ts'
import { ulid } from 'ulid'
import { prefixes, type Kind } from '@skills/contract/ids.ts'
import { seeded } from '../test-world.ts'

/** The published rows of so many courses, through the real reader, rules and row maker; only the table between them is left out. */
export async function publishedRows(courses: number, today: string): Promise<KeptRow[]> {
  const random = seeded(1)
  const newId = (kind: Kind) => `${prefixes[kind]}_${ulid(Date.parse(today), random)}`
  const { good } = await readImport(new TextEncoder().encode(composeMany(courses, 1, today)))
  const providers = new Map<string, Provider>()
  const byCode = new Map<string, PublicCourse>()
  for (const { value } of good) {
    const provider = providers.get(value.provider.code) ?? importedProvider(undefined, value.provider, newId)
    providers.set(value.provider.code, provider)
    const code = `${provider.code} ${value.course.code}`
    const known = byCode.get(code) ?? {
      course: importedCourse(undefined, value.course, provider.id, newId),
      provider,
      venues: [],
      runs: [],
    }
    byCode.set(code, known)
    const venue = value.venue === null ? null : importedVenue(undefined, value.venue, provider.id, newId)
    if (venue !== null) known.venues.push(venue)
    if (value.run !== null) {
      const run = importedRun(undefined, value.run, { course: known.course, venue }, `${today}T02:00:00.000Z`, newId)
      known.runs.push({ run, free: Math.floor(random() * run.capacity) })
    }
  }
  return [...byCode.values()].map((one) => {
    const row = courseRow(one)
    return { part: partOf(row.id), row, text: JSON.stringify(row), provider: { id: one.provider.id, name: one.provider.name } }
  })
}
