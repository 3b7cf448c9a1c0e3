import type { Command } from '@skills/contract/actor.ts'
import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { Bar, Conduct } from './conduct.ts'

/** What keeps a provider from publishing, strongly read; undefined: it never had a sanction that does. */
export async function readConduct(table: Table, providerId: string): Promise<Conduct | undefined> {
  return (await readItem(table, keys.conduct.key(providerId))) as unknown as Conduct | undefined
}

const standsAs = (before: Conduct | undefined) =>
  before === undefined
    ? { condition: 'attribute_not_exists(pk)' }
    : { condition: 'version = :before', values: { ':before': before.version } }

/** The step that asks that a provider's conduct is still as read, for whoever publishes or opens registration. Fails by the name `conduct`. */
export function conductCheck(providerId: string, before: Conduct | undefined): Step {
  return { name: 'conduct', check: { key: keys.conduct.key(providerId), ...standsAs(before) } }
}

export interface ConductChange {
  providerId: string
  before: Conduct | undefined
  bars: Bar[]
  action: string
  by: string
}

/** The steps that write what keeps a provider from publishing, with its audit entry. Step `conduct` fails when another sanction of it changed meanwhile. */
export function conductSteps(world: World, command: Command | undefined, { providerId, before, bars, action, by }: ConductChange): Step[] {
  const entity = `${providerId}/CONDUCT`
  const audit = auditStep({ entity, action, by, at: world.now(), commandId: command?.id }, before)
  const item = { ...keys.conduct.key(providerId), providerId, entity, bars, ...audit.history }
  return [{ name: 'conduct', put: { item, ...standsAs(before) } }, audit.step]
}
