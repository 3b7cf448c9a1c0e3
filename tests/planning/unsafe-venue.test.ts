import type { RunInput } from '@skills/contract/planning.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { keys } from '@skills/core/keys.ts'
import { newlyUnsafe } from '@skills/core/planning/may-open.ts'
import { readStanding, standingSteps } from '@skills/core/provider/standing.table.ts'
import { readItem } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { importCatalog } from '@skills/functions/catalog/import-catalog.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { operator } from '../instructor/instructor-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { books, inputOf, itemOf, makePlace, save, step, type Place } from './planning-scene.ts'

const now = '2026-12-01T02:00:00.000Z'
let stop: () => Promise<void>
let world: TestWorld
let place: Place
let runId: string
beforeAll(async () => {
  const started = await startTable('unsafe-venue')
  stop = started.stop
  world = testWorld(started.table, now)
})
afterAll(() => stop())

/** A run that a sheet made public: it has no crew, and meets online. */
beforeEach(async () => {
  place = await makePlace(world)
  expect((await sheet()).remarks).toEqual([])
  runId = String((await readItem(world.table, keys.code.key('run', place.provider.code, 'A')))?.['id'])
  expect((await itemOf(world, runId)).run).toMatchObject({ state: 'registration-open', venueId: null })
})

const headings =
  'provider_code,provider_name,provider_about,provider_region,course_code,title,summary,audience,industry,family,delivery,theory_hours,practice_hours,fee_yuan,course_state,run_code,run_name,opens_at,closes_at,capacity,price_yuan,meetings,run_state,venue_code,venue_name,address,room,room_capacity'
/** The run as a sheet says it, at the venue or at none. */
const sheet = (at: 'online' | 'venue' = 'online', name = 'A') => {
  const { provider, venue } = place
  const where = at === 'venue' ? `${venue.code},${venue.name.zh},${venue.address.zh},101,30` : ',,,,'
  const row = `${provider.code},别的名字,别的简介,海口市,SHEET,表格课程,简介,职工,旅游业,培训结业,直播,2,0,0,发布,A,${name},2026-12-01 09:00,2026-12-20 18:00,20,0,2026-12-22 18:00-20:00 直播,发布,${where}`
  return importCatalog(world, { actor: operator, query: { write: 'yes' }, body: Buffer.from(`${headings}\r\n${row}`) })
}

async function proofUntil(until: string): Promise<void> {
  const before = await readStanding(world.table, place.provider.id)
  if (before === undefined) throw new Error('no standing')
  const after = { ...before, venues: [{ venueId: place.venue.id, name: place.venue.name, until }] }
  await transact(world, undefined, standingSteps(world, undefined, { before, after, action: 'test', by: 'system:test' }), null)
}

const plan = (more: Partial<RunInput>) =>
  save(world, place, runId, (run) => inputOf(run, more)).then(
    () => ['done'],
    ({ code, members }: Refusal) => [code, ...((members['missing'] ?? []) as { code: string }[]).map((one) => one.code)],
  )

test('a planner moves an imported public run into no venue whose fire-safety proof is over; into another she does', async () => {
  await proofUntil('2026-11-30')
  expect(await plan({ venueId: place.venue.id })).toEqual(['run-not-ready', 'venue-unsafe'])
  expect((await itemOf(world, runId)).run.venueId).toBeNull()
  await proofUntil('2026-12-01')
  expect(await plan({ venueId: place.venue.id })).toEqual(['done'])
  // Over since: what it had already keeps her from mending nothing.
  await proofUntil('2026-11-30')
  expect(await plan({ name: { zh: '新名字', en: 'New name' } })).toEqual(['done'])
  expect(await books(world)).toEqual([])
})

test('nor does a sheet, whoever imports it', async () => {
  await proofUntil('2026-11-30')
  expect((await sheet('venue')).remarks.map(({ code }) => code)).toEqual(['venue-unsafe'])
  expect((await itemOf(world, runId)).run.venueId).toBeNull()
  await proofUntil('2026-12-01')
  expect((await sheet('venue')).remarks).toEqual([])
  expect((await itemOf(world, runId)).run.venueId).toBe(place.venue.id)
  await proofUntil('2026-11-30')
  expect((await sheet('venue', 'B')).remarks).toEqual([])
})

test('a run that takes nobody any more may be moved; what opens it again asks', async () => {
  await proofUntil('2026-11-30')
  await step(world, place, runId, 'registration-closed')
  expect(await plan({ venueId: place.venue.id })).toEqual(['done'])
  await expect(step(world, place, runId, 'registration-open')).rejects.toMatchObject({ code: 'run-not-ready' })
})

test('the change stands on the proof as it was read', async () => {
  await proofUntil('2026-12-01')
  const { run } = await itemOf(world, runId)
  const after = { ...run, venueId: place.venue.id }
  const standing = await readStanding(world.table, place.provider.id)
  expect(newlyUnsafe(standing, run, after, '2026-12-01T15:59:59.999Z')).toEqual([])
  expect(newlyUnsafe(standing, run, after, '2026-12-01T16:00:00.000Z')).toMatchObject([{ code: 'venue-unsafe' }])
  expect(newlyUnsafe(undefined, run, after, '2026-12-01T16:00:00.000Z')).toEqual([])
})
