import type { Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { keys } from './keys.ts'
import { readItem, type Item } from './table.ts'
import type { Step } from './transact.ts'
import type { World } from './world.ts'

/** How long an answer can be had again with the same key. The guards of the effects themselves are permanent. */
export const keptSeconds = 30 * 24 * 3_600

/** The record of a done command: written in the command's own transaction, with the answer that a repetition gets. */
export function commandRecord(world: World, command: Command, answer: unknown): Step {
  const now = world.now()
  return {
    name: 'command',
    put: {
      item: {
        ...keys.command.key(command.id),
        route: command.route,
        fingerprint: command.fingerprint,
        answer,
        at: now,
        expiresAt: Math.floor(Date.parse(now) / 1000) + keptSeconds,
      },
      condition: 'attribute_not_exists(pk)',
    },
  }
}

/** The first answer, out of a command's record. Refuses `idempotency-key-reused` when something else was asked with the same key. */
export function replayOf<T>(command: Command, record: Item | undefined): T {
  if (record === undefined || record['fingerprint'] !== command.fingerprint) throw new Refusal('idempotency-key-reused')
  return record['answer'] as T
}

/** Looks whether a command was done before: its first answer, or undefined. */
export async function doneBefore<T>(world: World, command: Command): Promise<{ answer: T } | undefined> {
  const record = await readItem(world.table, keys.command.key(command.id))
  return record === undefined ? undefined : { answer: replayOf<T>(command, record) }
}
