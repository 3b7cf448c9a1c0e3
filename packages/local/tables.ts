import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  type CreateTableCommandInput,
  type GlobalSecondaryIndex,
} from '@aws-sdk/client-dynamodb'
import type { Assembly, Resource } from './assembly.ts'
import { region } from './physical-names.ts'

/** Credentials that open nothing: the engine and the doubles ask for some, and check none. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

interface TableProperties {
  AttributeDefinitions: NonNullable<CreateTableCommandInput['AttributeDefinitions']>
  KeySchema: NonNullable<CreateTableCommandInput['KeySchema']>
  GlobalSecondaryIndexes?: GlobalSecondaryIndex[]
  StreamSpecification?: { StreamViewType: 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY' }
  TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean }
}

/** Creates the template's tables with their indexes, streams and TTL where they are missing; gives each table's stream. */
export async function createTables(assembly: Assembly, endpoint: string): Promise<Map<string, string>> {
  const client = new DynamoDBClient({ endpoint, region, credentials })
  const streams = new Map<string, string>()
  for (const table of [...assembly.of('AWS::DynamoDB::GlobalTable'), ...assembly.of('AWS::DynamoDB::Table')]) {
    const stream = await createTable(client, table)
    if (stream !== undefined) streams.set(table.ref, stream)
  }
  client.destroy()
  return streams
}

async function createTable(client: DynamoDBClient, table: Resource): Promise<string | undefined> {
  const wanted = table.properties as unknown as TableProperties
  const ttl = wanted.TimeToLiveSpecification
  try {
    await client.send(
      new CreateTableCommand({
        TableName: table.ref,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: wanted.AttributeDefinitions,
        KeySchema: wanted.KeySchema,
        ...(wanted.GlobalSecondaryIndexes && {
          GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
            IndexName,
            KeySchema,
            Projection,
          })),
        }),
        ...(wanted.StreamSpecification && {
          StreamSpecification: { StreamEnabled: true, StreamViewType: wanted.StreamSpecification.StreamViewType },
        }),
      }),
    )
    if (ttl) await client.send(new UpdateTimeToLiveCommand({ TableName: table.ref, TimeToLiveSpecification: ttl }))
  } catch (error) {
    // There since the last run; its shape is compared below.
    if (!(error instanceof ResourceInUseException)) throw error
  }
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table.ref }))
  const have = new Set(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName))
  for (const index of wanted.GlobalSecondaryIndexes ?? []) {
    if (!have.has(index.IndexName))
      throw new Error(`the kept table ${table.ref} lacks the index ${index.IndexName}: remove .data to start afresh`)
  }
  return Table?.LatestStreamArn
}
