import type { Payments } from '@skills/core/order/payment.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { roomResource } from '@skills/core/scheduling/week.ts'
import { postponeRun } from '@skills/functions/planning/postpone-run.ts'
import type { World } from '@skills/core/world.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePeople } from '../enrollment/claim-scene.ts'
import { fresh } from '../instructor/instructor-scene.ts'
import { bookingsOf } from '../instructor/request-scene.ts'
import { moments, mortal } from '../order/crash.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { claim } from '../waitlist/waitlist-scene.ts'
import { books, itemOf, makePlace, publishedRun, step } from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('postpone-crash')
  stop = started.stop
  world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
})
afterAll(() => stop())

/** Postponing calls no payment provider: who wants her money back leaves by herself. */
const noPayments = { provider: {} } as unknown as Payments
const [before, after] = [
  ['2026-12-14', '2026-12-16'],
  ['2026-12-21', '2026-12-23'],
]

/** A public run of two evenings with somebody in it, and its postponement by a week. */
async function scene() {
  const place = await makePlace(world)
  const { runId, teacher } = await publishedRun(world, place, { hours: before.map((date) => ({ date })) })
  await step(world, place, runId, 'registration-open')
  const [person = ''] = await makePeople(world, 1)
  await claim(world, person, runId)
  const { version } = await itemOf(world, runId)
  const command = fresh('postponeRun')
  const postpone = (through: World) =>
    postponeRun(through, { actor: place.manager, command, params: { runId }, body: { version, days: 7 } })
  const days = async (resource: string) =>
    (await bookingsOf(world, resource, [...before, ...after])).map(({ from }) => from.slice(0, 10)).toSorted()
  const stands = async () => {
    const { run, version: at } = await itemOf(world, runId)
    return {
      changes: at - version,
      meetings: run.meetings.map(({ startsAt }) => startsAt.slice(0, 10)),
      room: await days(roomResource(place.venue.id, '101')),
      teacher: await days(teacher.instructorId),
    }
  }
  return { postpone, stands, told: () => toldOf(runId) }
}

/** How many events of the move wait for learners, and for instructors. */
async function toldOf(runId: string): Promise<number[]> {
  const events = (await scanTable(world.table)).flatMap(({ pk, event }) => (pk.startsWith('OUTBOX#') ? [event as OutboxEvent] : []))
  return ['run-changed', 'assignment-moved'].map((wanted) => events.filter(({ type, runId: of }) => type === wanted && of === runId).length)
}

const untouched = { changes: 0, meetings: before, room: before, teacher: before }
const moved = { changes: 1, meetings: after, room: after, teacher: after }

it('a process that dies at any call of postponing leaves the run, its rooms, its instructor and who is told moved once or not at all', async () => {
  const whole = mortal(world, noPayments)
  const first = await scene()
  await first.postpone(whole.world)
  expect(await first.stands()).toEqual(moved)
  expect(whole.calls()).toBeGreaterThan(5)
  for (let at = 1; at <= whole.calls(); at += 1) {
    for (const moment of whole.effects(at) ? moments : moments.slice(0, 1)) {
      const { postpone, stands, told } = await scene()
      const dying = mortal(world, noPayments, at, moment)
      await postpone(dying.world).catch(() => undefined)
      const left = await stands()
      expect([untouched, moved]).toContainEqual(left)
      // Nobody heard the end of it, and it is asked for again with the same key.
      await postpone(world)
      expect([await stands(), await told()]).toEqual([moved, [1, 1]])
    }
  }
  expect(await books(world)).toEqual([])
}, 180_000)
