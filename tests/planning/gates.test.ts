import type { ImportReport } from '@skills/contract/catalog.routes.ts'
import type { PlannedMeeting, RunInput } from '@skills/contract/planning.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { changeRun, readRunsOf } from '@skills/core/catalog/run.table.ts'
import { keys } from '@skills/core/keys.ts'
import { decideTentative } from '@skills/core/planning/decide-tentative.ts'
import { readStanding, standingSteps } from '@skills/core/provider/standing.table.ts'
import type { Standing } from '@skills/core/provider/standing.ts'
import { readRange } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { importCatalog } from '@skills/functions/catalog/import-catalog.ts'
import { getRunPlan } from '@skills/functions/planning/get-run-plan.ts'
import { postponeRun } from '@skills/functions/planning/postpone-run.ts'
import { stepCourse } from '@skills/functions/catalog/step-course.ts'
import { stepRun } from '@skills/functions/catalog/step-run.ts'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { makePeople } from '../enrollment/claim-scene.ts'
import { fresh, makeTeacher, operator } from '../instructor/instructor-scene.ts'
import { eventsOf } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld } from '../test-world.ts'
import { claim, resize } from '../waitlist/waitlist-scene.ts'
import {
  books,
  engageAs,
  inputOf,
  itemOf,
  makePlace,
  plan,
  publishCourse,
  publishedRun,
  runInput,
  save,
  step,
  writeCourse,
  type Place,
} from './planning-scene.ts'

const now = '2026-12-01T02:00:00.000Z'
const started = await startTable('gates')
afterAll(() => started.stop())
const world = testWorld(started.table, now)
beforeEach(() => world.moveTo(now))

const said = (act: Promise<unknown>) =>
  act.then(
    () => ['done'],
    (error: Refusal) => [error.code, ...error.errors.map(({ pointer, code }) => `${pointer} ${code}`), ...missing(error)],
  )
const missing = ({ members }: Refusal) => ((members['missing'] ?? []) as { code: string }[]).map(({ code }) => code)
const change = async (place: Place, more: Partial<Standing>) => {
  const before = await readStanding(world.table, place.provider.id)
  if (before === undefined) throw new Error('no standing')
  await transact(
    world,
    undefined,
    standingSteps(world, undefined, { before, after: { ...before, ...more }, action: 'test', by: 'system:test' }),
    null,
  )
}
const withMeetings = (place: Place, runId: string, to: (before: PlannedMeeting[]) => PlannedMeeting[]) =>
  said(save(world, place, runId, (run): RunInput => inputOf(run, { meetings: to(run.meetings.map((one) => ({ ...one, devices: [] }))) })))

const headings =
  'provider_code,provider_name,provider_about,provider_region,course_code,title,summary,audience,industry,family,delivery,theory_hours,practice_hours,fee_yuan,course_state,run_code,run_name,opens_at,closes_at,capacity,price_yuan,meetings,run_state'
const row = (provider: string, state: string, from = '18:00') =>
  `${provider},别的名字,别的简介,海口市,SHEET,表格课程,简介,职工,旅游业,培训结业,直播,2,0,0,发布,A,A,2026-12-01 09:00,2026-12-20 18:00,20,0,2026-12-22 ${from}-20:00 直播,${state}`

describe('a public run', () => {
  it('is not brought forward at less than a day’s notice, says what would be, and may always move later', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place)
    world.moveTo('2026-12-13T12:00:00.000Z')
    const at = (startsAt: string) =>
      withMeetings(place, runId, ([first, ...rest]) =>
        first === undefined ? [] : [{ ...first, startsAt, endsAt: plusMinutes(startsAt, 120) }, ...rest],
      )
    // From the 14th at 18:00 to the same day at 17:00 in Beijing: 21 hours ahead.
    expect(await at('2026-12-14T09:00:00.000Z')).toEqual(['validation-failed', '#/meetings/0/startsAt sooner-than-notice'])
    expect(await at('2026-12-14T11:00:00.000Z')).toEqual(['done'])
    expect(await books(world)).toEqual([])
  })

  it('takes another meeting a week ahead that has its room; its instructor is found after, and who has a seat is told', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place)
    const [ann = ''] = await makePeople(world, 1)
    await step(world, place, runId, 'registration-open')
    await claim(world, ann, runId)
    const added = (date: string, room: string | null = '101') => runInput(place, { hours: [{ date, room }] }).meetings
    expect(await withMeetings(place, runId, (all) => [...all, ...added('2026-12-18', null)])).toEqual(['run-not-ready', 'no-room'])
    world.moveTo('2026-12-12T02:00:00.000Z')
    expect(await withMeetings(place, runId, (all) => [...all, ...added('2026-12-18')])).toEqual([
      'validation-failed',
      '#/meetings/4/startsAt added-too-soon',
    ])
    expect(await withMeetings(place, runId, (all) => [...all, ...added('2026-12-21')])).toEqual(['done'])
    expect(await eventsOf(world, 'run-changed', runId)).toHaveLength(1)
    expect((await itemOf(world, runId)).run.meetings).toHaveLength(5)
    expect(await books(world)).toEqual([])
    const { version } = await itemOf(world, runId)
    const call = { actor: place.manager, command: fresh('postponeRun'), params: { runId }, body: { version, days: 7 } }
    expect(await said(postponeRun(world, call))).toEqual(['done'])
  })
})

