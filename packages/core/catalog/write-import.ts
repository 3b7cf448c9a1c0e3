import { isDeepStrictEqual as same } from 'node:util'
import type { ImportReport } from '@skills/contract/catalog.routes.ts'
import type { Provider, Venue } from '@skills/contract/catalog.ts'
import { atOnce } from '../at-once.ts'
import type { World } from '../world.ts'
import { codeIn, readExisting } from './existing.table.ts'
import type { ReadImport } from './import-read.ts'
import { importReport, type RowOutcome } from './import-report.ts'
import { importedProvider, importedVenue } from './imported.ts'
import { changeProvider, changeVenue, courseIdsOf, createProvider, createVenue, readCourse } from './course.table.ts'
import { ownRows } from './own-rows.ts'
import { readRunsOf } from './run.table.ts'
import { refreshCourse, refreshRun, trying, writeCourse, type GoodRow, type Importing } from './write-course.ts'
import { writeRemark, type WriteRemarkCode } from './write-remarks.ts'

export interface ImportSettings {
  /** False: a dry run, which reads only. */
  write: boolean
  /** Who imports: a person's id or `system:<what>`. */
  by: string
  /** Rows not reached after so many milliseconds are left for the next import of the same file. */
  budgetMs?: number
  /** The providers that somebody imports for as their manager; left out: an operator, who may write all. */
  own?: ReadonlySet<string>
}

const coursesAtOnce = 8

/**
 * Writes an import, or judges it in a dry run. In: the file as `readImport` gave it. Out: the report, each row counted once. Natural codes are guarded,
 * so the same file again changes nothing and a broken-off import goes on where it stopped. Each provider, venue, course and run is
 * a transaction of its own: one bad row loses no good one.
 */
export async function writeImport(world: World, read: ReadImport, settings: ImportSettings): Promise<ImportReport> {
  const importId = world.id('import')
  const started = world.tick()
  const existing = await readExisting(
    world,
    read.good.map(({ value }) => value),
  )
  const providers = new Map<string, Provider>()
  const venues = new Map<string, Venue>()
  const importing: Importing = {
    world,
    write: settings.write,
    by: settings.by,
    existing,
    providers,
    venues,
    outOfTime: () => settings.budgetMs !== undefined && world.tick() - started > settings.budgetMs,
    planned: settings.own !== undefined,
  }
  const { rows, refused } = settings.own === undefined ? { rows: read.good, refused: [] } : ownRows(read.good, existing, settings.own)
  await writePlaces(importing, rows, providers, venues)

  const groups = Map.groupBy(rows, ({ value }) => codeIn(value.provider.code, value.course.code))
  const outcomes = (await all([...groups.values()], (parts) => writeCourse(importing, parts))).flat()
  await changePlaces(importing, rows, outcomes)
  return importReport({ importId, written: settings.write, read, outcomes: [...outcomes, ...refused] })
}

/** Creates the providers and venues that are new. What could not be created is left out, and its rows are told so. */
async function writePlaces(
  importing: Importing,
  good: readonly GoodRow[],
  providers: Map<string, Provider>,
  venues: Map<string, Venue>,
): Promise<void> {
  const { world, existing, write, by } = importing
  const sure = async (create: () => Promise<object>) => {
    const outcome = write ? await trying(create) : {}
    return outcome !== undefined && !('failed' in outcome)
  }
  const first = firstRows(good)
  await all([...first.providers], async ([code, { value }]) => {
    const before = existing.providers.get(code)?.provider
    const provider = importedProvider(before, value.provider, world.id)
    if (before !== undefined || (await sure(() => createProvider(world, provider, { by, action: 'import' })))) providers.set(code, provider)
  })
  await all([...first.venues], async ([place, { value }]) => {
    const provider = providers.get(value.provider.code)
    if (provider === undefined || value.venue === null) return
    const before = existing.venues.get(place)?.venue
    const venue = importedVenue(before, value.venue, provider.id, world.id)
    if (before !== undefined || (await sure(() => createVenue(world, venue, provider.code, { by, action: 'import' }))))
      venues.set(place, venue)
  })
}

