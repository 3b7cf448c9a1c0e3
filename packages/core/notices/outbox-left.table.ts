import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Key, Table } from '../table.ts'

/** An event that is still in the outbox. */
export interface LeftEvent {
  key: Key
  parked: boolean
}

/**
 * The events of one part of the table (`segment` of `segments`, from 0) that were left before an instant, page by page. The outbox has no
 * index: its items live for a moment, and those that stay are few, so they are looked for among all items.
 */
export async function* eventsLeft(table: Table, before: string, segment: number, segments: number): AsyncGenerator<LeftEvent[]> {
  let start: Record<string, unknown> | undefined
  do {
    const page = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        ConsistentRead: true,
        Segment: segment,
        TotalSegments: segments,
        FilterExpression: 'begins_with(pk, :outbox) AND (#at < :before OR attribute_not_exists(#at))',
        ProjectionExpression: 'pk, sk, parked',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':outbox': 'OUTBOX#', ':before': before },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    )
    yield (page.Items ?? []).map(({ pk, sk, parked }) => ({ key: { pk, sk } as Key, parked: parked !== undefined }))
    start = page.LastEvaluatedKey
  } while (start !== undefined)
}
