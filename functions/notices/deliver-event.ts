import { runOf } from '@skills/core/catalog/run-item.ts'
import { readClaimants } from '@skills/core/enrollment/seats.table.ts'
import { keys } from '@skills/core/keys.ts'
import { parkOutbox, removeOutbox, type OutboxItem } from '@skills/core/notices/notice.table.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { readItem, readItems, type Key } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { idOf } from '@skills/contract/ids.ts'
import * as z from 'zod/mini'
import { atOnce } from './at-once.ts'
import { tellPerson, type Channels } from './tell-person.ts'

const seat = { personId: idOf('person'), runId: idOf('run'), enrollmentId: idOf('enrollment') }
const Event = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('seat-claimed'), ...seat }),
  z.strictObject({ type: z.literal('seat-given-back'), ...seat }),
  z.strictObject({ type: z.literal('run-cancelled'), runId: idOf('run') }),
])

/**
 * Does all that follows from one event of the outbox, then removes it: everybody concerned is told once. Safe to repeat at any point.
 * An event that cannot be understood is parked; a failure that may pass is thrown. Out: what became of it.
 */
export async function deliverEvent(world: World, channels: Channels, key: Key): Promise<'delivered' | 'gone' | 'parked'> {
  const item = await readItem(world.table, key)
  if (item === undefined || item['parked'] !== undefined) return 'gone'
  const event = Event.safeParse(item['event'])
  const run = event.success ? runOf(await readItem(world.table, keys.run.key(event.data.runId))) : undefined
  if (!event.success || run === undefined || item['id'] !== key.pk.slice('OUTBOX#'.length)) {
    await parkOutbox(world, key, event.success ? 'its run is not there' : 'not an event we know')
    return 'parked'
  }
  const outbox = item as unknown as OutboxItem
  const people = await concerned(world, event.data, run.shards)
  const failed = await atOnce(people, 8, (personId) =>
    tellPerson(world, channels, `${outbox.id}:${personId}`, personId, event.data.type, run),
  )
  if (failed[0] !== undefined) throw failed[0].error
  await removeOutbox(world, outbox)
  return 'delivered'
}

/**
 * Whom an event concerns. A cancelled run: everybody in its seat ledger whose guard says that the seat is theirs now; both are strongly read,
 * which the roster index cannot be.
 */
async function concerned(world: World, event: OutboxEvent, shards: number): Promise<string[]> {
  if (event.type !== 'run-cancelled') return [event.personId]
  const everybody = [...(await readClaimants(world.table, event.runId, shards))]
  const guards = await readItems(
    world.table,
    everybody.map((personId) => keys.guard.key(personId, event.runId)),
  )
  return everybody.filter((_, place) => guards[place]?.['state'] === 'active')
}
