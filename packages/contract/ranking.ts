import { isSameOffer, lettersOf, type Letters } from './likeness.ts'
import type { CourseRow, ProviderRecord, RunRow } from './snapshot.ts'
import { instantOf } from './time.ts'

/**
 * The recommended order of the catalog, and all that goes into it. Points are whole hundredths, 10,000 at most. Everything it is reckoned from stands in the published snapshot, so that anybody gets
 * the same order; it knows nothing of who looks (Provisions on algorithmic recommendation, arts. 16 and 17), and nothing that can be paid for: an offer that was paid for would have to be marked
 * 广告 (E-Commerce Law art. 40). A change of anything here is a new version.
 */
export const ranking = {
  version: 1,
  /** Stars: from one (0) to five (`most`). Below three ratings a course counts as `start` hundredths of a star. */
  stars: { most: 4_000, start: 380 },
  /** What is known of its provider over a year: taken off are the basis points of runs it cancelled, ten times those of upheld complaints among people who attended, and sanctions in force. To what is counted the `usual` is added, so that one bad day of a small provider is no verdict. */
  record: {
    most: 3_000,
    usual: { runs: 20, cancelledBp: 200, attended: 100, upheldBp: 10 },
    upheldTimes: 10,
    mostEach: 1_500,
    warning: 500,
    restriction: 1_500,
  },
  /** The soonest run with a free place: in registration, by the days to its first meeting; or opening within `opensWithin` days. */
  run: { most: 2_500, soonDays: 14, laterDays: 60, later: 1_500, opening: 1_000, openingADay: 20, opensWithin: 30, full: 300 },
  /** A course that was published lately, falling to nothing. */
  fresh: { most: 500, days: 30 },
} as const

/** The closed list of what is looked at; a test holds that the snapshot has nothing else that could be. */
export const rankInputs = ['ratings', 'provider-record', 'runs', 'made-on'] as const

export interface RankParts {
  stars: number
  record: number
  run: number
  fresh: number
  total: number
}

const dayMs = 86_400_000

interface Day {
  date: string
  start: string
  startMs: number
}
let lastDay: Day | undefined

/** A civil date as an instant, reckoned once for ten thousand courses. */
function dayOf(date: string): Day {
  if (lastDay?.date === date) return lastDay
  const start = instantOf(date, '00:00')
  lastDay = { date, start, startMs: Date.parse(start) }
  return lastDay
}

/** The points of a course on a civil date. In: its row, and what is published of its provider; nothing known counts as what is usual. */
export function rankParts(row: CourseRow, known: ProviderRecord | undefined, date: string): RankParts {
  const stars = starPoints(row)
  const record = recordPoints(known)
  const day = dayOf(date)
  const run = row.r.reduce((best, one) => Math.max(best, runPoints(one, day)), 0)
  const fresh = freshPoints(row.id, day)
  return { stars, record, run, fresh, total: stars + record + run + fresh }
}

function starPoints({ s }: CourseRow): number {
  const hundredths = s?.[1] ?? ranking.stars.start
  return Math.round(((hundredths - 100) * ranking.stars.most) / 400)
}

function recordPoints(known: ProviderRecord | undefined): number {
  const { most, usual, upheldTimes, mostEach, warning, restriction } = ranking.record
  const { runs = 0, cancelled = 0, attended = 0, upheld = 0, warnings = 0, restrictions = 0 } = known ?? {}
  const bp = (part: number, all: number, usualBp: number, beside: number) =>
    Math.round((part * 10_000 + usualBp * beside) / Math.max(1, all + beside))
  const cancelling = Math.min(mostEach, bp(cancelled, runs, usual.cancelledBp, usual.runs))
  const complaining = Math.min(mostEach, upheldTimes * bp(upheld, attended, usual.upheldBp, usual.attended))
  return Math.max(0, most - cancelling - complaining - warnings * warning - restrictions * restriction)
}

