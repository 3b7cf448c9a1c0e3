import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Course, Provider, Venue } from '@skills/contract/catalog.ts'
import type { CourseRow } from '@skills/contract/snapshot.ts'
import { shardNames, type SeatHead } from '../enrollment/seats.ts'
import { held } from '../held.ts'
import { keys } from '../keys.ts'
import { courseFiguresOf } from '../rating/figures.table.ts'
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
  const [provider, rated, ...others] = await readItems(table, [
    keys.provider.key(course.providerId),
    keys.ratingFigures.key(courseId),
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
    ...(rated === undefined ? {} : { ratings: courseFiguresOf(rated) }),
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

/** Says that rows of this part may have changed, so that every process reads it again. Out: the part's new stamp. */
async function stampPart(table: Table, part: string): Promise<number> {
  const answer = await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keys.catalogPart.key(part),
      UpdateExpression: 'ADD stamp :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return answer.Attributes?.['stamp'] as number
}

const keptRow = (part: string, item: Item): KeptRow => ({
  part,
  row: item['row'] as CourseRow,
  text: stableText(item['row']),
  provider: item['provider'] as KeptRow['provider'],
})

/**
 * The rows of the whole catalog as one process knows them. Rows are written before their part is stamped, so what is remembered under a
 * stamp is never older than it.
 */
export function catalogRows(table: Table) {
  const seen = new Map<string, { stamp: unknown; rows: KeptRow[] }>()

  async function readPart(part: string, stamp: unknown): Promise<KeptRow[]> {
    const items = stamp === undefined ? [] : await readRange(table, { pk: keys.catalogPart.key(part).pk, begins: 'COURSE#' })
    const rows = items.map((item) => keptRow(part, item))
    seen.set(part, { stamp, rows })
    return rows
  }

  return {
    /**
     * Stamps the parts of courses whose rows this process may have written. Where nobody else has stamped a part since it was remembered,
     * only those rows are read again: else every claim would cost a reading of the catalog.
     */
    async touched(courseIds: readonly string[]): Promise<void> {
      const stampOne = async ([part, ids]: [string, string[]]) => {
        const stamp = await stampPart(table, part)
        const known = seen.get(part)
        if (known === undefined || known.stamp !== stamp - 1) return
        const items = await readItems(
          table,
          ids.map((id) => keys.catalogRow.key(part, id)),
        )
        const others = known.rows.filter(({ row }) => !ids.includes(row.id))
        seen.set(part, { stamp, rows: [...others, ...items.flatMap((item) => (item === undefined ? [] : [keptRow(part, item)]))] })
      }
      await Promise.all([...Map.groupBy(courseIds, partOf)].map(stampOne))
    },

    /** All rows, strongly read; parts without a new stamp come from memory. */
    async all(): Promise<KeptRow[]> {
      const stamps = await readItems(
        table,
        partNames.map((part) => keys.catalogPart.key(part)),
      )
      const parts = partNames.map((part, place) => {
        const stamp = stamps[place]?.['stamp']
        const known = seen.get(part)
        return known !== undefined && known.stamp === stamp ? known.rows : readPart(part, stamp)
      })
      return (await Promise.all(parts)).flat()
    },
  }
}

function unchanged(before: Item | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' }
  return { ConditionExpression: 'version = :before', ExpressionAttributeValues: { ':before': before['version'] } }
}
