import type { Venue } from '@skills/contract/catalog.ts'
import { instantOf } from '@skills/contract/time.ts'
import type { History } from '@skills/core/audit.ts'
import { openBooks } from '@skills/core/books/books.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { withoutPlan } from '@skills/core/books/planning-books.ts'
import { changeVenue } from '@skills/core/catalog/course.table.ts'
import { keys } from '@skills/core/keys.ts'
import type { Crew } from '@skills/core/scheduling/crew.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { readItem, type Item } from '@skills/core/table.ts'
import { reportIllness } from '@skills/functions/instructor/report-illness.ts'
import { saveAvailability } from '@skills/functions/instructor/save-availability.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { always, fresh, makeTeacher } from '../instructor/instructor-scene.ts'
import { engage } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { itemOf, makePlace, publishedRun } from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
/** The table as the run was published; once its instructor fell ill for the first of four meetings; once somebody else had accepted that one. */
let clean: Item[]
let ill: Item[]
let mended: Item[]
/** The last of these, where the other room of the venue was made smaller; and where its own was. */
let otherRoom: Item[]
let ownRoom: Item[]
let instructorId: string

beforeAll(async () => {
  const started = await startTable('planning-books')
  stop = started.stop
  world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
  const place = await makePlace(world)
  const { runId, teacher } = await publishedRun(world, place)
  instructorId = teacher.instructorId
  clean = await scanned()

  world.moveTo('2026-12-01T03:00:00.000Z')
  const first = ((await readCrew(world.table, runId)) as Crew).assignments[0]
  if (first === undefined) throw new Error('nobody teaches')
  const { actor } = teacher
  await reportIllness(world, { actor, command: fresh('reportIllness'), params: { runId }, body: { bookingIds: [first.bookingId] } })
  await saveAvailability(world, { actor, command: fresh('saveAvailability'), body: always })
  ill = await scanned()

  world.moveTo('2026-12-01T04:00:00.000Z')
  await engage(world, await itemOf(world, runId), await makeTeacher(world), [first.meetingId])
  mended = await scanned()

  otherRoom = await shrunk(place.venue, '102', 5)
  ownRoom = await shrunk(
    { ...place.venue, rooms: place.venue.rooms.map((room) => (room.name === '102' ? { ...room, capacity: 5 } : room)) },
    '101',
    10,
  )
})
afterAll(() => stop())

