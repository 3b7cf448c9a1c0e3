import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, type Item, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { Register } from './register.ts'

/** A register out of its item. */
export function registerOf(item: Item | undefined): Register | undefined {
  return item as unknown as Register | undefined
}

/** A run's register, or undefined where nobody took attendance yet. */
export async function readRegister(table: Table, runId: string): Promise<Register | undefined> {
  return registerOf(await readItem(table, keys.register.key(runId)))
}

export interface RegisterChange {
  before: Register | undefined
  after: Omit<Register, 'version' | 'auditHash' | 'entity' | 'creditedTo'>
  /** When its hours are to be credited next; undefined: they are. */
  dueAt: string | undefined
  creditedTo?: Record<string, unknown>
  action: string
  by: string
  commandId?: string | undefined
}

/** The steps that write a register at the version it was read, with its audit entry. Fails by the name `register`. */
export function registerSteps(world: World, { before, after, dueAt, creditedTo, action, by, commandId }: RegisterChange): Step[] {
  const { runId, providerId, taken, checks, settledAt } = after
  const entity = `${runId}.register`
  const audit = auditStep({ entity, action, by, at: world.now(), commandId }, before)
  const item = {
    ...keys.register.key(runId),
    ...{ runId, providerId, entity, taken, checks, settledAt },
    ...(creditedTo === undefined ? {} : { creditedTo }),
    ...dueAttributes('register', runId, dueAt),
    ...audit.history,
  }
  const is =
    before === undefined
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'version = :before', values: { ':before': before.version } }
  return [
    { name: 'register', put: { item, ...is } },
    { ...audit.step, name: 'register audit' },
  ]
}
