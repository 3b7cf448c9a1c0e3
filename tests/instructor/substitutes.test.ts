import { instantOf } from '@skills/contract/time.ts'
import { regionMinutes } from '@skills/core/instructor/travel.ts'
import { proposeInstructors } from '@skills/functions/instructor/propose-instructors.ts'
import { reportIllness } from '@skills/functions/instructor/report-illness.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { told } from '../waitlist/waitlist-scene.ts'
import { claim, decide, find, fresh, makeTeacher, managerOf, type Teacher } from './instructor-scene.ts'
import { ask, assignments, bookingsOf, books, engage, eventsOf, makeDraft, makeVenue, teaching } from './request-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
const start = '2026-12-01T02:00:00.000Z'
beforeAll(async () => {
  const started = await startTable('substitutes')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())

const propose = async ({ run }: RunItem, meeting?: string) =>
  (await proposeInstructors(world, { actor: managerOf(run.providerId), params: { runId: run.id }, query: { meeting } })).proposals
const ill = (teacher: Teacher, { run }: RunItem, bookingIds: string[]) =>
  reportIllness(world, { actor: teacher.actor, command: fresh('reportIllness'), params: { runId: run.id }, body: { bookingIds } })

describe('proposals', () => {
  it('name only who is qualified, free and near, say for everybody else why not, and come in an order that can be worked out', async () => {
    const qualifications = [{ trade: 'cook', level: 'level-3' as const }]
    const venue = await makeVenue(world, '460100')
    const item = await makeDraft(world, { trade: 'cook', level: 'level-4', times: [{ date: '2026-12-16', at: venue.id }] })
    const near = await makeTeacher(world, { qualifications, profile: { feeFenPerHour: 30_000 } })
    const cheap = await makeTeacher(world, { qualifications, profile: { feeFenPerHour: 10_000 } })
    const far = await makeTeacher(world, { qualifications, profile: { baseRegion: '460200', feeFenPerHour: 1_000 } })
    const elsewhere = await makeTeacher(world, { qualifications, profile: { regions: ['460200'] } })
    const below = await makeTeacher(world, { qualifications: [{ trade: 'cook', level: 'level-5' }] })
    const busy = await makeTeacher(world, { qualifications })
    await engage(world, await makeDraft(world, { times: [{ date: '2026-12-16', from: '17:00', to: '18:30' }] }), busy)
    await makeTeacher(world, { qualifications, profile: { listed: false } })
    await makeTeacher(world, { qualifications: [{ trade: 'barista' }] })

    const proposals = await propose(item, item.run.meetings[0]?.id)
    const free = proposals.filter(({ obstacles }) => obstacles.length === 0)
    expect(free.map(({ instructor }) => instructor.id)).toEqual([cheap, near, far].map(({ instructorId }) => instructorId))
    expect(free.map(({ travelMinutes, feeFen }) => [travelMinutes, feeFen])).toEqual([
      [40, 20_000],
      [40, 60_000],
      [regionMinutes('460100', '460200'), 2_000],
    ])
    const why = new Map(proposals.map(({ instructor, obstacles }) => [instructor.id, obstacles[0]?.kind]))
    expect([elsewhere, below, busy].map(({ instructorId }) => why.get(instructorId))).toEqual(['elsewhere', 'not-qualified', 'overlap'])
    expect(proposals).toHaveLength(6)
    expect(JSON.stringify(proposals)).not.toMatch(/per_|prv_|bkg_|weeklyMinutes|windows/)
    expect(await propose(item, item.run.meetings[0]?.id)).toEqual(proposals)
    // What is proposed can be asked for.
    expect(await told(ask(world, item, cheap))).toBe('done')
    expect((await propose(item)).find(({ instructor }) => instructor.id === cheap.instructorId)?.obstacles[0]?.kind).toBe('asked-already')
  })

  it('are a provider’s own, for meetings that are to come', async () => {
    const item = await makeDraft(world)
    expect(await told(propose({ ...item, run: { ...item.run, providerId: world.id('provider') } }))).toBe('not-found')
    expect(await told(propose(item, world.id('meeting')))).toBe('not-found')
    world.moveTo(instantOf('2026-12-16', '18:00'))
    expect(await told(propose(item))).toBe('meeting-over')
    world.moveTo(start)
  })
})

describe('who falls ill', () => {
  it('gives the meetings back, is not asked for those hours, and somebody else stands in', async () => {
    const times = [{ date: '2026-12-22' }, { date: '2026-12-23' }]
    const item = await makeDraft(world, { times })
    const [sick, other] = [await makeTeacher(world), await makeTeacher(world)]
    const [first = '', second = ''] = await engage(world, item, sick)
    await ill(sick, item, [first])
    expect(await eventsOf(world, 'instructor-ill', item.run.id)).toMatchObject([
      { personId: managerOf('').personId, from: instantOf('2026-12-22', '18:00') },
    ])
    expect((await assignments(world, item)).map(({ bookingId }) => bookingId)).toEqual([second])
    expect(await bookingsOf(world, sick.instructorId, ['2026-12-22'])).toHaveLength(1)
    expect((await teaching(world, sick))[0]?.meetings.map(({ bookingId }) => bookingId)).toEqual([second])
    const [meeting] = item.run.meetings
    const proposals = await propose(item, meeting?.id)
    expect(proposals.find(({ instructor }) => instructor.id === sick.instructorId)?.obstacles[0]?.kind).toBe('busy')
    expect(proposals.find(({ instructor }) => instructor.id === other.instructorId)?.obstacles).toEqual([])
    await engage(world, item, other, [meeting?.id ?? ''])
    expect(await assignments(world, item)).toHaveLength(2)
    expect(await told(ill(sick, item, [first]))).toBe('request-over')
    world.moveTo(instantOf('2026-12-23', '20:00'))
    expect(await told(ill(sick, item, [second]))).toBe('meeting-over')
    world.moveTo(start)
  })

  it('and says so three times is out once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [item, sick] = [await makeDraft(world, { times: [{ date: '2026-12-28' }] }), await makeTeacher(world)]
      const bookings = await engage(world, item, sick)
      const answers = await Promise.all([1, 2, 3].map(() => told(ill(sick, item, bookings))))
      expect(answers.filter((one) => one === 'done')).toHaveLength(1)
      expect(await assignments(world, item)).toEqual([])
      expect(await bookingsOf(world, sick.instructorId, ['2026-12-28'])).toEqual([])
    }
  })
})

