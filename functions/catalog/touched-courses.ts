import { courseIdsOf } from '@skills/core/catalog/course.table.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/** An attribute as the stream has it, as far as it is read here. */
interface Attribute {
  S?: string
  M?: Record<string, Attribute>
}

/** A record of the table's stream, as far as it is read here. */
export interface StreamRecord {
  eventName?: string
  dynamodb?: { Keys?: Record<string, Attribute>; NewImage?: Record<string, Attribute>; OldImage?: Record<string, Attribute> }
}

/** Ids that records of the stream name, by what they are. */
interface Touched {
  courses: Set<string>
  runs: Set<string>
  providers: Set<string>
}

/** Reads off the records what was touched. Ledger lines and pointers say nothing that their head, run or course does not say too. */
function touchedBy(records: readonly StreamRecord[]): Touched {
  const touched: Touched = { courses: new Set(), runs: new Set(), providers: new Set() }
  for (const { eventName, dynamodb } of records) {
    const [kind = '', id = ''] = (dynamodb?.Keys?.['pk']?.S ?? '').split('#')
    const sk = dynamodb?.Keys?.['sk']?.S
    const image = dynamodb?.NewImage ?? dynamodb?.OldImage
    if (kind === 'COURSE') touched.courses.add(id)
    if (kind === 'SHARD' && sk === 'HEAD') touched.runs.add(id)
    if (kind === 'RUN') {
      const courseId = image?.['run']?.M?.['courseId']?.S
      if (courseId === undefined) touched.runs.add(id)
      else touched.courses.add(courseId)
    }
    // A new provider or venue has no courses yet; theirs come with records of their own.
    if (kind === 'PROVIDER' && sk === 'PROVIDER' && eventName !== 'INSERT') touched.providers.add(id)
    if (kind === 'VENUE' && eventName !== 'INSERT') {
      const providerId = image?.['venue']?.M?.['providerId']?.S
      if (providerId !== undefined) touched.providers.add(providerId)
    }
  }
  return touched
}

/** Whether records say that what is published of a provider's conduct may be another: its figures, or a sanction. */
export function concernsConduct(records: readonly StreamRecord[]): boolean {
  return records.some(({ dynamodb }) => {
    const [kind = ''] = (dynamodb?.Keys?.['pk']?.S ?? '').split('#')
    return kind === 'SANCTION' || (kind === 'PROVIDER' && dynamodb?.Keys?.['sk']?.S === 'QUALITY')
  })
}

/** The distinct courses behind the records. A run never changes its course, so what was read once is remembered. */
export function courseFinder(world: World) {
  const courseOf = new Map<string, string>()
  return async (records: readonly StreamRecord[]): Promise<string[]> => {
    const { courses, runs, providers } = touchedBy(records)
    if (courseOf.size > 50_000) courseOf.clear()
    const unknown = [...runs].filter((id) => !courseOf.has(id))
    const items = await readItems(
      world.table,
      unknown.map((id) => keys.run.key(id)),
    )
    for (const item of items.map(runOf)) if (item !== undefined) courseOf.set(item.run.id, item.run.courseId)
    const ofProviders = await Promise.all([...providers].map((id) => courseIdsOf(world.table, id)))
    const ofRuns = [...runs].map((id) => courseOf.get(id)).filter((id) => id !== undefined)
    return [...new Set([...courses, ...ofRuns, ...ofProviders.flat()])]
  }
}
