import { keys } from '../keys.ts'
import { readItems, type Key } from '../table.ts'
import type { World } from '../world.ts'
import type { CourseItem, ProviderItem, VenueItem } from './course.table.ts'
import type { ImportRow } from './import-row.ts'
import type { RunItem } from './run-item.ts'

/** What the table has under the natural codes of an import: providers by code, everything else by `<provider code> <code>`. */
export interface Existing {
  providers: Map<string, ProviderItem>
  venues: Map<string, VenueItem>
  courses: Map<string, CourseItem>
  runs: Map<string, RunItem>
}

export const codeIn = (providerCode: string, code: string) => `${providerCode} ${code}`

interface Wanted {
  place: string
  code: Key
  item: (id: string) => Key
}

/** Reads in bulk what the rows of an import name and the table knows already. */
export async function readExisting(world: World, rows: readonly ImportRow[]): Promise<Existing> {
  const wanted = {
    providers: new Map<string, Wanted>(),
    venues: new Map<string, Wanted>(),
    courses: new Map<string, Wanted>(),
    runs: new Map<string, Wanted>(),
  }
  for (const { provider, venue, course, run } of rows) {
    const scope = provider.code
    wanted.providers.set(scope, { place: scope, code: keys.code.key('provider', 'all', scope), item: keys.provider.key })
    const add = (kind: 'venue' | 'course' | 'run', code: string, item: (id: string) => Key) =>
      wanted[`${kind}s`].set(codeIn(scope, code), { place: codeIn(scope, code), code: keys.code.key(kind, scope, code), item })
    if (venue !== null) add('venue', venue.code, keys.venue.key)
    add('course', course.code, keys.course.key)
    if (run !== null) add('run', run.code, keys.run.key)
  }
  const found = async <T>(kind: keyof typeof wanted) => (await readWanted(world, [...wanted[kind].values()])) as Map<string, T>
  const [providers, venues, courses, runs] = await Promise.all([
    found<ProviderItem>('providers'),
    found<VenueItem>('venues'),
    found<CourseItem>('courses'),
    found<RunItem>('runs'),
  ])
  return { providers, venues, courses, runs }
}

async function readWanted(world: World, wanted: readonly Wanted[]): Promise<Map<string, unknown>> {
  const guards = await readItems(
    world.table,
    wanted.map(({ code }) => code),
  )
  const known = wanted.flatMap(({ place, item }, index) => {
    const id = guards[index]?.['id']
    return typeof id === 'string' ? [{ place, key: item(id) }] : []
  })
  const items = await readItems(
    world.table,
    known.map(({ key }) => key),
  )
  return new Map(known.flatMap(({ place }, index): [string, unknown][] => (items[index] === undefined ? [] : [[place, items[index]]])))
}