describe('whose qualification is revoked', () => {
  it('is found for it no more, and who asked her for meetings to come that need it is told, and sees it on the run', async () => {
    const qualifications = [{ trade: 'cook' }, { trade: 'barista' }]
    const teacher = await makeTeacher(world, { qualifications })
    const cooks = await makeDraft(world, { trade: 'cook', times: [{ date: '2026-12-29' }, { date: '2026-12-30' }] })
    const coffee = await makeDraft(world, { trade: 'barista', times: [{ date: '2026-12-31' }] })
    const bookings = await engage(world, cooks, teacher)
    await engage(world, coffee, teacher)
    const [card] = (await find(world, { trade: 'cook' })).filter(({ id }) => id === teacher.instructorId)
    const id = card?.qualifications.find(({ trade }) => trade === 'cook')?.id ?? ''
    const revoke = () => decide(world, { id: teacher.instructorId }, id, 'revoked')
    // The first of the two evenings is over: only what is to come needs somebody else.
    world.moveTo(instantOf('2026-12-29', '21:00'))
    const [first, second] = await Promise.all([told(revoke()), told(revoke())])
    expect([first, second].toSorted()).toEqual(['done', 'illegal-transition'])
    expect(await eventsOf(world, 'instructor-unqualified', cooks.run.id)).toMatchObject([
      { personId: managerOf('').personId, from: instantOf('2026-12-30', '18:00') },
    ])
    expect(await eventsOf(world, 'instructor-unqualified', coffee.run.id)).toEqual([])
    expect((await assignments(world, cooks)).map(({ bookingId, qualified }) => [bookingId, qualified])).toEqual(
      bookings.map((bookingId) => [bookingId, false]),
    )
    expect((await assignments(world, coffee)).map(({ qualified }) => qualified)).toEqual([true])
    expect((await find(world, { trade: 'cook' })).map((one) => one.id)).not.toContain(teacher.instructorId)
    expect((await latestNotices(world, teacher.personId)).map(({ title }) => title.zh)).toContain('授课资格已撤销')
    // With a new proof she claims it again.
    expect(await told(claim(world, teacher.actor, { trade: 'cook' }))).toBe('done')
    world.moveTo(start)
  })

  it('was verified before: what waits is refused, not revoked, and each decision is told', async () => {
    const teacher = await makeTeacher(world)
    const held = await claim(world, teacher.actor, { trade: 'cook' })
    const id = held.qualifications[0]?.id ?? ''
    expect(await told(decide(world, held, id, 'revoked'))).toBe('illegal-transition')
    await decide(world, held, id, 'refused')
    expect(await told(decide(world, held, id, 'revoked'))).toBe('illegal-transition')
    expect((await latestNotices(world, teacher.personId)).map(({ title }) => title.zh)).toEqual(['授课资格没有通过'])
  })
})

it('leaves books that add up', async () => {
  expect(await books(world)).toEqual([])
})
