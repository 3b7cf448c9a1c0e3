import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { instantOf } from '@skills/contract/time.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import { lookForTeachers } from '@skills/core/planning/look-for-teachers.ts'
import { teaching } from '@skills/core/scheduling/crew.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import type { Table } from '@skills/core/table.ts'
import { sweepCrews } from '@skills/functions/instructor/sweep-crews.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makePeople } from '../enrollment/claim-scene.ts'
import { makeTeacher } from '../instructor/instructor-scene.ts'
import { answer, ask, assignments, crewHistory, eventsOf, withdraw } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { claim, told } from '../waitlist/waitlist-scene.ts'
import { books, itemOf, makePlace, publishedRun, step } from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
const start = '2026-12-01T02:00:00.000Z'
/** Two days before the first evening. */
const near = instantOf('2026-12-12', '18:00')
beforeAll(async () => {
  const started = await startTable('untaught')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())
beforeEach(() => world.moveTo(start))

const stateOf = async (runId: string) => (await itemOf(world, runId)).run.state

/** A run whose registration is open, of which nobody teaches the first evening any more. */
async function alone() {
  const place = await makePlace(world)
  const { runId } = await publishedRun(world, place)
  await step(world, place, runId, 'registration-open')
  const item = await itemOf(world, runId)
  const meetingId = item.run.meetings[0]?.id ?? ''
  const [first] = (await assignments(world, item)).filter((one) => one.meetingId === meetingId)
  await withdraw(world, item, first?.bookingId ?? '')
  return { place, runId, item, meetingId }
}

test('two days before a meeting that nobody teaches nobody else is taken, who is enrolled stays, and all are told once', async () => {
  const { place, runId, item, meetingId } = await alone()
  const membership = { organizationId: place.provider.id, organizationName: place.provider.name, roles: ['provider:manager' as const] }
  await writeMembership(world, undefined, 'system:test', place.manager.personId, membership, undefined)
  const [one = '', late = ''] = await makePeople(world, 2)
  await claim(world, one, runId)
  world.moveTo(instantOf('2026-12-12', '17:59'))
  await sweepCrews(world)
  expect(await stateOf(runId)).toBe('registration-open')
  world.moveTo(near)
  await Promise.all([sweepCrews(world), sweepCrews(world)])
  await sweepCrews(world)
  expect(await stateOf(runId)).toBe('registration-closed')
  expect(await told(claim(world, late, runId))).toBe('registration-closed')
  const from = item.run.meetings[0]?.startsAt
  expect(await eventsOf(world, 'instructor-sought', runId)).toEqual([{ type: 'instructor-sought', runId, from }])
  expect(await eventsOf(world, 'instructor-missing', runId)).toMatchObject([{ personId: place.manager.personId, from }])
  expect((await readCrew(world.table, runId))?.untaught).toEqual([meetingId])
  expect(await told(step(world, place, runId, 'registration-open'))).toBe('run-not-ready')

  const stand = await makeTeacher(world)
  const [asked] = (await ask(world, item, stand, [meetingId])).assignments
  expect(await told(step(world, place, runId, 'registration-open'))).toBe('run-not-ready')
  await answer(world, stand, item, [asked?.bookingId ?? ''])
  expect((await readCrew(world.table, runId))?.untaught).toBeUndefined()
  await step(world, place, runId, 'registration-open')
  await sweepCrews(world)
  expect(await stateOf(runId)).toBe('registration-open')
  expect(await told(claim(world, late, runId))).toBe('done')

  // Lost again: told again, at once.
  await withdraw(world, item, asked?.bookingId ?? '')
  await sweepCrews(world)
  expect(await stateOf(runId)).toBe('registration-closed')
  expect(await eventsOf(world, 'instructor-sought', runId)).toHaveLength(2)
  expect(await books(world)).toEqual([])
})

test('a run that is taught, and one that was closed by hand, keep their state; of the second people are told all the same', async () => {
  const { runId } = await publishedRun(world, await makePlace(world))
  const closed = await alone()
  await step(world, closed.place, closed.runId, 'registration-closed')
  world.moveTo(near)
  expect([await lookForTeachers(world, runId), await lookForTeachers(world, closed.runId)]).toEqual([false, true])
  expect([await stateOf(runId), await stateOf(closed.runId)]).toEqual(['published', 'registration-closed'])
  expect(await eventsOf(world, 'instructor-sought', closed.runId)).toHaveLength(1)
  expect(await lookForTeachers(world, closed.runId)).toBe(false)
})

/** The same world in which `first` happens just before the first change is written; without the crew's turn where `guarded` is false. */
function overtaken(first: () => Promise<unknown>, guarded: boolean): TestWorld {
  let came = false
  const send = async (request: TransactWriteCommand): Promise<unknown> => {
    if (!(request instanceof TransactWriteCommand)) return world.table.client.send(request)
    if (!came) {
      came = true
      await first()
    }
    const items = (request.input.TransactItems ?? []).map((item) => {
      const { pk, sk } = item.Put?.Item ?? {}
      const ofCrew = sk === 'CREW' || String(pk).endsWith('.crew')
      return item.Put === undefined || guarded || !ofCrew ? item : { Put: { TableName: item.Put.TableName, Item: item.Put.Item } }
    })
    return world.table.client.send(new TransactWriteCommand({ ...request.input, TransactItems: items }))
  }
  return { ...world, table: { name: world.table.name, client: { send } as unknown as Table['client'] } }
}

test.each([
  ['comes first: registration stays open', true],
  ['CONTROL: without the crew’s turn the acceptance is lost and registration closed', false],
])('an acceptance at the moment of the look %s', async (_, guarded) => {
  const { runId, item, meetingId } = await alone()
  const stand = await makeTeacher(world)
  world.moveTo(near)
  const [asked] = (await ask(world, item, stand, [meetingId])).assignments
  const accepts = () => answer(world, stand, item, [asked?.bookingId ?? ''])
  await lookForTeachers(overtaken(accepts, guarded), runId)
  const teachers = teaching(await readCrew(world.table, runId), meetingId)
  expect(teachers).toEqual(guarded ? [stand.instructorId] : [])
  expect(await stateOf(runId)).toBe(guarded ? 'registration-open' : 'registration-closed')
  expect((await crewHistory(world, runId)).includes('untaught')).toBe(!guarded)
})
