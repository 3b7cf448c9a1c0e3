import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Command } from '@skills/contract/actor.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { keptSeconds } from './command.ts'
import { held } from './held.ts'
import { keys } from './keys.ts'
import { readItem } from './table.ts'
import type { World } from './world.ts'

/** How long a started command may stay silent before the same key may start it again. Longer than any function may run. */
const leaseMinutes = 2

/**
 * Leases for stories of many transactions: the command's record is written as `outstanding` before the story, and gets its answer after it.
 * A story that dies leaves its lease to run out; it must therefore be one that can be done again from the start (an import is).
 */
export function leases<A extends object>(world: World) {
  /** The lease that this process holds for a command, told apart from those of other processes. */
  const mine = new Map<string, string>()

  return {
    async begin(command: Command): Promise<'started' | 'outstanding' | 'reused' | { answer: A }> {
      const now = world.now()
      const lease = world.secret(12)
      const item = {
        ...keys.command.key(command.id),
        route: command.route,
        fingerprint: command.fingerprint,
        status: 'outstanding',
        lease,
        leasedUntil: plusMinutes(now, leaseMinutes),
        at: now,
        expiresAt: Math.floor(Date.parse(now) / 1000) + keptSeconds,
      }
      const started = await held(() =>
        world.table.client.send(
          new PutCommand({
            TableName: world.table.name,
            Item: item,
            ConditionExpression:
              'attribute_not_exists(pk) OR (#status = :outstanding AND leasedUntil <= :now AND fingerprint = :fingerprint)',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':outstanding': 'outstanding', ':now': now, ':fingerprint': command.fingerprint },
          }),
        ),
      )
      const met = started ? undefined : await readItem(world.table, keys.command.key(command.id))
      // Refused by its own record: the engine had written it, and only its answer was lost.
      if (started || met?.['lease'] === lease) {
        mine.set(command.id, lease)
        return 'started'
      }
      // Given back between the two: as good as outstanding, the caller tries again.
      if (met === undefined) return 'outstanding'
      if (met['fingerprint'] !== command.fingerprint) return 'reused'
      return met['status'] === 'outstanding' ? 'outstanding' : { answer: met['answer'] as A }
    },

    /** Keeps the answer. When the lease ran out and another took it, that one's answer stands. */
    async finish(command: Command, _personId: string, answer: A): Promise<void> {
      await held(() =>
        world.table.client.send(
          new UpdateCommand({
            TableName: world.table.name,
            Key: keys.command.key(command.id),
            UpdateExpression: 'SET answer = :answer, #status = :done REMOVE lease, leasedUntil',
            ConditionExpression: 'lease = :lease',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':answer': answer, ':done': 'done', ':lease': mine.get(command.id) ?? '' },
          }),
        ),
      )
      mine.delete(command.id)
    },

    /** Gives the lease back, so that the same key may be tried again. */
    async abandon(command: Command): Promise<void> {
      await held(() =>
        world.table.client.send(
          new DeleteCommand({
            TableName: world.table.name,
            Key: keys.command.key(command.id),
            ConditionExpression: 'lease = :lease',
            ExpressionAttributeValues: { ':lease': mine.get(command.id) ?? '' },
          }),
        ),
      )
      mine.delete(command.id)
    },
  }
}
