import type { Command } from '@skills/contract/actor.ts'
import { keys } from '../keys.ts'
import { readItems, readRange, type Item } from '../table.ts'
import type { World } from '../world.ts'
import { enrollmentItemOf } from './enrollment-item.ts'
import { scheduleOf } from './schedule.ts'

/** One enrollment of a person with her schedule and the record of a command; undefined where there is none: what is owned is read by (owner, id). */
export async function readEnrollment(world: World, personId: string, enrollmentId: string, command?: Command) {
  const [item, schedule, record] = await readItems(world.table, [
    keys.enrollment.key(personId, enrollmentId),
    keys.schedule.key(personId),
    ...(command === undefined ? [] : [keys.command.key(command.id)]),
  ])
  return { item: enrollmentItemOf(item), schedule: scheduleOf(schedule), record }
}

/** A person's enrollments, newest first, after a sort key. */
export function readEnrollments(world: World, personId: string, limit?: number, after?: string): Promise<Item[]> {
  return readRange(world.table, {
    pk: keys.enrollment.key(personId, '').pk,
    begins: 'ENROLLMENT#',
    backward: true,
    after,
    ...(limit === undefined ? {} : { limit }),
  })
}
