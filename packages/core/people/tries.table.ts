import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { held } from '../held.ts'
import { keys } from '../keys.ts'
import type { World } from '../world.ts'

/** How many new ID numbers or mobiles a person may name in a day. A slip or two is human; a list of other people's numbers is not. */
const mostTries = 5
const keptSeconds = 7 * 24 * 3_600

/**
 * Counts that a person names a new ID number or mobile. A write of its own before the change, so that what is refused then counts too: the
 * refusal is what tells whether somebody is registered. Days are those of Beijing. Refuses `rate-limited` until the next one.
 */
export async function countTry(world: World, personId: string): Promise<void> {
  const now = world.now()
  const midnight = plusMinutes(instantOf(dateAt(now), '00:00'), 24 * 60)
  const allowed = await held(() =>
    world.table.client.send(
      new UpdateCommand({
        TableName: world.table.name,
        Key: keys.tries.key(personId, dateAt(now)),
        UpdateExpression: 'SET expiresAt = :expiresAt ADD tries :one',
        ConditionExpression: 'attribute_not_exists(pk) OR tries < :most',
        ExpressionAttributeValues: { ':one': 1, ':most': mostTries, ':expiresAt': Math.floor(Date.parse(now) / 1000) + keptSeconds },
      }),
    ),
  )
  if (!allowed) throw new Refusal('rate-limited', {}, { retryAfterSeconds: Math.ceil((Date.parse(midnight) - Date.parse(now)) / 1000) })
}
