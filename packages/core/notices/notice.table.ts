import type { Notice } from '@skills/contract/people.routes.ts'
import { keys } from '../keys.ts'
import type { OutboxEvent } from '../outbox.ts'
import { readRange, type Item } from '../table.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'

/** An event on its way out, as the table holds it. A bad one is `parked`: it stays, with the reason, and is tried no more. */
export interface OutboxItem {
  id: string
  event: OutboxEvent
  at: string
  parked?: string
}

/** A person's notices, newest first; all of them without a limit. */
export async function latestNotices(world: World, personId: string, limit?: number): Promise<Notice[]> {
  const items = await readRange(world.table, {
    pk: keys.notice.key(personId, '').pk,
    begins: 'NOTICE#',
    backward: true,
    ...(limit === undefined ? {} : { limit }),
  })
  return items.map((item) => item['notice'] as Notice)
}

/** Id and instant of a notice. Made before the facts are read that it tells, so that one that was overtaken on the way stands below the newer. */
export type Stamp = Pick<Notice, 'id' | 'at'>

/** Tells a person something once per event: the notice and the guard of (consumer, event) in one transaction. Out: false when it was told before. */
export async function tellOnce(world: World, event: string, personId: string, notice: Notice): Promise<boolean> {
  const outcome = await transact(
    world,
    undefined,
    [
      effectStep(world, 'notices', event),
      {
        name: 'notice',
        put: { item: { ...keys.notice.key(personId, notice.id), personId, notice }, condition: 'attribute_not_exists(pk)' },
      },
    ],
    true,
  )
  if ('failed' in outcome && outcome.failed !== 'effect') throw new Error('a notice met another with its id')
  return 'answer' in outcome
}

/** Takes an effect for this caller alone, for ever. Out: false when somebody has it already. */
export async function takeEffect(world: World, consumer: 'sms', event: string): Promise<boolean> {
  return 'answer' in (await transact(world, undefined, [effectStep(world, consumer, event)], true))
}

/** `taker` is chance: two takers must never write the same bytes, or the engine would take the second for a repetition of the first and let both win. */
function effectStep(world: World, consumer: 'notices' | 'sms', event: string): Step {
  const item = { ...keys.effect.key(consumer, event), consumer, event, at: world.now(), taker: world.secret(12) }
  return { name: 'effect', put: { item, condition: 'attribute_not_exists(pk)' } }
}

/** Takes an event out of the outbox when all of it is done; one that is gone stays gone. */
export async function removeOutbox(world: World, { id }: OutboxItem): Promise<void> {
  await transact(world, undefined, [{ name: 'outbox', remove: { key: keys.outbox.key(id) } }], true)
}

/** Sets an event aside that can never be done. It stays in the outbox, where the checker of the books finds it. */
export async function parkOutbox(world: World, key: Pick<Item, 'pk' | 'sk'>, reason: string): Promise<void> {
  await transact(
    world,
    undefined,
    [
      {
        name: 'outbox',
        update: {
          key: { pk: key.pk, sk: key.sk },
          set: 'SET parked = :reason, parkedAt = :at',
          condition: 'attribute_exists(pk)',
          values: { ':reason': reason, ':at': world.now() },
        },
      },
    ],
    true,
  )
}