const scanned = async () => (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
async function shrunk(venue: Venue, name: string, capacity: number): Promise<Item[]> {
  const before = (await readItem(world.table, keys.venue.key(venue.id))) as unknown as History & { venue: Venue }
  const rooms = venue.rooms.map((room) => (room.name === name ? { ...room, capacity } : room))
  await changeVenue(world, before, { ...venue, rooms }, { by: 'system:test', action: 'import' })
  return scanned()
}

type Spoil = (items: Item[]) => Item[]
const change =
  (sk: string, by: (item: Item) => Item): Spoil =>
  (items) =>
    items.map((item) => (item.sk === sk ? by(item) : item))
const both =
  (...spoils: Spoil[]): Spoil =>
  (items) =>
    spoils.reduce((all, spoil) => spoil(all), items)
/** What H4 says of items at an instant. */
const says = (items: Item[], spoil: Spoil = (all) => all, now = world.now()) =>
  violations(spoil(structuredClone(items)), now).flatMap(({ code, says: text }) =>
    code === 'H4' ? [text.replace(/mtg_\w+/, 'a meeting')] : [],
  )

const run = (more: object) => change('RUN', (item) => ({ ...item, run: { ...(item['run'] as object), ...more } }))
const meetingsOf = (items: Item[]) =>
  (items.find(({ sk }) => sk === 'RUN')?.['run'] as { meetings: { id: string }[] }).meetings.map(({ id }) => id)
/** Nobody teaches the meeting at a place any more, and no entry says why. */
const untaught =
  (place: number): Spoil =>
  (items) => {
    const id = meetingsOf(items)[place]
    return change('CREW', (item) => ({
      ...item,
      assignments: (item as unknown as Crew).assignments.filter(({ meetingId }) => meetingId !== id),
    }))(items)
  }
const vanished = 'somebody accepted a meeting, never left and does not teach it'
const unqualified = 'nobody who is qualified teaches a meeting'
const noRoom = 'a meeting has no room that fits'
const four = (text: string) => Array.from({ length: 4 }, () => text)
/** An entry in somebody's chain after the run was published. */
const entry =
  (action: string): Spoil =>
  (items) => [
    ...items,
    { pk: `AUDIT#${instructorId}`, sk: '00000099', entity: instructorId, version: 99, action, at: '2026-12-01T05:00:00.000Z' },
  ]

describe('the books of planned runs', () => {
  it('find nothing where a run was published as it should be, where somebody fell ill, was replaced, and where a room was lost', () => {
    for (const items of [clean, ill, mended, otherRoom, ownRoom]) expect(violations(items, world.now())).toEqual([])
  })

  it.each<[string, Spoil]>([
    ['a public run of a provider that was never approved', (items) => items.filter(({ sk }) => sk !== 'STANDING')],
    ['a public run without a crew', (items) => items.filter(({ sk }) => sk !== 'CREW')],
    ['a meeting without its room', change('CREW', (item) => ({ ...item, rooms: [] }))],
    ['a meeting that nobody teaches', change('CREW', (item) => ({ ...item, assignments: [] }))],
    ['more seats than the room has places', run({ capacity: 31 })],
    ['a run of a trade that its instructor has no qualification for', change('RUN', (item) => ({ ...item, trade: 'cook' }))],
  ])('find %s', (_, spoil) => {
    expect(says(clean, spoil)).not.toEqual([])
  })

  it('look at a run that has begun: what is still to come has its room and its instructor', () => {
    const begun = instantOf('2026-12-15', '08:00')
    expect(says(clean, run({ state: 'running' }), begun)).toEqual([])
    expect(says(clean, both(run({ state: 'running' }), untaught(2)), begun)).toEqual([vanished])
    expect(says(clean, both(run({ state: 'running' }), untaught(0)), begun)).toEqual([])
  })

  it('look at runs of a provider’s own import, whose chains begin with that word', () => {
    const imported: Spoil = (items) =>
      items.map((item) => (item.pk.startsWith('AUDIT#run_') && item['version'] === 1 ? { ...item, action: 'import' } : item))
    expect(says(clean, imported)).toEqual([])
    expect(
      says(
        clean,
        both(
          imported,
          change('CREW', (item) => ({ ...item, rooms: [] })),
        ),
      ),
    ).toEqual(four(noRoom))
  })

  it('excuse the meeting whose instructor fell ill and no other, and that one until somebody stands in', () => {
    expect(says(ill, untaught(0))).toEqual([])
    expect(says(ill, untaught(1))).toEqual([vanished])
    expect(says(mended, untaught(0))).toEqual([vanished])
    // Also where the crew's own entries were never written: a meeting of the plan has somebody.
    const silent: Spoil = (items) => items.map((item) => (item.pk.endsWith('.crew') ? { ...item, about: [] } : item))
    expect(says(ill, both(silent, untaught(1)))).toEqual([unqualified, unqualified])
  })

  it('excuse a lost qualification, and no other change of an instructor', () => {
    const cook = change('RUN', (item) => ({ ...item, trade: 'cook' }))
    // She has saved her hours and reported an illness since.
    expect(says(mended, cook)).toEqual(four(unqualified))
    expect(says(mended, both(cook, entry('save-hours')))).toEqual(four(unqualified))
    expect(says(mended, both(cook, entry('drop-qualification')))).toEqual([unqualified])
    expect(says(mended, both(cook, entry('revoked: qlf_1')))).toEqual([unqualified])
  })

  it('excuse the room that its venue lost and no other', () => {
    expect(says(otherRoom, run({ capacity: 31 }))).toEqual(four(noRoom))
    expect(says(ownRoom, run({ capacity: 31 }))).toEqual([])
    expect(
      says(
        ownRoom,
        change('CREW', (item) => ({ ...item, rooms: [] })),
      ),
    ).toEqual(four(noRoom))
  })

  it('count public runs that have no plan, because nobody can judge them', () => {
    const count = (items: Item[]) => withoutPlan(openBooks(items, world.now()))
    expect(count(clean)).toBe(0)
    expect(count(clean.filter(({ pk, sk }) => !pk.endsWith('.crew') && sk !== 'CREW'))).toBe(1)
    expect(count(run({ state: 'draft' })(clean.filter(({ pk }) => !pk.endsWith('.crew'))))).toBe(0)
  })
})