/**
 * Brings changed providers and venues into the table, last of all: first their copies in courses and runs that the file did not name,
 * then they themselves, so that an import that stops before finds them still to be done. Their first row counts as changed.
 */
async function changePlaces(importing: Importing, good: readonly GoodRow[], outcomes: RowOutcome[]): Promise<void> {
  const { world, existing, write, by } = importing
  const first = firstRows(good)
  const tell = (row: number, done: Everywhere | undefined) => {
    const told = outcomes.find((one) => one.row === row)
    if (told === undefined || Array.isArray(told.outcome)) return
    if (done !== 'done') told.outcome = [writeRemark(row, done ?? 'not-written')]
    else if (told.outcome === 'unchanged') told.outcome = 'changed'
  }
  const inTime = async (change: () => Promise<Everywhere>): Promise<Everywhere | undefined> => {
    if (importing.outOfTime()) return 'out-of-time'
    return write ? trying(change) : 'done'
  }
  for (const [place, { row }] of first.venues) {
    const before = existing.venues.get(place)
    const venue = importing.venues.get(place)
    if (before === undefined || venue === undefined || same(before.venue, venue)) continue
    const change = async (): Promise<Everywhere> => {
      const done = await changeVenueEverywhere(importing, venue)
      if (done !== 'done') return done
      return 'failed' in (await changeVenue(world, before, venue, { by, action: 'import' })) ? 'changed-meanwhile' : 'done'
    }
    tell(row, await inTime(change))
  }
  for (const [code, { row }] of first.providers) {
    const before = existing.providers.get(code)
    const provider = importing.providers.get(code)
    if (before === undefined || provider === undefined || same(before.provider, provider)) continue
    const change = async (): Promise<Everywhere> => {
      const done = same(before.provider.name, provider.name) ? 'done' : await renameEverywhere(importing, provider)
      if (done !== 'done') return done
      return 'failed' in (await changeProvider(world, before, provider, { by, action: 'import' })) ? 'changed-meanwhile' : 'done'
    }
    tell(row, await inTime(change))
  }
}

/** How far a change got that reaches every course of a provider. */
type Everywhere = 'done' | Extract<WriteRemarkCode, 'out-of-time' | 'changed-meanwhile'>

function renameEverywhere(importing: Importing, provider: Provider): Promise<Everywhere> {
  const { world, by } = importing
  return everywhere(importing, provider.id, async (courseId) => {
    const item = await readCourse(world.table, courseId)
    return item === undefined || same(item.providerName, provider.name) || refreshCourse(world, item, item.course, provider, by)
  })
}

function changeVenueEverywhere(importing: Importing, venue: Venue): Promise<Everywhere> {
  const { world, by } = importing
  return everywhere(importing, venue.providerId, async (courseId) => {
    const runs = (await readRunsOf(world.table, courseId)).filter(({ run }) => run.venueId === venue.id)
    for (const run of runs) if (!(await refreshRun(world, run, { venue }, by))) return false
    return true
  })
}

/** Changes every course of a provider, looking at the time before each. What was changed is found as it should be by the next import. */
async function everywhere(
  { world, outOfTime }: Importing,
  providerId: string,
  change: (courseId: string) => Promise<boolean>,
): Promise<Everywhere> {
  const done = await all(await courseIdsOf(world.table, providerId), async (courseId): Promise<Everywhere> => {
    if (outOfTime()) return 'out-of-time'
    return (await change(courseId)) ? 'done' : 'changed-meanwhile'
  })
  return done.find((one) => one !== 'done') ?? 'done'
}

/** Does the work for every item; the first error is thrown when all have had their turn. */
async function all<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const { answers, failed } = await atOnce(items, coursesAtOnce, work)
  if (failed[0] !== undefined) throw failed[0].error
  return answers
}

/** The first row that names a provider or venue. */
function firstRows(good: readonly GoodRow[]) {
  const providers = new Map<string, GoodRow>()
  const venues = new Map<string, GoodRow>()
  for (const one of good) {
    const { provider, venue } = one.value
    if (!providers.has(provider.code)) providers.set(provider.code, one)
    if (venue !== null && !venues.has(codeIn(provider.code, venue.code))) venues.set(codeIn(provider.code, venue.code), one)
  }
  return { providers, venues }
}
