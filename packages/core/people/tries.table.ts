import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { held } from '../held.ts'
import { keys } from '../keys.ts'
import type { World } from '../world.ts'

/** How often a person may do in a day what would let her guess: name new ID numbers or mobiles, or voucher codes. A slip or two is human; a list is not. */
const most = { tries: 5, voucherTries: 20, inviteTries: 300, mailTries: 5, reportTries: 20 }
const keptSeconds = 7 * 24 * 3_600

/**
 * Counts (once, or `count` times for a list, which is shorter than a day's most) that a person names a new ID number or mobile (`tries`), a voucher, or somebody to invite. A write of its own before the change, so that what is refused then counts too: the
 * refusal is what tells whether somebody is registered. Days are those of Beijing. Refuses `rate-limited` until the next one.
 */
export async function countTry(world: World, personId: string, what: keyof typeof most = 'tries', count = 1): Promise<void> {
  const now = world.now()
  const midnight = plusMinutes(instantOf(dateAt(now), '00:00'), 24 * 60)
  const allowed = await held(() =>
    world.table.client.send(
      new UpdateCommand({
        TableName: world.table.name,
        Key: keys.tries.key(personId, dateAt(now)),
        UpdateExpression: 'SET expiresAt = :expiresAt ADD #what :count',
        ConditionExpression: 'attribute_not_exists(#what) OR #what <= :room',
        ExpressionAttributeNames: { '#what': what },
        ExpressionAttributeValues: {
          ':count': count,
          ':room': most[what] - count,
          ':expiresAt': Math.floor(Date.parse(now) / 1000) + keptSeconds,
        },
      }),
    ),
  )
  if (!allowed) throw new Refusal('rate-limited', {}, { retryAfterSeconds: Math.ceil((Date.parse(midnight) - Date.parse(now)) / 1000) })
}
