import { createHash } from 'node:crypto'
import type { Command } from '@skills/contract/actor.ts'
import { auditStep, historyOf } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'

/** The hash that stands for a calendar secret in the table. */
function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** What a subscribed calendar shows: what a person learns, or what she teaches. Each has an address of its own. */
export type CalendarOf = 'learning' | 'teaching'

/** Whose calendar a secret opens, or undefined. */
export async function calendarOwner(world: World, secret: string, of: CalendarOf = 'learning'): Promise<string | undefined> {
  const item = await readItem(world.table, keys.calendarSecret.key(secretHash(secret)))
  return (item?.['of'] ?? 'learning') === of ? (item?.['personId'] as string | undefined) : undefined
}

/** Where it is kept which address of a person's calendar is live. */
export const calendarKey = (personId: string, of: CalendarOf) => (of === 'learning' ? keys.calendar : keys.teachingCalendar).key(personId)

/** Makes `secret` the one live address of a person's calendar; an older one ends in the same transaction. `undefined` ends it without a new one. */
export async function setCalendarSecret<T>(
  world: World,
  command: Command,
  personId: string,
  secret: string | undefined,
  answer: T,
  of: CalendarOf = 'learning',
): Promise<Outcome<T>> {
  const key = calendarKey(personId, of)
  const current = await readItem(world.table, key)
  const before = current?.['hash'] as string | undefined
  const hash = secret === undefined ? undefined : secretHash(secret)
  const action = hash === undefined ? 'close-calendar' : 'open-calendar'
  const audit = auditStep(
    {
      entity: of === 'learning' ? `calendar-${personId}` : `teaching-calendar-${personId}`,
      action,
      by: personId,
      at: world.now(),
      commandId: command.id,
    },
    historyOf(current),
  )
  const steps: Step[] = [
    {
      name: 'calendar',
      put: {
        item: { ...key, ...(hash === undefined ? {} : { hash }), openedAt: world.now(), ...audit.history },
        ...(current === undefined
          ? { condition: 'attribute_not_exists(pk)' }
          : { condition: 'version = :version', values: { ':version': current['version'] } }),
      },
    },
    audit.step,
  ]
  if (before !== undefined && before !== hash) steps.push({ name: 'old secret', remove: { key: keys.calendarSecret.key(before) } })
  if (hash !== undefined) steps.push({ name: 'secret', put: { item: { ...keys.calendarSecret.key(hash), personId, of } } })
  return transact(world, command, steps, answer)
}
