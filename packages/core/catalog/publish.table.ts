import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Course, Provider, Venue } from '@skills/contract/catalog.ts'
import type { CourseRow } from '@skills/contract/snapshot.ts'
import { shardNames, type SeatHead } from '../enrollment/seats.ts'
import { held } from '../held.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import { contentVersion, stableText } from './stable-text.ts'
import { readCourse } from './course.table.ts'
import { partNames, partOf, type KeptRow, type PublicCourse } from './publish.ts'
import { readRunsOf } from './run.table.ts'

/** All that is public of a course, strongly read; undefined when it is not published. */
export async function readPublicCourse(table: Table, courseId: string): Promise<PublicCourse | undefined> {
  const item = await readCourse(table, courseId)
  if (item?.course.state !== 'published') return undefined
  const course: Course = item.course
  const runs = (await readRunsOf(table, courseId)).filter(({ run }) => run.state !== 'draft' && run.state !== 'completed')
  const venueIds = [...new Set(runs.flatMap(({ run }) => [run.venueId, ...run.meetings.map((meeting) => meeting.venueId)]))]
    .filter((id) => id !== null)
    .sort()
  const heads = runs.flatMap(({ run, shards }) => shardNames(shards).map((shard) => keys.shard.key(run.id, shard)))
  const [provider, ...others] = await readItems(table, [
    keys.provider.key(course.providerId),
    ...venueIds.map((id) => keys.venue.key(id)),
    ...heads,
  ])
  if (provider === undefined) throw new Error('a course without its provider')
  const free = new Map<string, number>()
  for (const head of others.slice(venueIds.length) as unknown as (SeatHead | undefined)[]) {
    if (head !== undefined) free.set(head.runId, (free.get(head.runId) ?? 0) + head.free)
  }
  return {
    course,
    provider: provider['provider'] as Provider,
    venues: others.slice(0, venueIds.length).flatMap((venue) => (venue === undefined ? [] : [venue['venue'] as Venue])),
    runs: runs.map(({ run }) => ({ run, free: free.get(run.id) ?? 0 })),
  }
}

/** The kept row of a course, or undefined. */
export function readRow(table: Table, courseId: string): Promise<Item | undefined> {
  return readItem(table, keys.catalogRow.key(partOf(courseId), courseId))
}

/** Keeps a course's row. False when another changed it since `before` was read: then everything is read again. */
export async function saveRow(table: Table, before: Item | undefined, row: CourseRow, provider: Provider): Promise<boolean> {
  const content = { row, provider: { id: provider.id, name: provider.name } }
  const version = contentVersion(stableText(content))
  if (before?.['version'] === version) return true
  const item = { ...keys.catalogRow.key(partOf(row.id), row.id), ...content, version }
  return held(() => table.client.send(new PutCommand({ TableName: table.name, Item: item, ...unchanged(before) })))
}

/** Takes a course's row out. False when another changed it since `before` was read. */
export async function removeRow(table: Table, before: Item): Promise<boolean> {
  return held(() =>
    table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk: before.pk, sk: before.sk }, ...unchanged(before) })),
  )
}

/** Says that rows of this part may have changed, so that every process reads it again. */
export async function stampPart(table: Table, part: string): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keys.catalogPart.key(part),
      UpdateExpression: 'ADD stamp :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  )
}

/**
 * The rows of the whole catalog, strongly read; parts without a new stamp come from memory. Rows are written before their part is stamped, so
 * what is remembered under a stamp is never older than it.
 */
export function catalogRows(table: Table): () => Promise<KeptRow[]> {
  const seen = new Map<string, { stamp: unknown; rows: KeptRow[] }>()
  return async () => {
    const stamps = await readItems(
      table,
      partNames.map((part) => keys.catalogPart.key(part)),
    )
    const all = await Promise.all(
      partNames.map(async (part, place) => {
        const stamp = stamps[place]?.['stamp']
        const known = seen.get(part)
        if (known !== undefined && known.stamp === stamp) return known.rows
        const items = stamp === undefined ? [] : await readRange(table, { pk: keys.catalogPart.key(part).pk, begins: 'COURSE#' })
        const rows = items.map((item): KeptRow => ({
          part,
          row: item['row'] as CourseRow,
          text: stableText(item['row']),
          provider: item['provider'] as KeptRow['provider'],
        }))
        seen.set(part, { stamp, rows })
        return rows
      }),
    )
    return all.flat()
  }
}

function unchanged(before: Item | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' }
  return { ConditionExpression: 'version = :before', ExpressionAttributeValues: { ':before': before['version'] } }
}
