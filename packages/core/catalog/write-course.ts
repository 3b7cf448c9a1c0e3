import { isDeepStrictEqual as same } from 'node:util'
import type { Course, Provider, Venue } from '@skills/contract/catalog.ts'
import type { World } from '../world.ts'
import { changeCourse, createCourse, type CourseItem } from './course.table.ts'
import { codeIn, type Existing } from './existing.table.ts'
import type { RowOutcome } from './import-report.ts'
import type { ImportRow } from './import-row.ts'
import { importedCourse, importedRun } from './imported.ts'
import type { RunItem } from './run-item.ts'
import { canResize, changeRun, createRun, readRun, readRunsOf, type RunCopies } from './run.table.ts'
import { crewSteps, readCrew } from '../scheduling/crew.table.ts'
import { sheetOpens } from './sheet-opens.ts'
import type { Step } from '../transact.ts'
import { writeRemark, type WriteRemarkCode } from './write-remarks.ts'

export interface GoodRow {
  row: number
  value: ImportRow
}

/** What the parts of one import share. `providers` and `venues` stand as the file wants them, with their ids. */
export interface Importing {
  world: World
  /** False in a dry run: everything is judged, nothing is written. */
  write: boolean
  /** Who imports, for the audit. */
  by: string
  existing: Existing
  providers: ReadonlyMap<string, Provider>
  venues: ReadonlyMap<string, Venue>
  outOfTime: () => boolean
  /** A provider's own import: its runs are planned, so that publishing asks for rooms and instructors. */
  planned?: boolean
}

type Word = 'created' | 'changed' | 'unchanged'
type Judged = Word | WriteRemarkCode

const mostTries = 4

/** The course's part of what its runs copy. */
export function copiesOf(course: Course, provider: Pick<Provider, 'name'>): Omit<RunCopies, 'venue'> {
  return {
    title: course.title,
    providerName: provider.name,
    conditions: course.conditions,
    family: course.family,
    trade: course.trade,
    level: course.level,
  }
}

/**
 * Writes (or in a dry run judges) one course with the runs of its rows; each in a transaction of its own, so that a bad run loses no good one.
 * A changed course is written after its runs: where this stops half way, the next import finds it still to be done.
 */
export async function writeCourse(importing: Importing, rows: readonly GoodRow[]): Promise<RowOutcome[]> {
  const [first] = rows
  if (first === undefined) return []
  const { world, existing, write, by } = importing
  const all = (code: WriteRemarkCode) => rows.map(({ row }): RowOutcome => ({ row, outcome: [writeRemark(row, code)] }))
  const { provider: said } = first.value
  const provider = importing.providers.get(said.code)
  if (provider === undefined) return all('changed-meanwhile')
  if (importing.outOfTime()) return all('out-of-time')

  const before = existing.courses.get(codeIn(said.code, first.value.course.code))
  const course = importedCourse(before?.course, first.value.course, provider.id, world.id)
  const word: Word =
    before === undefined ? 'created' : same(before.course, course) && same(before.providerName, provider.name) ? 'unchanged' : 'changed'
  if (write && before === undefined) {
    const made = await trying(() => createCourse(world, course, provider, { by, action: 'import' }))
    if (made === undefined) return all('not-written')
    if ('failed' in made) return all('changed-meanwhile')
  }

  const outcomes: RowOutcome[] = []
  for (const { row, value } of rows) {
    const judged =
      value.run === null
        ? word
        : importing.outOfTime()
          ? 'out-of-time'
          : ((await trying(() => writeRun(importing, value, course, provider))) ?? 'not-written')
    const outcome: Judged = judged === 'unchanged' && word === 'changed' ? 'changed' : judged
    outcomes.push({
      row,
      outcome: outcome === 'created' || outcome === 'changed' || outcome === 'unchanged' ? outcome : [writeRemark(row, outcome)],
    })
  }
  if (write && word === 'changed' && before !== undefined) {
    const done = await trying(() => refreshCourse(importing.world, before, course, provider, by))
    if (done !== true) return all(done === undefined ? 'not-written' : 'changed-meanwhile')
  }
  return outcomes
}

