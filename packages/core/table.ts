import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { sdkTimeouts } from './sdk-timeouts.ts'

export interface Key {
  pk: string
  sk: string
}
export type Item = Key & Record<string, unknown>

/** The one table and how to speak to it. Reads are strongly consistent: decisions are taken on base items only. */
export interface Table {
  name: string
  client: DynamoDBDocumentClient
}

/** Opens the table by name; endpoint, region and credentials come from the standard environment of the SDK. */
export function openTable(name: string, config: DynamoDBClientConfig = {}): Table {
  const client = new DynamoDBClient({
    // Short, so that a claim's own retries (transact) and its answer fit inside the gateway's 30 s.
    maxAttempts: 2,
    ...sdkTimeouts(2_000, 1_500),
    ...config,
  })
  return { name, client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }) }
}

/** One item, or undefined. */
export async function readItem(table: Table, key: Key): Promise<Item | undefined> {
  const { Item: item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }))
  return item as Item | undefined
}

/** How many requests of one reading are under way at once. */
const batchesAtOnce = 6

/** Items in the order of their keys; undefined where there is none. Each hundred is one request, some of them at once. Asks again for what a throttled engine left unread. */
export async function readItems(table: Table, keys: readonly Key[]): Promise<(Item | undefined)[]> {
  const found = new Map<string, Item>()
  const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, { pk: key.pk, sk: key.sk }])).values()]
  const batches = Array.from({ length: Math.ceil(distinct.length / 100) }, (_, batch) => distinct.slice(batch * 100, (batch + 1) * 100))
  const read = async (batch: Key[]) => {
    let ask = batch
    for (let round = 0; ask.length > 0; round += 1) {
      if (round > 8) throw new Error('the table kept leaving keys unread')
      const answer = await table.client.send(new BatchGetCommand({ RequestItems: { [table.name]: { Keys: ask, ConsistentRead: true } } }))
      for (const item of (answer.Responses?.[table.name] ?? []) as Item[]) found.set(`${item.pk}\n${item.sk}`, item)
      ask = (answer.UnprocessedKeys?.[table.name]?.Keys ?? []) as Key[]
    }
  }
  for (let start = 0; start < batches.length; start += batchesAtOnce)
    await Promise.all(batches.slice(start, start + batchesAtOnce).map(read))
  return keys.map((key) => found.get(`${key.pk}\n${key.sk}`))
}

export interface Range {
  pk: string
  /** Only sort keys that begin so. */
  begins?: string
  /** Only after this sort key (before it when `backward`). */
  after?: string | undefined
  limit?: number
  backward?: boolean
}

/** All items of a range, or the first `limit` of them. */
export async function readRange(table: Table, range: Range): Promise<Item[]> {
  const items: Item[] = []
  let start: Record<string, unknown> | undefined = range.after === undefined ? undefined : { pk: range.pk, sk: range.after }
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: range.begins === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :begins)',
        ExpressionAttributeValues: { ':pk': range.pk, ...(range.begins === undefined ? {} : { ':begins': range.begins }) },
        ScanIndexForward: !range.backward,
        ...(range.limit === undefined ? {} : { Limit: range.limit - items.length }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    )
    items.push(...((answer.Items ?? []) as Item[]))
    start = answer.LastEvaluatedKey
  } while (start !== undefined && (range.limit === undefined || items.length < range.limit))
  return items
}
