import { createHash } from 'node:crypto'
import type { Course, Provider, Run, Venue } from '@skills/contract/catalog.ts'
import { rank } from '@skills/contract/ranking.ts'
import type { CatalogIndex, CourseRow, CourseSnapshot, ProviderRecord, RunRow } from '@skills/contract/snapshot.ts'
import { dateAt } from '@skills/contract/time.ts'
import { pinyin } from 'pinyin-pro'
import { firstMeeting, lastMeeting } from './run.ts'
import { contentVersion, stableText } from './stable-text.ts'

/** What is public of a course, as read from the table. */
export interface PublicCourse {
  course: Course
  provider: Provider
  venues: Venue[]
  runs: { run: Run; free: number }[]
  /** How it was rated; left out: not at all. */
  ratings?: { count: number; overallHundredths: number | null }
}

/** How many parts the rows of the catalog are kept in. A course never changes its part. */
const parts = 8
export const partNames = Array.from({ length: parts }, (_, part) => String(part).padStart(2, '0'))

/** The part a course's row belongs to. */
export function partOf(courseId: string): string {
  const byte = createHash('sha256').update(courseId).digest()[0] ?? 0
  return partNames[byte % parts] as string
}

/** What a course page shows, runs by their first meeting. Drafts and what is over are left out; a cancelled run is told until it would have been over. */
export function courseSnapshot({ course, provider, venues, runs }: PublicCourse, now: string): CourseSnapshot {
  const shown = runs
    .filter(({ run }) => run.state !== 'draft' && run.state !== 'completed' && (run.state !== 'cancelled' || now < lastMeeting(run)))
    .sort(byFirstMeeting)
  const named = new Set(shown.flatMap(({ run }) => [run.venueId, ...run.meetings.map((meeting) => meeting.venueId)]))
  const content = { course, provider, venues: venues.filter(({ id }) => named.has(id)), runs: shown }
  return { version: contentVersion(stableText(content)), publishedAt: now, ...content }
}

/** The course as the browsable catalog holds it. */
export function courseRow({ course, provider, runs, ratings }: PublicCourse): CourseRow {
  return {
    id: course.id,
    t: course.title.zh,
    e: course.title.en,
    i: initials(course.title.zh),
    p: provider.id,
    n: course.industry,
    d: course.trade,
    l: course.level,
    f: course.family,
    v: course.delivery,
    g: course.languages.join(','),
    h: course.theoryHours + course.practiceHours,
    c: course.feeFen,
    m: course.images[0]?.src ?? null,
    ...(ratings === undefined || ratings.count === 0 ? {} : { s: [ratings.count, ratings.overallHundredths] as [number, number | null] }),
    r: runs
      .filter(({ run }) => run.state !== 'draft' && run.state !== 'completed' && run.state !== 'cancelled')
      .sort(byFirstMeeting)
      .map(runRow),
  }
}

/** The pinyin initials of a title, lower case, without blanks and signs: 低压电工作业 → dydgzy. Latin letters and digits stay. */
export function initials(title: string): string {
  return pinyin(title, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

function runRow({ run, free }: PublicCourse['runs'][number]): RunRow {
  // Registration that was shut before its time leaves an empty window, so that browsing by the clock finds it closed.
  const shut = run.state === 'registration-closed' || run.state === 'running'
  const closes = shut ? run.opensAt : run.closesAt
  return [run.id, run.opensAt, closes, firstMeeting(run), lastMeeting(run), run.priceFen, run.capacity, free, run.region]
}

function byFirstMeeting(one: { run: Run }, other: { run: Run }): number {
  const [a, b] = [firstMeeting(one.run) + one.run.id, firstMeeting(other.run) + other.run.id]
  return a < b ? -1 : a > b ? 1 : 0
}

/** A row as it is kept for the row files: its part, its text as it will stand in a file, its provider's name. */
export interface KeptRow {
  part: string
  row: CourseRow
  text: string
  provider: { id: string; name: Provider['name'] }
}

/** The first file of the catalog is what a phone loads before anything shows: at most so many courses and so many bytes. */
const frontCourses = 200
const frontBytes = 110_000

export interface CatalogFiles {
  index: Omit<CatalogIndex, 'publishedAt'>
  /** Texts of the row files by their names. */
  files: Map<string, () => string>
}

/**
 * The files of the whole catalog: `rows-0` with the courses that stand first in the recommended order (`contract/ranking.ts`), in that order; the others by parts; no course twice. Names hold the hash
 * of the content, so equal catalogs have equal files. In: the rows, what is published of their providers, and the instant, of which only the date counts.
 */
export function catalogFiles(rows: readonly KeptRow[], records: ReadonlyMap<string, ProviderRecord>, now: string): CatalogFiles {
  const front: KeptRow[] = []
  let bytes = 0
  for (const { entry } of rank(rows, records, dateAt(now)).slice(0, frontCourses)) {
    bytes += Buffer.byteLength(entry.text) + 1
    if (bytes > frontBytes) break
    front.push(entry)
  }
  const inFront = new Set(front)
  const rest = Map.groupBy(
    rows.filter((kept) => !inFront.has(kept)),
    ({ part }) => part,
  )
  const files = new Map<string, () => string>()
  const named = [front, ...partNames.map((part) => rest.get(part) ?? [])].flatMap((group, place) => {
    if (group.length === 0) return []
    const texts = place === 0 ? group : group.toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1))
    const list = texts.map(({ text }) => text).join(',')
    const version = contentVersion(list)
    const file = `rows-${place}-${version}.json`
    files.set(file, () => `{"version":"${version}","rows":[${list}]}`)
    return [{ file, courses: group.length }]
  })
  const providers = [...new Map(rows.map(({ provider }) => [provider.id, provider])).values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((provider) => ({ ...provider, ...recordOf(records.get(provider.id)) }))
  const runs = rows.reduce((sum, { row }) => sum + row.r.length, 0)
  return { index: { version: contentVersion(stableText([named, providers])), courses: rows.length, runs, rows: named, providers }, files }
}

const recordOf = (record: ProviderRecord | undefined) => (record === undefined ? {} : { q: record })