/** Brings every run of a course to what the course says now, then writes the course. False when somebody else changed it meanwhile. */
export async function refreshCourse(world: World, before: CourseItem, course: Course, provider: Provider, by: string): Promise<boolean> {
  const copies = copiesOf(course, provider)
  for (const run of await readRunsOf(world.table, course.id)) {
    if (!(await refreshRun(world, run, copies, by))) return false
  }
  const outcome = await changeCourse(world, before, { course, providerName: provider.name }, { by, action: 'import' })
  return !('failed' in outcome)
}

/** Writes changed copies into a run; nothing when they are as they should be. False when it kept being changed by others. */
export async function refreshRun(world: World, run: RunItem, copies: Partial<RunCopies>, by: string): Promise<boolean> {
  let before: RunItem | undefined = run
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    if (before === undefined) return true
    const after: RunCopies = { ...copiesIn(before), ...copies }
    if (same(after, copiesIn(before))) return true
    const outcome = await changeRun(world, { before, run: before.run, copies: after, by, action: 'import' }, null)
    if (!('failed' in outcome)) return true
    before = await readRun(world.table, run.run.id)
  }
  return false
}

const copiesIn = ({ title, providerName, venue, conditions, family, trade, level }: RunItem): RunCopies => ({
  title,
  providerName,
  venue,
  conditions,
  family,
  trade,
  level: level ?? null,
})

async function writeRun(
  importing: Importing,
  { run: said, venue: place, provider: { code: scope } }: ImportRow,
  course: Course,
  provider: Provider,
): Promise<Judged> {
  const { world, existing, write, by } = importing
  if (said === null) return 'unchanged'
  const venue = place === null ? null : (importing.venues.get(codeIn(scope, place.code)) ?? null)
  if (place !== null && venue === null) return 'changed-meanwhile'
  const copies: RunCopies = { ...copiesOf(course, provider), venue }
  let before = existing.runs.get(codeIn(scope, said.code))
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const run = importedRun(before?.run, said, { course, venue }, world.now(), world.id)
    const opening = await sheetOpens(importing, before, { run, trade: copies.trade })
    if (typeof opening === 'string') return opening
    if (before === undefined) {
      if (!write) return 'created'
      const after = { runId: run.id, providerId: run.providerId, assignments: [], rooms: [] }
      const crew = importing.planned === true ? crewSteps(world, { before: undefined, after, action: 'import', by }) : []
      const outcome = await createRun(world, run, copies, scope, { by, action: 'import' }, [...crew, ...opening])
      return 'failed' in outcome ? 'changed-meanwhile' : 'created'
    }
    if (before.run.courseId !== course.id) return 'run-of-another-course'
    const equal = same(before.run, run)
    if (equal && same(copiesIn(before), copies)) return 'unchanged'
    if (!equal && (before.run.state === 'completed' || before.run.state === 'cancelled')) return 'run-over'
    // Its rooms and instructors are booked for the hours that stand; a sheet knows of neither.
    if (!equal && (await readCrew(world.table, before.run.id)) !== undefined) return 'planned-in-console'
    const judged = await changedRun(importing, before, run, copies, opening)
    if (judged !== undefined) return judged
    before = await readRun(world.table, run.id)
  }
  return 'changed-meanwhile'
}

/** Changes a run, or in a dry run says what would come of it; undefined when it was changed meanwhile and must be judged anew. */
async function changedRun(
  { world, write, by }: Importing,
  before: RunItem,
  run: RunItem['run'],
  copies: RunCopies,
  more: readonly Step[],
): Promise<Judged | undefined> {
  if (!write) return (await canResize(world, before, run.capacity)) ? 'changed' : 'capacity-below-taken'
  const outcome = await changeRun(world, { before, run, copies, more, by, action: 'import' }, null)
  if (!('failed' in outcome)) return 'changed'
  return outcome.failed === 'capacity' ? 'capacity-below-taken' : undefined
}

/** Tries a write; undefined when the engine could not do it now. Errors of our own are not swallowed. */
export async function trying<T>(write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Error && '$metadata' in error) return undefined
    throw error
  }
}
