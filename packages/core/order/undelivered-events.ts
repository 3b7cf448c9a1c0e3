import { plusMinutes } from '@skills/contract/time.ts'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { keys } from '../keys.ts'
import { readItem } from '../table.ts'
import type { World } from '../world.ts'
import type { Payments } from './payment.ts'
import { receiveEvent, type Received } from './receive-event.ts'

/** Events may show in the provider's list a little after they were made. */
const overlapMinutes = 10
/** How long the provider keeps its list, in minutes: 30 days (docs.stripe.com/api/events). */
const keptMinutes = 30 * 24 * 60

export interface Caught {
  received: { eventId: string; outcome: Received }[]
  failed: { eventId: string; error: unknown }[]
}

/**
 * Applies the events that the payment provider could not deliver since the last look, oldest first, each as if it had come by itself. One that fails holds up no other; the next look begins
 * with it. Two looks at once do nothing twice. Throws `ProviderFailed` when the list cannot be had.
 */
export async function catchUp(world: World, payments: Payments): Promise<Caught> {
  const now = world.now()
  const key = keys.lastLook.key('stripe')
  const oldest = plusMinutes(now, -keptMinutes)
  const last = (await readItem(world.table, key))?.['at'] as string | undefined
  const since = last === undefined || last < oldest ? oldest : last
  const caught: Caught = { received: [], failed: [] }
  let next = plusMinutes(now, -overlapMinutes)
  for await (const event of payments.provider.undelivered(since)) {
    try {
      const outcome = await receiveEvent(world, payments, event)
      caught.received.push({ eventId: event.id, outcome })
      if (outcome.done === 'unknown-yet' && event.at < next) next = event.at
    } catch (error) {
      caught.failed.push({ eventId: event.id, error })
      if (event.at < next) next = event.at
    }
  }
  // Written without a condition: an older instant only means that some events are looked at once more.
  await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: { ...key, at: next } }))
  return caught
}