/** The points of one run; a course has those of its best, so that more runs bring nothing more. */
function runPoints([, opens, closes, first, , , , free]: RunRow, { start, startMs }: Day): number {
  const { most, soonDays, laterDays, later, opening, openingADay, opensWithin, full } = ranking.run
  if (opens >= closes || closes <= start) return 0
  if (free === 0) return full
  const days = (instant: string) => Math.floor((Date.parse(instant) - startMs) / dayMs)
  const opensIn = days(opens)
  if (opensIn > 0) return opensIn > opensWithin ? 0 : opening - openingADay * opensIn
  const past = Math.min(laterDays, Math.max(soonDays, days(first))) - soonDays
  return most - Math.round(((most - later) * past) / (laterDays - soonDays))
}

/** The id of a course says when it was made: 48 bits of time in Crockford's base 32. */
function freshPoints(id: string, { startMs }: Day): number {
  if (id.length !== 30) return 0
  const made = [...id.slice(4, 14)].reduce((sum, letter) => sum * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter), 0)
  const days = Math.ceil((startMs + dayMs - made) / dayMs) - 1
  if (days < 0 || days >= ranking.fresh.days) return 0
  return Math.round((ranking.fresh.most * (ranking.fresh.days - days)) / ranking.fresh.days)
}

const known = new WeakMap<CourseRow, Letters>()
function titleOf(row: CourseRow): Letters {
  const kept = known.get(row) ?? lettersOf(row.t)
  known.set(row, kept)
  return kept
}

/**
 * Courses that repeat another of the same provider, trade and level under nearly the same title. The first that was made among those that take people now keeps its place; the others
 * stand behind all courses that repeat nothing, so that a flood of offers pushes nobody down but itself, and brings its provider no place it had not.
 */
export function repeating(rows: readonly CourseRow[], date: string): Set<CourseRow> {
  const { start } = dayOf(date)
  const takes = new Map(
    rows.map((row) => [row, row.r.some(([, opens, closes, , , , , free]) => free > 0 && opens < closes && closes > start)]),
  )
  const behind = new Set<CourseRow>()
  for (const group of Map.groupBy(rows, ({ p, d, l }) => `${p} ${d} ${l}`).values()) {
    if (group.length === 1) continue
    const leaders: Letters[] = []
    const inTurn = group.toSorted((a, b) => Number(takes.get(b)) - Number(takes.get(a)) || (a.id < b.id ? -1 : 1))
    for (const row of inTurn) {
      const letters = titleOf(row)
      if (leaders.some((leader) => isSameOffer(leader, letters))) behind.add(row)
      else leaders.push(letters)
    }
  }
  return behind
}

/** A course in its place: its points, and whether it repeats another. */
interface Ranked<T> {
  entry: T
  parts: RankParts
  behind: boolean
}

/**
 * Courses in the recommended order on a civil date: what repeats nothing first, most points first; equal points by the soonest first meeting, then by a fixed shuffle of the ids. In: anything with a
 * row, and what is published of the providers by id.
 */
export function rank<T extends { row: CourseRow }>(
  entries: readonly T[],
  records: ReadonlyMap<string, ProviderRecord>,
  date: string,
): Ranked<T>[] {
  const behind = repeating(
    entries.map(({ row }) => row),
    date,
  )
  return entries
    .map((entry) => ({
      entry,
      parts: rankParts(entry.row, records.get(entry.row.p), date),
      behind: behind.has(entry.row),
      first: entry.row.r[0]?.[3] ?? '9',
      lot: shuffle(entry.row.id),
    }))
    .sort(
      (a, b) =>
        Number(a.behind) - Number(b.behind) ||
        b.parts.total - a.parts.total ||
        (a.first < b.first ? -1 : a.first > b.first ? 1 : a.lot - b.lot || (a.entry.row.id < b.entry.row.id ? -1 : 1)),
    )
}

/** FNV-1a of an id, so that equal courses do not stand in the order their providers made them. */
function shuffle(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193) >>> 0
  return hash
}

/** What is published of providers, by id. */
export function recordsIn(providers: readonly { id: string; q?: ProviderRecord | undefined }[]): Map<string, ProviderRecord> {
  return new Map(providers.flatMap(({ id, q }) => (q === undefined ? [] : [[id, q] as const])))
}
