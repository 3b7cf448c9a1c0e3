import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Page } from '@skills/contract/actor.ts'
import type { NoticeLine } from '@skills/contract/notices.ts'
import type { Notice } from '@skills/contract/people.routes.ts'
import { atOnce } from '../at-once.ts'
import { held } from '../held.ts'
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

/** A page of a person's notices with whether she read each, newest first; `next` is the position of the next page, or null. */
export async function noticePage(world: World, personId: string, page: Page): Promise<{ notices: NoticeLine[]; next: string | null }> {
  const { pk } = keys.notice.key(personId, '')
  const after = page.after === undefined ? undefined : keys.notice.key(personId, page.after).sk
  const items = await readRange(world.table, { pk, begins: 'NOTICE#', backward: true, limit: page.limit + 1, after })
  const shown = items.slice(0, page.limit)
  const notices = shown.map((item) => ({ ...(item['notice'] as Notice), read: item['readAt'] !== undefined }))
  return { notices, next: items.length > page.limit ? (notices.at(-1)?.id ?? null) : null }
}

/** How many of a person's latest 99 notices are unread. */
export async function unreadOf(world: World, personId: string): Promise<number> {
  const { pk } = keys.notice.key(personId, '')
  const items = await readRange(world.table, { pk, begins: 'NOTICE#', backward: true, limit: 99 })
  return items.filter((item) => item['readAt'] === undefined).length
}

/** Marks notices of a person as read; what is not hers, or was read before, stays as it is. */
export async function markRead(world: World, personId: string, noticeIds: readonly string[]): Promise<void> {
  const { failed } = await atOnce([...new Set(noticeIds)], 8, (id) =>
    held(() =>
      world.table.client.send(
        new UpdateCommand({
          TableName: world.table.name,
          Key: keys.notice.key(personId, id),
          UpdateExpression: 'SET #readAt = :now',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#readAt)',
          ExpressionAttributeNames: { '#readAt': 'readAt' },
          ExpressionAttributeValues: { ':now': world.now() },
        }),
      ),
    ),
  )
  if (failed[0] !== undefined) throw failed[0].error
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

/** `taker` is chance: two takers must never write the same bytes, or the engine would take the second for a repetition of the first and let both win. */
function effectStep(world: World, consumer: 'notices', event: string): Step {
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
