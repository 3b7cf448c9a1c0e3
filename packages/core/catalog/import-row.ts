import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import type { Course, EntryCondition, Provider, Run, Venue } from '@skills/contract/catalog.ts'
import type { Text } from '@skills/contract/text.ts'
import { CellReader, partsOf, type RowCells } from './import-cells.ts'
import { type ImportMeeting, meetingsOf } from './import-meetings.ts'
import { termOf, tradeOf } from './taxonomy.ts'

/** A run as a row gives it. `region` is where it is held; the row's venue is its venue when there is one. */
type ImportRun = Omit<Run, 'id' | 'courseId' | 'providerId' | 'venueId' | 'state' | 'meetings'> & {
  state: 'draft' | 'published'
  meetings: ImportMeeting[]
}

/**
 * A good row: contract fields without ids; codes say what belongs together (provider by its code, the others by provider and code).
 * A meeting whose `room` is not null is held at the row's venue. `venue.rooms` holds all rooms of that venue in the whole file.
 */
export interface ImportRow {
  provider: Omit<Provider, 'id'>
  venue: Omit<Venue, 'id' | 'providerId'> | null
  course: Omit<Course, 'id' | 'providerId' | 'state'> & { state: 'draft' | 'published' }
  run: ImportRun | null
}

/** Whether nothing of an object is missing; a missing value has left its remark. */
type Whole<T> = { [K in keyof T]: Exclude<T[K], undefined> }
const whole = <T extends object>(parts: T): parts is T & Whole<T> => !Object.values(parts).includes(undefined)

/** Cells of a row → its value, or everything that is wrong with it. */
export function readRow(row: RowCells): { value: ImportRow } | { remarks: ImportRemark[] } {
  const cells = new CellReader(row)
  const provider = readProvider(cells)
  const course = readCourse(cells)
  const venue = cells.has('runCode') ? readVenue(cells, provider.region) : null
  const run = cells.has('runCode') ? readRun(cells, provider.region, venue ?? null, course.state) : null
  if (cells.remarks.length > 0) return { remarks: cells.remarks }
  if (!whole(provider) || !whole(course) || venue === undefined || run === undefined) throw new Error('a bad cell without a remark')
  return { value: { provider, venue, course, run } }
}

function readProvider(cells: CellReader) {
  return {
    code: cells.needed('providerCode', (key) => cells.code(key)),
    name: cells.both('providerName', 'providerNameEn', 120),
    about: cells.both('providerAbout', 'providerAboutEn', 2000),
    region: cells.needed('providerRegion', (key) => cells.term(key, 'regions')),
  }
}

function readCourse(cells: CellReader) {
  const family = cells.needed('family', (key) => cells.term(key, 'families')) as Course['family'] | undefined
  const trade = cells.has('trade') ? cells.term('trade', tradeOf) : null
  const level = (cells.has('level') ? cells.term('level', 'levels') : null) as Course['level'] | undefined
  const conditions = readConditions(cells)
  if (family !== undefined) judgeFamily(cells, family, trade, level, conditions)
  return {
    code: cells.needed('courseCode', (key) => cells.code(key)),
    title: cells.both('title', 'titleEn', 120),
    summary: cells.both('summary', 'summaryEn', 4000),
    outcomes: readOutcomes(cells),
    audience: cells.both('audience', 'audienceEn', 1000),
    industry: cells.needed('industry', (key) => cells.term(key, 'industries')),
    trade,
    level,
    family,
    delivery: cells.needed('delivery', (key) => cells.term(key, 'deliveries')) as Course['delivery'] | undefined,
    languages: readLanguages(cells),
    theoryHours: cells.needed('theoryHours', (key) => cells.integer(key, 0, 2000)),
    practiceHours: cells.needed('practiceHours', (key) => cells.integer(key, 0, 2000)),
    feeFen: cells.needed('fee', (key) => cells.fen(key)),
    conditions,
    images: readImages(cells),
    state: cells.has('courseState') ? cells.state('courseState') : ('draft' as const),
  }
}

/** Families are never mixed: only a skill-level course has a level, and only a special-operations course has a trade of that catalogue. */
function judgeFamily(
  cells: CellReader,
  family: Course['family'],
  trade: string | null | undefined,
  level: string | null | undefined,
  conditions: EntryCondition[],
) {
  if (family === 'skill-level' && level === null) cells.note('level', 'level-missing')
  if (family !== 'skill-level' && typeof level === 'string') cells.note('level', 'level-not-for-family')
  if (trade === undefined) return
  const special = trade !== null && termOf('specialOperations', trade) !== undefined
  if (special !== (family === 'special-operations')) cells.note('trade', 'trade-not-for-family')
  // Order 30, art. 4, and the notice of 2018-12: of age, junior middle school, signed health commitment in place of a medical report.
  const met =
    conditions.some((one) => one.kind === 'age' && (one.min ?? 0) >= 18) &&
    conditions.some((one) => one.kind === 'education' && one.atLeast !== 'primary') &&
    conditions.some((one) => one.kind === 'health-commitment')
  if (family === 'special-operations' && !met) cells.note(null, 'special-operations-conditions')
}

