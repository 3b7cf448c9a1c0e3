import { atOnce } from '@skills/core/at-once.ts'
import type { Key } from '@skills/core/table.ts'
import { realWorld } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'
import { deliverEvent } from './deliver-event.ts'
import { openChannels } from './open-channels.ts'

/** As much of a record of the table's stream as is looked at. */
interface StreamRecord {
  eventName?: string
  dynamodb?: { Keys?: Record<string, { S?: string }>; SequenceNumber?: string }
}

const world = realWorld()
const channels = openChannels(world, 'dispatch-outbox')

/**
 * Takes new events of the outbox from the table's stream. The record only says where to look: the event is read from the table, so that
 * one delivered before is known by its absence. Records that failed for now are given back and come again; what only waits for its text
 * messages does not hold up those behind it: `redeliver` takes it on.
 */
export async function handler({
  Records: records,
}: {
  Records: StreamRecord[]
}): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> {
  const fresh = records.filter((record) => record.eventName === 'INSERT' && keyOf(record)?.pk.startsWith('OUTBOX#'))
  const { failed } = await atOnce(fresh, 8, async (record) => {
    const key = keyOf(record) as Key
    const came = await deliverEvent(world, channels, key)
    if (came === 'parked' || came === 'waiting')
      log({ at: world.now(), level: 'error', function: 'dispatch-outbox', event: `outbox-${came}` })
  })
  for (const { error } of failed)
    log({
      at: world.now(),
      level: 'error',
      function: 'dispatch-outbox',
      event: 'outbox-failed',
      failed: failed.length,
      ...errorFields(error),
    })
  return { batchItemFailures: failed.map(({ item }) => ({ itemIdentifier: item.dynamodb?.SequenceNumber ?? '' })) }
}

function keyOf(record: StreamRecord): Key | undefined {
  const { pk, sk } = record.dynamodb?.Keys ?? {}
  return pk?.S === undefined || sk?.S === undefined ? undefined : { pk: pk.S, sk: sk.S }
}
