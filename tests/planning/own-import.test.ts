import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { importCatalog } from '@skills/functions/catalog/import-catalog.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { told } from '../waitlist/waitlist-scene.ts'
import { operator } from '../instructor/instructor-scene.ts'
import { books, itemOf, makePlace, plan, publishCourse, runInput, step, writeCourse } from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('own-import')
  stop = started.stop
  world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
})
afterAll(() => stop())

const headings =
  'provider_code,provider_name,provider_about,provider_region,course_code,title,summary,audience,industry,family,delivery,theory_hours,practice_hours,fee_yuan,course_state,run_code,run_name,opens_at,closes_at,capacity,price_yuan,meetings,run_state'
const row = (provider: string, run = 'A', course = 'SHEET') =>
  `${provider},别的名字,别的简介,海口市,${course},表格课程,简介,职工,旅游业,培训结业,直播,2,0,0,发布,${run},${run},2026-12-01 09:00,2026-12-20 18:00,20,0,2026-12-22 18:00-20:00 直播,发布`
const sheet = (...rows: string[]) => Buffer.from([headings, ...rows].join('\r\n'))

it('writes a manager’s own courses and runs as drafts, nobody else’s, and nothing of provider or venue', async () => {
  const [place, other] = [await makePlace(world), await makePlace(world)]
  const body = sheet(row(place.provider.code), row(other.provider.code), row('NOBODY'))
  const dry = await importCatalog(world, { actor: place.manager, query: {}, body })
  expect(dry).toMatchObject({ written: false, created: 1, rejected: 2 })
  const report = await importCatalog(world, { actor: place.manager, query: { write: 'yes' }, body })
  expect(report.remarks.map(({ row: at, code }) => [at, code])).toEqual([
    [3, 'not-your-provider'],
    [4, 'not-your-provider'],
  ])
  expect((await readItem(world.table, keys.provider.key(place.provider.id)))?.['provider']).toEqual(place.provider)
  const runId = String((await readItem(world.table, keys.code.key('run', place.provider.code, 'A')))?.['id'])
  const { run } = await itemOf(world, runId)
  expect(run.state).toBe('draft')
  expect(await readCrew(world.table, runId)).toMatchObject({ rooms: [], assignments: [] })
  await publishCourse(world, place, run.courseId)
  // It was written by a sheet, and is published by the same rules as if it was planned here.
  expect(await told(step(world, place, runId, 'published'))).toBe('run-not-ready')
  expect(await importCatalog(world, { actor: place.manager, query: { write: 'yes' }, body })).toMatchObject({
    created: 0,
    changed: 0,
    unchanged: 1,
  })
})

it('changes no times of a run that is planned, whoever imports', async () => {
  const place = await makePlace(world)
  const { courseId } = await writeCourse(world, place)
  const { runId } = await plan(world, place, courseId, runInput(place))
  const { run } = await itemOf(world, runId)
  const { course } = (await readItem(world.table, keys.course.key(courseId))) as unknown as { course: { code: string } }
  const body = sheet(row(place.provider.code, run.code, course.code))
  const report = await importCatalog(world, { actor: operator, query: { write: 'yes' }, body })
  expect(report.remarks.map(({ code }) => code)).toEqual(['planned-in-console'])
  expect((await itemOf(world, runId)).run.meetings).toEqual(run.meetings)
})

it('leaves books that add up', async () => {
  expect(await books(world)).toEqual([])
})
