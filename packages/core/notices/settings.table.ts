import type { Command } from '@skills/contract/actor.ts'
import type { Groups, Quiet } from '@skills/contract/notices.ts'
import { auditStep, historyOf } from '../audit.ts'
import { held } from '../held.ts'
import { keys } from '../keys.ts'
import { readItem, type Item } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { settingsEntity, settingsOf, usualSettings, type PendingAddress, type SealedAddress, type SettingsItem } from './settings.ts'

/** What a person chose, strongly read, or undefined. */
export async function readSettings(world: World, personId: string): Promise<SettingsItem | undefined> {
  return settingsOf(await readItem(world.table, keys.noticeSettings.key(personId)))
}

/** What of the settings is written; left out, it stays. `pending: null` takes the pending address away. */
export interface SettingsChange {
  groups?: Groups
  quiet?: Quiet | null
  mail?: SealedAddress | null
  pending?: PendingAddress | null
}

/**
 * Changes settings in one transaction with their audit entry. Only what is named is written, so that counting tries beside it is not undone. Fails by name: `settings` when
 * they were changed meanwhile, or when the pending address is no longer the one that was read.
 */
export function writeSettings<T>(
  world: World,
  command: Command,
  personId: string,
  change: SettingsChange & { action: string },
  before: SettingsItem | undefined,
  answer: T,
): Promise<Outcome<T>> {
  const { action, ...given } = change
  const entity = settingsEntity(personId)
  const audit = auditStep(
    { entity, action, by: personId, at: world.now(), commandId: command.id },
    historyOf(before as unknown as Item | undefined),
  )
  const first = before === undefined ? { ...usualSettings, mail: null, pending: null, personId, entity } : {}
  const set = { ...first, ...given, ...audit.history }
  const fields = Object.entries(set).filter(([, value]) => value !== undefined)
  const confirms = given.mail !== undefined && given.mail !== null
  const step: Step = {
    name: 'settings',
    update: {
      key: keys.noticeSettings.key(personId),
      set: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      condition:
        before === undefined
          ? 'attribute_not_exists(pk)'
          : `#version = :before${confirms ? ' AND #pending.#digest = :digest AND #pending.#triesLeft >= :none' : ''}`,
      names: {
        ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        ...(confirms ? { '#digest': 'digest', '#triesLeft': 'triesLeft' } : {}),
      },
      values: {
        ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
        ...(before === undefined ? {} : { ':before': before.version }),
        ...(confirms ? { ':digest': before?.pending?.digest ?? '', ':none': 0 } : {}),
      },
    },
  }
  return transact(world, command, [step, audit.step], answer)
}

/** Takes one of the tries that a mailed code has, before it is compared. Out: false when none is left, or the code is another meanwhile. */
export function takeTry(world: World, personId: string, digest: string): Promise<boolean> {
  return held(() =>
    world.table.client.send(
      new UpdateCommand({
        TableName: world.table.name,
        Key: keys.noticeSettings.key(personId),
        UpdateExpression: 'SET #pending.#triesLeft = #pending.#triesLeft - :one',
        ConditionExpression: '#pending.#digest = :digest AND #pending.#triesLeft > :none',
        ExpressionAttributeNames: { '#pending': 'pending', '#triesLeft': 'triesLeft', '#digest': 'digest' },
        ExpressionAttributeValues: { ':one': 1, ':none': 0, ':digest': digest },
      }),
    ),
  )
}
