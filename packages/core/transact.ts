import { createHash } from 'node:crypto'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { commandRecord, replayOf } from './command.ts'
import type { Item } from './table.ts'
import { readItem } from './table.ts'
import type { World } from './world.ts'
import { keys } from './keys.ts'

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** One write of a change. `name` says which condition failed; the table's name is filled in here. */
export interface Step {
  name: string
  put?: { item: Item; condition?: string; values?: Record<string, unknown>; names?: Record<string, string> }
  update?: {
    key: { pk: string; sk: string }
    set: string
    condition?: string
    values: Record<string, unknown>
    names?: Record<string, string>
  }
  remove?: { key: { pk: string; sk: string }; condition?: string; values?: Record<string, unknown>; names?: Record<string, string> }
  check?: { key: { pk: string; sk: string }; condition: string; values?: Record<string, unknown>; names?: Record<string, string> }
}

/** What came of a change: done (`replayed` when the same command was done before), or the step whose condition failed and the item it met. */
export type Outcome<T> = { answer: T; replayed: boolean } | { failed: string; met: Item | undefined }

/** How long conflicts and throttles are retried before the caller hears `busy`: well inside the gateway's 30 s. */
const budgetMs = 6_000
/** How often a command waits for its twin in flight before it says so. */
const inFlightTries = 2
const retried = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'InternalServerError',
])

/**
 * Makes one change in one transaction. With a `command`, its record is written in the same transaction, so that a repeated
 * request gets the first answer. Conflicts and throttles are retried with full jitter inside a time budget; a failed condition never is.
 * Where the engine does not say whether it wrote ("maybe"), the command record is read and the truth is told.
 * Refuses: `idempotency-key-reused`, `request-outstanding`, `busy`, `outcome-unknown`.
 */
export async function transact<T>(world: World, command: Command | undefined, steps: readonly Step[], answer: T): Promise<Outcome<T>> {
  const all: Step[] = command === undefined ? [...steps] : [commandRecord(world, command, answer), ...steps]
  const items = all.map((step) => toWrite(world.table.name, step))
  const token = createHash('sha256')
    // Without a command two callers may write the very same bytes, and each must hear whether it was the one: so chance stands in.
    .update(JSON.stringify([command?.id ?? world.secret(16), all]))
    .digest('hex')
    .slice(0, 36)
  const started = world.tick()
  let maybe = false
  for (let attempt = 0; ; attempt += 1) {
    try {
      await world.table.client.send(new TransactWriteCommand({ TransactItems: items, ClientRequestToken: token }))
      return { answer, replayed: false }
    } catch (error) {
      const verdict = judge(error)
      if (verdict.kind === 'fatal') throw error
      if (verdict.kind === 'condition') {
        const step = all[verdict.position] as Step
        if (command !== undefined && verdict.position === 0) return { answer: replayOf<T>(command, verdict.met), replayed: true }
        return { failed: step.name, met: verdict.met }
      }
      maybe ||= verdict.kind === 'maybe'
      // Only the same command writes its record: it is in flight elsewhere. A moment's patience, then the caller is told.
      const sameInFlight = verdict.kind === 'conflict' && verdict.position === 0 && command !== undefined
      if (sameInFlight && !maybe && attempt >= inFlightTries) throw new Refusal('request-outstanding', {}, { retryAfterSeconds: 2 })
      if (world.tick() - started > budgetMs || attempt >= 7) {
        return giveUp(world, command, maybe, error)
      }
      await world.pause(world.chance(Math.min(1_000, 25 * 2 ** attempt)) + 1)
    }
  }
}

/** Out of patience: reads the guard where the outcome is in doubt, otherwise says `busy` (nothing was written). */
async function giveUp<T>(world: World, command: Command | undefined, maybe: boolean, error: unknown): Promise<Outcome<T>> {
  if (command === undefined) throw error
  if (!maybe) throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
  const record = await readItem(world.table, keys.command.key(command.id)).catch(() => undefined)
  if (record === undefined) throw new Refusal('outcome-unknown', {}, { retryAfterSeconds: 2 })
  return { answer: replayOf<T>(command, record), replayed: true }
}

type Verdict =
  | { kind: 'condition'; position: number; met: Item | undefined }
  | { kind: 'conflict'; position: number }
  | { kind: 'maybe' }
  | { kind: 'fatal' }

/** Reads an engine's error: which condition failed, a conflict to retry, a "maybe", or something that retrying cannot mend. */
export function judge(error: unknown): Verdict {
  const {
    name,
    CancellationReasons: reasons,
    $fault,
    $metadata,
  } = error as {
    name?: string
    CancellationReasons?: { Code?: string; Item?: Record<string, AttributeValue> }[]
    $fault?: string
    $metadata?: { httpStatusCode?: number }
  }
  if (name === 'TransactionCanceledException' && reasons !== undefined) {
    const failed = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed')
    if (failed >= 0) {
      // The document client translates answers, not errors.
      const met = reasons[failed]?.Item
      return { kind: 'condition', position: failed, met: met === undefined ? undefined : (unmarshall(met) as Item) }
    }
    const conflict = reasons.findIndex((reason) => retried.has(reason.Code ?? ''))
    return conflict >= 0 ? { kind: 'conflict', position: conflict } : { kind: 'fatal' }
  }
  if (name === 'TransactionInProgressException') return { kind: 'maybe' }
  if (name === 'ThrottlingException' || name === 'ProvisionedThroughputExceededException' || name === 'RequestLimitExceeded')
    return { kind: 'conflict', position: -1 }
  if ($fault === 'client' && name !== 'TimeoutError') return { kind: 'fatal' }
  // A server's 5xx, a timeout or a lost connection: it may have been written.
  const status = $metadata?.httpStatusCode
  return status === undefined || status >= 500 ? { kind: 'maybe' } : { kind: 'fatal' }
}

function toWrite(table: string, step: Step): Write {
  const part = (of: { condition?: string; values?: Record<string, unknown>; names?: Record<string, string> }) => ({
    TableName: table,
    ...(of.condition === undefined ? {} : { ConditionExpression: of.condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
    ...(of.values === undefined ? {} : { ExpressionAttributeValues: of.values }),
    ...(of.names === undefined ? {} : { ExpressionAttributeNames: of.names }),
  })
  if (step.put) return { Put: { ...part(step.put), Item: step.put.item } }
  if (step.update) return { Update: { ...part(step.update), Key: step.update.key, UpdateExpression: step.update.set } }
  if (step.remove) return { Delete: { ...part(step.remove), Key: step.remove.key } }
  if (step.check) return { ConditionCheck: { ...part(step.check), Key: step.check.key, ConditionExpression: step.check.condition } }
  throw new Error(`the step ${step.name} says nothing`)
}
