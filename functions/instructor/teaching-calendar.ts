import { createHmac } from 'node:crypto'
import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { calendarKey, calendarOwner, setCalendarSecret } from '@skills/core/enrollment/calendar.table.ts'
import { readInstructorOf } from '@skills/core/instructor/instructor.table.ts'
import { teachingOf } from '@skills/core/instructor/teaching.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { ownInstructor } from './own-instructor.ts'

/** Where addresses in a calendar begin, and the key that calendar secrets are derived with. */
interface Settings {
  publicUrl: string
  secretKey: string
}

/** How long a meeting that is over stays in a subscribed calendar, in minutes: a quarter. */
const keptMinutes = 90 * 24 * 60

/** Opens the subscription of what the caller teaches; an older address ends. The secret is derived from the command, as that of the learning calendar is. Refuses `no-instructor`. */
export async function openTeachingCalendar(world: World, settings: Settings, { actor, command }: { actor: Actor; command: Command }) {
  await ownInstructor(world, actor)
  const secret = createHmac('sha256', settings.secretKey).update(`teaching ${actor.personId} ${command.id}`).digest('base64url')
  const outcome = await setCalendarSecret(world, command, actor.personId, secret, { openedAt: world.now() }, 'teaching')
  if (!('answer' in outcome)) throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
  return { path: `/api/teaching-calendars/${secret}.ics`, openedAt: outcome.answer.openedAt }
}

/** Ends the subscription; `closed` says whether there was one. */
export async function closeTeachingCalendar(world: World, { actor, command }: { actor: Actor; command: Command }) {
  const current = await readItem(world.table, calendarKey(actor.personId, 'teaching'))
  const outcome = await setCalendarSecret(
    world,
    command,
    actor.personId,
    undefined,
    { closed: current?.['hash'] !== undefined },
    'teaching',
  )
  if (!('answer' in outcome)) throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
  return outcome.answer
}

/** The calendar that a secret address opens: what she teaches, and what she is asked for as tentative. Refuses `not-found` for an address that never was, has ended, or is of learning. */
export async function getTeachingCalendar(world: World, settings: Settings, { params }: { params: { secret: string } }) {
  const personId = await calendarOwner(world, params.secret.slice(0, -'.ics'.length), 'teaching')
  const item = personId === undefined ? undefined : await readInstructorOf(world.table, personId)
  if (item === undefined) throw new Refusal('not-found')
  const teaching = await teachingOf(world, item.instructor.id, plusMinutes(world.now(), -keptMinutes))
  const { teachingCalendar } = await import('@skills/core/instructor/teaching-calendar.ts')
  return teachingCalendar(teaching, `${settings.publicUrl}/console/instructor/`)
}
