import { atOnce } from '@skills/core/at-once.ts'
import { lapseRequests } from '@skills/core/instructor/lapse-requests.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultyWorld } from '../funding/faulty-world.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { told } from '../waitlist/waitlist-scene.ts'
import { fresh, makeTeacher } from './instructor-scene.ts'
import { withoutTurns } from './without-turns.ts'
import { answer, ask, assignments, bookingsOf, books, makeDraft, withdraw } from './request-scene.ts'

let stop: () => Promise<void>
let endpoint: string
let world: TestWorld
const start = '2026-12-01T02:00:00.000Z'
beforeAll(async () => {
  const started = await startTable('request-races')
  stop = started.stop
  endpoint = started.endpoint
  world = testWorld(started.table, start)
})
afterAll(() => stop())

const day = ['2026-12-16']
/** How often each answer was told. */
const counted = (answers: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(answers, (one) => one)].map(([code, list]) => [code, list.length]))

describe('two hundred requests of forty providers for the same hours', () => {
  const storm = async (through: TestWorld) => {
    const teacher = await makeTeacher(world)
    const runs = await Promise.all(Array.from({ length: 40 }, () => makeDraft(world)))
    const places = Array.from({ length: 200 }, (_, place) => place % runs.length)
    const { answers, failed } = await atOnce(places, 50, (place) => told(ask(through, runs[place] as (typeof runs)[number], teacher)))
    if (failed[0] !== undefined) throw failed[0].error
    const held = (await Promise.all(runs.map((run) => assignments(world, run)))).flat()
    return { answers: counted(answers), held, booked: await bookingsOf(world, teacher.instructorId, day) }
  }

  it('give them to exactly one; everybody else hears why', { timeout: 120_000 }, async () => {
    const { answers, held, booked } = await storm(world)
    expect(answers['done']).toBe(1)
    expect(held).toHaveLength(1)
    expect(booked.map(({ id }) => id)).toEqual(held.map(({ bookingId }) => bookingId))
    expect(Object.keys(answers).toSorted()).toEqual(expect.arrayContaining(['done', 'instructor-unavailable']))
    expect(Object.keys(answers).filter((code) => !['done', 'instructor-unavailable', 'busy'].includes(code))).toEqual([])
  })

  it('CONTROL: without the version of her week several believe that they have them', { timeout: 120_000 }, async () => {
    const { held } = await storm(withoutTurns(world))
    expect(held.length).toBeGreaterThan(1)
  })
})

describe('an answer that meets something else', () => {
  const asked = async () => {
    const [teacher, item] = [await makeTeacher(world), await makeDraft(world)]
    const [request] = (await ask(world, item, teacher)).assignments
    return { teacher, item, id: request?.bookingId ?? '', until: request?.until ?? '' }
  }

  it('a withdrawal: one of the two came first, and the hours and the crew say the same', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { teacher, item, id } = await asked()
      const [accepted, withdrawn] = await Promise.all([told(answer(world, teacher, item, [id])), told(withdraw(world, item, id))])
      // Accepted and withdrawn right after, or withdrawn before; in both she is free.
      expect(['done', 'not-found', 'request-over']).toContain(accepted)
      expect(withdrawn).toBe('done')
      expect(await assignments(world, item)).toEqual([])
      expect(await bookingsOf(world, teacher.instructorId, day)).toEqual([])
    }
  })

  it('her other answer: accepted or declined, never both', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { teacher, item, id } = await asked()
      const answers = await Promise.all([true, false, true, false].map((accept) => told(answer(world, teacher, item, [id], accept))))
      expect(answers.filter((one) => one === 'done')).toHaveLength(1)
      const crew = await assignments(world, item)
      expect((await bookingsOf(world, teacher.instructorId, day)).map(({ id: held, state }) => [held, state])).toEqual(
        crew.map(({ bookingId }) => [bookingId, 'booked']),
      )
      expect(crew).toHaveLength(answers.indexOf('done') % 2 === 0 ? 1 : 0)
    }
  })

  it('its end: the sweep and a late answer, and another provider who was waiting for the hours', async () => {
    for (let round = 0; round < 6; round += 1) {
      world.moveTo(start)
      const { teacher, item, id, until } = await asked()
      const other = await makeDraft(world)
      world.moveTo(until)
      const [late, , second] = await Promise.all([
        told(answer(world, teacher, item, [id])),
        lapseRequests(world, item.run.id),
        told(ask(world, other, teacher)),
      ])
      expect(['request-over', 'not-found']).toContain(late)
      expect(second).toBe('done')
      expect((await bookingsOf(world, teacher.instructorId, day)).map(({ runId }) => runId)).toEqual([other.run.id])
      await lapseRequests(world, item.run.id)
    }
    world.moveTo(start)
  })
})

it.each([10, 40])(
  'with %i %% of transactions going wrong nothing is held twice or lost, and a repeated request gets its first answer',
  async (percent) => {
    const through = faultyWorld(world, endpoint, percent)
    const teachers = await Promise.all([1, 2, 3].map(() => makeTeacher(world)))
    const runs = await Promise.all([1, 2, 3, 4, 5, 6].map(() => makeDraft(world)))
    await Promise.all(
      runs.flatMap((item) =>
        teachers.map(async (teacher) => {
          const by = fresh('askInstructor')
          for (let attempt = 0; attempt < 12; attempt += 1) {
            const code = await told(ask(through, item, teacher, undefined, by))
            if (!['busy', 'outcome-unknown', 'request-outstanding'].includes(code)) return
          }
        }),
      ),
    )
    const held = (await Promise.all(runs.map((run) => assignments(world, run)))).flat()
    for (const { instructorId } of teachers) {
      const hers = held.filter((one) => one.instructorId === instructorId)
      expect(hers).toHaveLength(1)
      expect((await bookingsOf(world, instructorId, day)).map(({ id }) => id)).toEqual(hers.map(({ bookingId }) => bookingId))
    }
  },
)

it('leaves books that add up, but for what the control broke', async () => {
  expect((await books(world)).filter(({ code }) => code !== 'H1' && code !== 'H2')).toEqual([])
})
