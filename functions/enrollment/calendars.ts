import { createHmac } from 'node:crypto'
import type { Actor, Command } from '@skills/contract/actor.ts'
import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { calendarOwner, setCalendarSecret } from '@skills/core/enrollment/calendar.table.ts'
import { readEnrollments } from '@skills/core/enrollment/enrollment.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { getMyEnrollment } from './get-my-enrollment.ts'
import { learningItem, withRuns } from './learning.ts'

/** The library of calendars is loaded by the first request for one, not by every cold start. */
async function calendarOf(items: readonly LearningItem[], href: string): Promise<string> {
  const calendar = await import('@skills/core/enrollment/calendar.ts')
  return calendar.calendarOf(items, href)
}

/** Where addresses in a calendar begin, and the key that calendar secrets are derived with. */
export interface CalendarSettings {
  publicUrl: string
  secretKey: string
}

/** The calendar of one enrollment of the caller. Refuses `not-found`. */
export async function getEnrollmentCalendar(
  world: World,
  settings: CalendarSettings,
  call: { actor: Actor; params: { enrollmentId: string } },
) {
  return calendarOf([await getMyEnrollment(world, call)], `${settings.publicUrl}/learning/`)
}

/**
 * Opens the caller's calendar subscription; an older address ends. The secret is derived from the command, so that a repeated
 * request shows the same address though only the secret's hash is kept.
 */
export async function openCalendar(world: World, settings: CalendarSettings, { actor, command }: { actor: Actor; command: Command }) {
  const secret = createHmac('sha256', settings.secretKey).update(`calendar ${actor.personId} ${command.id}`).digest('base64url')
  const outcome = await setCalendarSecret(world, command, actor.personId, secret, { openedAt: world.now() })
  if (!('answer' in outcome)) throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
  return { path: `/api/calendars/${secret}.ics`, openedAt: outcome.answer.openedAt }
}

/** Ends the caller's calendar subscription; `closed` says whether there was one. */
export async function closeCalendar(world: World, { actor, command }: { actor: Actor; command: Command }) {
  const current = await readItem(world.table, keys.calendar.key(actor.personId))
  const outcome = await setCalendarSecret(world, command, actor.personId, undefined, { closed: current?.['hash'] !== undefined })
  if (!('answer' in outcome)) throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
  return outcome.answer
}

/** The calendar that a secret address opens. Refuses `not-found` for an address that never was or has ended. */
export async function getCalendar(world: World, settings: CalendarSettings, { params }: { params: { secret: string } }) {
  const personId = await calendarOwner(world, params.secret.slice(0, -'.ics'.length))
  if (personId === undefined) throw new Refusal('not-found')
  const rows = await withRuns(world, await readEnrollments(world, personId))
  return calendarOf(
    rows.map(({ enrollment, run }) => learningItem(enrollment, run, world.now())),
    `${settings.publicUrl}/learning/`,
  )
}
