import type { Actor } from '@skills/contract/actor.ts'
import type { Meeting } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readInstructorOf } from '@skills/core/instructor/instructor.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { teaching } from '@skills/core/scheduling/crew.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import type { World } from '@skills/core/world.ts'

/** What the stories of this feature work with: the world, and the deployment's secret of which each meeting's is made. */
export interface Taking {
  world: World
  secretKey: string
}

export interface OfMeeting {
  runId: string
  meetingId: string
}

/** A meeting of a run that people have seats in. Refuses `not-found`, and `run-cancelled`. */
export async function meetingOf(world: World, { runId, meetingId }: OfMeeting): Promise<{ item: RunItem; meeting: Meeting }> {
  const item = await readRun(world.table, runId)
  const meeting = item?.run.meetings.find(({ id }) => id === meetingId)
  if (item === undefined || meeting === undefined || item.run.state === 'draft') throw new Refusal('not-found')
  if (item.run.state === 'cancelled') throw new Refusal('run-cancelled')
  return { item, meeting }
}

const staff = ['provider:manager', 'provider:registrar'] as const

/**
 * A meeting whose attendance the caller may take: an instructor who accepted it, a manager or registrar of its provider; of a run for which nobody was asked
 * also the provider's own instructors. `decides`: may also confirm corrections. Everybody else is told that there is none. Refuses `not-found`, `run-cancelled`.
 */
export async function meetingToTake(
  world: World,
  actor: Actor,
  of: OfMeeting,
): Promise<{ item: RunItem; meeting: Meeting; decides: boolean }> {
  const found = await meetingOf(world, of)
  const taker = await takerOf(world, actor, of, found.item)
  if (taker === undefined) throw new Refusal('not-found')
  return { ...found, ...taker }
}

/**
 * Somebody who may take a meeting's attendance has the secret of its codes: none of them shows that she was there herself. Another's scan of her pass does, or a correction by two people.
 * Refuses `second-person-needed`.
 */
export async function notByOneself(world: World, actor: Actor, of: OfMeeting, item: RunItem): Promise<void> {
  if ((await takerOf(world, actor, of, item)) !== undefined) throw new Refusal('second-person-needed')
}

async function takerOf(world: World, actor: Actor, of: OfMeeting, item: RunItem): Promise<{ decides: boolean } | undefined> {
  const { providerId } = item.run
  const who: Actor = { ...actor, memberships: await membershipsOf(world, actor.personId) }
  if (mayAct(who, providerId, staff)) return { decides: true }
  const crew = await readCrew(world.table, of.runId)
  const teachers = teaching(crew, of.meetingId)
  const own = await readInstructorOf(world.table, actor.personId)
  const crewed = (crew?.assignments ?? []).length > 0
  const may = crewed ? own !== undefined && teachers.includes(own.instructor.id) : mayAct(who, providerId, ['provider:instructor'])
  return may ? { decides: false } : undefined
}
