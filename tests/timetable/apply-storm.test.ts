import { atOnce } from '@skills/core/at-once.ts'
import { applyTimetable } from '@skills/functions/planning/apply-timetable.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fresh, makeTeacher, managerOf } from '../instructor/instructor-scene.ts'
import { assignments, bookingsOf, books, makeDraft } from '../instructor/request-scene.ts'
import { withoutTurns } from '../instructor/without-turns.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { told } from '../waitlist/waitlist-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('apply-storm')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

const day = ['2026-12-16']

describe('two hundred timetables of forty providers that are applied at once and want the same hour of one instructor', () => {
  const storm = async (through: TestWorld) => {
    const teacher = await makeTeacher(world)
    const runs = await Promise.all(Array.from({ length: 40 }, () => makeDraft(world)))
    const { answers, failed } = await atOnce(
      Array.from({ length: 200 }, (_, place) => place % runs.length),
      50,
      (place) => {
        const { run } = runs[place] as (typeof runs)[number]
        const asks = [{ instructorId: teacher.instructorId, meetingIds: run.meetings.map(({ id }) => id), feeFen: 40_000 }]
        const call = {
          actor: managerOf(run.providerId),
          command: fresh('applyTimetable'),
          params: { runId: run.id },
          body: { asks, rooms: [] },
        }
        return told(applyTimetable(through, call))
      },
    )
    if (failed[0] !== undefined) throw failed[0].error
    const held = (await Promise.all(runs.map((run) => assignments(world, run)))).flat()
    return { answers, held, booked: await bookingsOf(world, teacher.instructorId, day) }
  }

  it('give it to exactly one; everybody else hears why, and the books add up', { timeout: 120_000 }, async () => {
    const { answers, held, booked } = await storm(world)
    expect(answers.filter((one) => one === 'done')).toHaveLength(1)
    expect(booked.map(({ id }) => id)).toEqual(held.map(({ bookingId }) => bookingId))
    expect(held).toHaveLength(1)
    expect(answers.filter((code) => !['done', 'instructor-unavailable', 'busy'].includes(code))).toEqual([])
    expect((await books(world)).filter(({ code }) => code.startsWith('H'))).toEqual([])
  })

  it('CONTROL: without the version of her week several believe that they have it, and the books see it', { timeout: 120_000 }, async () => {
    const { held } = await storm(withoutTurns(world))
    expect(held.length).toBeGreaterThan(1)
    expect((await books(world)).filter(({ code }) => code.startsWith('H')).length).toBeGreaterThan(0)
  })
})
