import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { indexes } from './keys.ts'
import type { Key, Table } from './table.ts'

/** What a sweep looks for in the index `due`. Holds of a rush are spread over several buckets, so that none takes all writes. */
const dueKinds = {
  run: 'RUN',
  enrollment: 'ENROLLMENT',
  offer: 'OFFER',
  groupOrder: 'GROUP-ORDER',
  queue: 'QUEUE',
  file: 'FILE',
  standing: 'STANDING',
  ruleText: 'RULE',
  funding: 'FUNDING',
  settling: 'SETTLING',
  crew: 'CREW',
  register: 'REGISTER',
  message: 'MESSAGE',
  complaint: 'COMPLAINT',
  sanction: 'SANCTION',
} as const
type DueKind = keyof typeof dueKinds
const spread = 8

const bucketOf = (kind: DueKind, id: string) =>
  kind === 'run' ? dueKinds.run : `${dueKinds[kind]}#${id.charCodeAt(id.length - 1) % spread}`

/** The attributes that put an item into the index until `at`; none where nothing is due. */
export function dueAttributes(kind: DueKind, id: string, at: string | undefined): Record<string, string> {
  return at === undefined ? {} : { [indexes.due.pk]: bucketOf(kind, id), [indexes.due.sk]: at }
}

/** The keys of items of a kind that are due by an instant, in each bucket the longest due first. The index may be a moment behind: read each item again. */
export async function readDue(table: Table, kind: DueKind, now: string, limit: number): Promise<Key[]> {
  const buckets = kind === 'run' ? [dueKinds.run] : Array.from({ length: spread }, (_, bucket) => `${dueKinds[kind]}#${bucket}`)
  const found = await Promise.all(buckets.map((bucket) => readBucket(table, bucket, now, Math.ceil(limit / buckets.length))))
  return found.flat()
}

async function readBucket(table: Table, bucket: string, now: string, limit: number): Promise<Key[]> {
  const { name, pk, sk } = indexes.due
  const found: Key[] = []
  let start: Record<string, unknown> | undefined
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: name,
        KeyConditionExpression: '#pk = :due AND #sk <= :now',
        ExpressionAttributeNames: { '#pk': pk, '#sk': sk },
        ExpressionAttributeValues: { ':due': bucket, ':now': now },
        Limit: limit - found.length,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    )
    found.push(...((answer.Items ?? []) as Key[]).map((item) => ({ pk: item.pk, sk: item.sk })))
    start = answer.LastEvaluatedKey
  } while (start !== undefined && found.length < limit)
  return found
}