function readConditions(cells: CellReader): EntryCondition[] {
  const conditions: EntryCondition[] = []
  const min = cells.integer('ageMin', 14, 100)
  const max = cells.integer('ageMax', 14, 100)
  if (min !== undefined && max !== undefined && max < min) cells.note('ageMax', 'age-range')
  if (min !== undefined || max !== undefined) {
    conditions.push({ kind: 'age', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) })
  }
  const education = cells.term('education', 'educations')
  if (education !== undefined) conditions.push({ kind: 'education', atLeast: education as 'primary' })
  if (cells.yes('health')) conditions.push({ kind: 'health-commitment' })
  for (const part of partsOf(cells.text('certificate') ?? '')) {
    const [name = '', levelName] = part.split(/[:：]/)
    const trade = tradeOf(name)
    const level = levelName === undefined ? undefined : termOf('levels', levelName)
    if (trade === undefined || (levelName !== undefined && level === undefined)) cells.note('certificate', 'unknown-term')
    else conditions.push({ kind: 'certificate', trade: trade.code, ...(level === undefined ? {} : { level: level.code as 'level-5' }) })
  }
  return conditions
}

function readOutcomes(cells: CellReader): Text[] | undefined {
  const zh = partsOf(cells.text('outcomes', 4000) ?? '')
  const en = partsOf(cells.text('outcomesEn', 4000) ?? '')
  if (en.length > 0 && en.length !== zh.length) return cells.note('outcomesEn', 'outcomes-differ')
  return zh.map((text, index) => ({ zh: text, en: en[index] ?? text }))
}

/** The picture of a course: an address on this site (pages load nothing from elsewhere), its size, and what it shows. None is fine: then drawn art stands in. */
function readImages(cells: CellReader): Course['images'] | undefined {
  if (!cells.has('image')) return []
  const [, src, width, height] =
    /^(\/[A-Za-z0-9/_-]+\.(?:svg|png|jpe?g|webp|avif)) (\d{2,4})[x×](\d{2,4})$/.exec(cells.text('image', 200) ?? '') ?? []
  if (src === undefined || !cells.has('imageAlt')) return cells.note('image', 'image')
  const alt = cells.both('imageAlt', 'imageAltEn', 200)
  return alt === undefined ? undefined : [{ src, width: Number(width), height: Number(height), alt }]
}

function readLanguages(cells: CellReader): ('zh' | 'en')[] | undefined {
  const text = cells.text('languages')?.toLowerCase() ?? 'zh'
  const zh = /zh|中|双语|汉/.test(text)
  const en = /en|英|双语/.test(text)
  if (!zh && !en) return cells.note('languages', 'language')
  return [...(zh ? (['zh'] as const) : []), ...(en ? (['en'] as const) : [])]
}

/** The venue of a run with the one room of its row; null when the row names no venue. */
function readVenue(cells: CellReader, providerRegion: string | undefined): ImportRow['venue'] | undefined {
  if (!cells.has('venueCode')) return null
  const region = cells.has('runRegion') ? cells.term('runRegion', 'regions') : providerRegion
  const room = {
    name: cells.needed('room', (key) => cells.text(key, 60)),
    capacity: cells.needed('roomCapacity', (key) => cells.integer(key, 1, 5000)),
  }
  const equipment = partsOf(cells.text('equipment', 1000) ?? '')
  const venue = {
    code: cells.code('venueCode'),
    name: cells.both('venueName', 'venueNameEn', 120),
    address: cells.both('address', 'addressEn', 300),
    region,
  }
  return whole(venue) && whole(room) ? { ...venue, rooms: [{ ...room, equipment }] } : undefined
}

function readRun(
  cells: CellReader,
  providerRegion: string | undefined,
  venue: ImportRow['venue'],
  courseState: string | undefined,
): ImportRun | undefined {
  const run = {
    code: cells.code('runCode'),
    name: cells.both('runName', 'runNameEn', 120),
    state: cells.has('runState') ? cells.state('runState') : ('draft' as const),
    opensAt: cells.needed('opens', (key) => cells.instant(key)),
    closesAt: cells.needed('closes', (key) => cells.instant(key)),
    capacity: cells.needed('capacity', (key) => cells.integer(key, 1, 5000)),
    priceFen: cells.needed('price', (key) => cells.fen(key)),
    cancelUntilMinutes: cells.has('cancelHours') ? hours(cells.integer('cancelHours', 0, 720)) : 24 * 60,
    region: cells.has('runRegion') && venue === null ? cells.term('runRegion', 'regions') : (venue?.region ?? providerRegion),
    meetings: readMeetings(cells, venue),
  }
  if (!whole(run)) return undefined
  const room = venue?.rooms[0]
  if (run.closesAt <= run.opensAt) cells.note('closes', 'closes-before-opens')
  if (run.closesAt > run.meetings[0]!.startsAt) cells.note('closes', 'closes-after-start')
  if (room && run.meetings.some((meeting) => meeting.room !== null) && run.capacity > room.capacity)
    cells.note('capacity', 'above-room', { max: room.capacity })
  if (run.state === 'published' && courseState === 'draft') cells.note('runState', 'published-in-draft')
  return run
}

const hours = (count: number | undefined) => (count === undefined ? undefined : count * 60)

function readMeetings(cells: CellReader, venue: ImportRow['venue']): ImportMeeting[] | undefined {
  const text = cells.needed('meetings', (key) => cells.text(key, 4000))
  if (text === undefined) return undefined
  const placed = meetingsOf(text, venue?.rooms[0]?.name ?? null)
  if (!Array.isArray(placed)) return cells.note('meetings', placed.code, placed.values)
  const homeless = placed.some((meeting) => meeting.room === null && meeting.kind !== 'live' && meeting.kind !== 'video')
  return homeless && !cells.has('venueCode') ? cells.note('venueCode', 'venue-needed') : placed
}