describe('a provider that is suspended, or whose licence is over', () => {
  it.each([
    ['suspended', { state: 'suspended' }],
    ['licence-expired', { licenceUntil: '2026-11-30' }],
  ] as const)('opens no registration again: %s', async (code, more) => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place)
    await step(world, place, runId, 'registration-open').catch(() => undefined)
    expect((await itemOf(world, runId)).run.state).toBe('registration-open')
    await step(world, place, runId, 'registration-closed')
    await change(place, more)
    expect(await said(step(world, place, runId, 'registration-open'))).toEqual(['run-not-ready', code])
    await change(place, { state: 'approved', licenceUntil: null })
    expect(await said(step(world, place, runId, 'registration-open'))).toEqual(['done'])
  })

  it('nor does the decision of a run that needs a minimum', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place, { tentative: { minimum: 1, decideAt: '2026-12-10T02:00:00.000Z' } })
    await step(world, place, runId, 'registration-open')
    const [ann = ''] = await makePeople(world, 1)
    await claim(world, ann, runId)
    const before = await itemOf(world, runId)
    const shut = { ...before.run, state: 'registration-closed' as const }
    await changeRun(world, { before, run: shut, by: 'system:test', action: 'close: the provider may offer nothing' }, null)
    await change(place, { state: 'suspended' })
    world.moveTo('2026-12-10T03:00:00.000Z')
    expect(await decideTentative(world, runId, 'system:test')).toBe('confirmed')
    expect((await itemOf(world, runId)).run.state).toBe('registration-closed')
  })

  it('nor does a run that waits for its minimum lose the seats it needs', async () => {
    const place = await makePlace(world)
    const { runId } = await publishedRun(world, place, { tentative: { minimum: 3, decideAt: '2026-12-10T02:00:00.000Z' } })
    expect(await said(resize(world, runId, 2))).toEqual(['validation-failed', '#/capacity minimum-above-capacity'])
    expect(await said(resize(world, runId, 3))).toEqual(['done'])
  })

  it('gets nothing public by a sheet; drafts may be written, and who was never approved is imported as ever', async () => {
    const place = await makePlace(world)
    await change(place, { state: 'suspended' })
    const other = await makePlace(world, { approved: false })
    const sheet = (of: Place, state: string) =>
      importCatalog(world, {
        actor: operator,
        query: { write: 'yes' },
        body: Buffer.from(`${headings}\r\n${row(of.provider.code, state)}`),
      })
    const codes = ({ remarks }: ImportReport) => remarks.map(({ code }) => code)
    expect(codes(await sheet(place, '发布'))).toEqual(['may-not-offer'])
    expect(codes(await sheet(place, '草稿'))).toEqual([])
    expect(codes(await sheet(place, '发布'))).toEqual(['may-not-offer'])
    expect(codes(await sheet(other, '发布'))).toEqual([])
    await change(place, { state: 'approved' })
    expect(codes(await sheet(place, '发布'))).toEqual([])
    const lines = await readRange(world.table, { pk: keys.provider.key(place.provider.id).pk, begins: 'COURSE#' })
    const states = (await Promise.all(lines.map((line) => readRunsOf(world.table, line['courseId'] as string))))
      .flat()
      .map(({ run }) => run.state)
    expect(states).toEqual(['registration-open'])
  })
})

it('publishing asks that the rules that hold now are accepted, and names those that are not', async () => {
  const place = await makePlace(world)
  const { courseId } = await writeCourse(world, place)
  await publishCourse(world, place, courseId)
  const { runId } = await plan(world, place, courseId)
  await engageAs(world, place, runId, await makeTeacher(world))
  const accepted = (await readStanding(world.table, place.provider.id))?.accepted ?? []
  await change(place, { accepted: accepted.slice(1) })
  const { reasons } = await getRunPlan(world, { actor: place.manager, params: { runId } })
  expect(reasons.map(({ code, words }) => [code, words.en])).toEqual([
    ['rules-not-accepted', 'rules that hold now are not accepted yet: Truthful papers and offers'],
  ])
  expect(await said(step(world, place, runId, 'published'))).toEqual(['run-not-ready', 'rules-not-accepted'])
  await change(place, { accepted })
  expect(await said(step(world, place, runId, 'published'))).toEqual(['done'])
})

describe('the same offer on a second shelf', () => {
  it('is named before its course is published, and published when its provider insists', async () => {
    const place = await makePlace(world)
    const [first, second] = [await writeCourse(world, place), await writeCourse(world, place)]
    const publish = (courseId: string, more: { anyway?: boolean } = {}) =>
      stepCourse(world, { actor: place.manager, command: fresh('stepCourse'), params: { courseId }, body: { to: 'published', ...more } })
    await publish(first.courseId)
    const refused = await publish(second.courseId).catch((error: Refusal) => error)
    expect(refused).toMatchObject({ code: 'similar-exists', members: { similar: [first.courseId] } })
    expect(await said(publish(second.courseId, { anyway: true }))).toEqual(['done'])
  })

  it('is named before a run is published at the hours of a run of nearly the same course', async () => {
    const place = await makePlace(world)
    const { runId: public1 } = await publishedRun(world, place)
    const { courseId } = await writeCourse(world, place)
    await publishCourse(world, place, courseId)
    const hours = runInput(place).meetings.map(({ startsAt }) => ({ date: startsAt.slice(0, 10), room: '102' }))
    const { runId } = await plan(world, place, courseId, runInput(place, { hours }))
    await engageAs(world, place, runId, await makeTeacher(world))
    const publish = (more: { anyway?: boolean } = {}) =>
      stepRun(world, { actor: place.manager, command: fresh('stepRun'), params: { runId }, body: { to: 'published', ...more } })
    expect(await publish().catch((error: Refusal) => error)).toMatchObject({ code: 'similar-exists', members: { similar: [public1] } })
    expect(await said(publish({ anyway: true }))).toEqual(['done'])
  })
})
