import { plusMinutes } from '@skills/contract/time.ts'
import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { indexes, keys } from '../keys.ts'
import { readItem, type Item, type Table } from '../table.ts'
import { transact, type Step } from '../transact.ts'
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
  after: Omit<Register, 'version' | 'auditHash' | 'entity' | 'creditedTo' | 'failedSince'>
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

/** A run whose hours could not be credited is looked at again after a pause as long as it has failed so far; minutes. */
const leastPause = 10
const mostPause = 6 * 60

/**
 * Lays a run whose crediting failed behind the others that are due, so that those that always fail fill no turn of a sweep; whatever else is written into its register ends that. Nothing is
 * changed where somebody wrote it meanwhile. It is no change of the register, so it has no audit entry.
 */
export async function lookAgain(world: World, runId: string): Promise<void> {
  const register = await readRegister(world.table, runId)
  if (register === undefined) return
  const now = world.now()
  const since = register.failedSince ?? now
  const failing = Math.floor((Date.parse(now) - Date.parse(since)) / 60_000)
  const { sk } = indexes.due
  await transact(
    world,
    undefined,
    [
      {
        name: 'register',
        update: {
          key: keys.register.key(runId),
          set: 'SET #due = :again, failedSince = :since',
          condition: 'version = :before AND #due <= :now',
          names: { '#due': sk },
          values: {
            ':again': plusMinutes(now, Math.min(mostPause, Math.max(leastPause, failing))),
            ':since': since,
            ':before': register.version,
            ':now': now,
          },
        },
      },
    ],
    true,
  )
}
