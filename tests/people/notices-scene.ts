import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { scanTable } from '@skills/core/books/books.table.ts'
import { runOf, type RunItem } from '@skills/core/catalog/run-item.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import { takeSeat } from '@skills/core/enrollment/take-seat.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { giveSeatBack } from '@skills/core/enrollment/give-seat-back.ts'
import { scheduleOf } from '@skills/core/enrollment/schedule.ts'
import { keys } from '@skills/core/keys.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { outboxStep, type OutboxEvent } from '@skills/core/outbox.ts'
import { readItem, type Key } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

/** Puts an event into the outbox, as a change does; gives its key. */
export async function leave(world: World, event: OutboxEvent): Promise<Key> {
  const step = outboxStep(world, event)
  await transact(world, undefined, [step], true)
  const { pk, sk } = step.put?.item as Key
  return { pk, sk }
}

/** The titles of what a person was told, newest first. */
export async function titles(world: World, personId: string): Promise<string[]> {
  return (await latestNotices(world, personId)).map(({ title }) => title.zh)
}

/** A seat of a run by the real transaction; gives the enrollment's id. */
export async function claim(world: World, personId: string, run: RunItem, shard = '00'): Promise<string> {
  const schedule = scheduleOf(await readItem(world.table, keys.schedule.key(personId)))
  const outcome = await takeSeat(world, undefined, { personId, maskedName: '测*', run, shard, schedule, healthCommitment: false })
  if (!('answer' in outcome)) throw new Error(outcome.failed)
  return outcome.answer.id
}

export async function giveBack(world: World, personId: string, enrollmentId: string): Promise<void> {
  const { item: before, schedule } = await readEnrollment(world, personId, enrollmentId)
  const run = before === undefined ? undefined : await readRun(world.table, before.enrollment.runId)
  if (before === undefined || run === undefined) throw new Error('there is no such seat')
  const outcome = await giveSeatBack(world, undefined, { before, schedule, run, to: 'cancelled', by: personId })
  if (!('answer' in outcome)) throw new Error(outcome.failed)
}

/** The event that a change left about an enrollment. */
export async function eventOf(world: World, type: OutboxEvent['type'], enrollmentId: string): Promise<Key> {
  const found = (await scanTable(world.table)).find((item) => {
    const event = item['event'] as { type?: string; enrollmentId?: string } | undefined
    return item.pk.startsWith('OUTBOX#') && event?.type === type && event.enrollmentId === enrollmentId
  })
  if (found === undefined) throw new Error(`no ${type} of ${enrollmentId} in the outbox`)
  return { pk: found.pk, sk: found.sk }
}

/** Writes over one attribute of a run: what its provider did, without the rules of the catalog. */
export async function setRun(world: World, runId: string, change: Partial<RunItem['run']>): Promise<void> {
  const key = keys.run.key(runId)
  const run = { ...runOf(await readItem(world.table, key))?.run, ...change }
  await world.table.client.send(
    new UpdateCommand({
      TableName: world.table.name,
      Key: key,
      UpdateExpression: 'SET #run = :run',
      ExpressionAttributeNames: { '#run': 'run' },
      ExpressionAttributeValues: { ':run': run },
    }),
  )
}

export async function put(world: World, item: Record<string, unknown>): Promise<void> {
  await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: item }))
}
