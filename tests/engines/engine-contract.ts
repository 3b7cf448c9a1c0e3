import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams'
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localAccess } from '../test-table.ts'

interface Started {
  endpoint: string
  stop(): Promise<void>
}
const TableName = 'engine-contract'

/** What the house relies on in a DynamoDB engine. Every engine it runs on must pass all of it. */
export function describeEngine(name: string, start: () => Promise<Started>): void {
  describe(`the engine contract on ${name}`, () => {
    let engine: Started
    let client: DynamoDBDocumentClient
    let streams: DynamoDBStreamsClient
    beforeAll(async () => {
      engine = await start()
      client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: engine.endpoint, maxAttempts: 3, ...localAccess }))
      streams = new DynamoDBStreamsClient({ endpoint: engine.endpoint, ...localAccess })
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        }),
      )
    })
    afterAll(async () => {
      client.destroy()
      streams.destroy()
      await engine.stop()
    })

    const put = (pk: string, more: Record<string, unknown> = {}) =>
      client.send(new PutCommand({ TableName, Item: { pk, sk: 'x', ...more } }))
    const read = async (pk: string) => (await client.send(new GetCommand({ TableName, Key: { pk, sk: 'x' }, ConsistentRead: true }))).Item
    const take = (pk: string) => ({
      Update: {
        TableName,
        Key: { pk, sk: 'x' },
        UpdateExpression: 'SET #free = #free - :one',
        ConditionExpression: '#free >= :one',
        ExpressionAttributeNames: { '#free': 'free' },
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      },
    })
    const make = (pk: string) => ({ Put: { TableName, Item: { pk, sk: 'x' }, ConditionExpression: 'attribute_not_exists(pk)' } })
    const reasons = (error: unknown) => (error as { CancellationReasons?: { Code: string; Item?: unknown }[] }).CancellationReasons

    it('refuses a write whose condition fails, and gives the item it met', async () => {
      await put('condition', { free: 0 })
      const failure = client.send(
        new UpdateCommand({
          TableName,
          Key: { pk: 'condition', sk: 'x' },
          UpdateExpression: 'SET #free = #free - :one',
          ConditionExpression: '#free >= :one',
          ExpressionAttributeNames: { '#free': 'free' },
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      )
      await expect(failure).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { free: { N: '0' } } })
    })

    it('writes all of a transaction or nothing, and says by position which condition failed', async () => {
      await put('all-or-nothing', { free: 1 })
      await put('taken')
      const failure = await client
        .send(new TransactWriteCommand({ TransactItems: [take('all-or-nothing'), make('taken')] }))
        .catch((error: unknown) => error)
      expect(reasons(failure)?.map(({ Code }) => Code)).toEqual(['None', 'ConditionalCheckFailed'])
      expect(await read('all-or-nothing')).toMatchObject({ free: 1 })
      const empty = await client
        .send(new TransactWriteCommand({ TransactItems: [make('fresh'), take('condition')] }))
        .catch((error: unknown) => error)
      expect(reasons(empty)?.[1]).toMatchObject({ Code: 'ConditionalCheckFailed', Item: { free: { N: '0' } } })
      expect(await read('fresh')).toBeUndefined()
    })

    it('takes a transaction of 100 items, and none of 101', async () => {
      const items = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => make(`${prefix}-${index}`))
      await client.send(new TransactWriteCommand({ TransactItems: items(100, 'hundred') }))
      expect(await read('hundred-99')).toBeDefined()
      await expect(client.send(new TransactWriteCommand({ TransactItems: items(101, 'more') }))).rejects.toThrow()
    })

    it('applies a token once: replayed it changes nothing, with other items it is refused', async () => {
      await put('token', { free: 10 })
      const once = new TransactWriteCommand({ TransactItems: [take('token')], ClientRequestToken: 'token-1' })
      await client.send(once)
      await client.send(new TransactWriteCommand({ TransactItems: [take('token')], ClientRequestToken: 'token-1' }))
      expect(await read('token')).toMatchObject({ free: 9 })
      const other = client.send(new TransactWriteCommand({ TransactItems: [make('other')], ClientRequestToken: 'token-1' }))
      await expect(other).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' })
    })

    it('applies one token sent 16 times at once a single time', async () => {
      await put('crowd', { free: 100 })
      for (let round = 0; round < 10; round += 1) {
        const sends = Array.from({ length: 16 }, () =>
          client
            .send(new TransactWriteCommand({ TransactItems: [take('crowd')], ClientRequestToken: `crowd-${round}` }))
            .catch((error: { name: string }) =>
              expect(['TransactionInProgressException', 'TransactionCanceledException']).toContain(error.name),
            ),
        )
        await Promise.all(sends)
      }
      expect(await read('crowd')).toMatchObject({ free: 90 })
    })

    it('sells 30 seats to 200 racers, not one more', async () => {
      await put('race', { free: 30 })
      const sold = await Promise.all(
        Array.from({ length: 200 }, async (_, racer) => {
          for (;;) {
            const error: unknown = await client
              .send(new TransactWriteCommand({ TransactItems: [take('race'), make(`racer-${racer}`)] }))
              .then(() => undefined)
              .catch((failure: unknown) => failure)
            if (error === undefined) return 1
            if (reasons(error)?.some(({ Code }) => Code === 'ConditionalCheckFailed')) return 0
          }
        }),
      )
      expect(sold.reduce((sum: number, one) => sum + one, 0)).toBe(30)
      expect(await read('race')).toMatchObject({ free: 0 })
    })

    it('pages a query by limit and start key, forwards and backwards, in the order of bytes', async () => {
      for (const sk of ['a', 'B', '张', 'é', '0']) await client.send(new PutCommand({ TableName, Item: { pk: 'pages', sk } }))
      const all: string[] = []
      let start: Record<string, unknown> | undefined
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': 'pages' },
            Limit: 2,
            ConsistentRead: true,
            ...(start && { ExclusiveStartKey: start }),
          }),
        )
        all.push(...(page.Items ?? []).map((item) => String(item['sk'])))
        start = page.LastEvaluatedKey
      } while (start)
      expect(all).toEqual(['0', 'B', 'a', 'é', '张'])
      const backwards = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'pages' },
          ScanIndexForward: false,
        }),
      )
      expect(backwards.Items?.map((item) => item['sk'])).toEqual([...all].reverse())
    })

    it('keeps the time-to-live setting', async () => {
      await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } }))
      const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand({ TableName }))
      expect(ttl?.AttributeName).toBe('expiresAt')
      expect(ttl?.TimeToLiveStatus).toMatch(/^ENABL/)
    })

    it('streams every item of a transaction with its old and new image', async () => {
      await put('streamed', { free: 2 })
      await client.send(new TransactWriteCommand({ TransactItems: [take('streamed'), make('streamed-too')] }))
      const { Table } = await client.send(new DescribeTableCommand({ TableName }))
      const StreamArn = Table?.LatestStreamArn
      const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }))
      const images: { old: string | undefined; now: string | undefined; pk: string | undefined }[] = []
      for (const { ShardId } of StreamDescription?.Shards ?? []) {
        const { ShardIterator } = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }))
        let iterator = ShardIterator
        for (let empty = 0; iterator !== undefined && empty < 3;) {
          const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }))
          for (const { dynamodb } of page.Records ?? [])
            images.push({ pk: dynamodb?.Keys?.['pk']?.S, old: dynamodb?.OldImage?.['free']?.N, now: dynamodb?.NewImage?.['free']?.N })
          empty = (page.Records ?? []).length === 0 ? empty + 1 : 0
          iterator = page.NextShardIterator
        }
      }
      expect(images).toContainEqual({ pk: 'streamed', old: '2', now: '1' })
      expect(images).toContainEqual({ pk: 'streamed-too', old: undefined, now: undefined })
    })
  })
}
