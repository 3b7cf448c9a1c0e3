import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { indexes } from '@skills/core/keys.ts'
import { openTable } from '@skills/core/table.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { startEngine } from '@skills/local/engine.ts'

/** A real engine with an empty table, and a world on it whose clock stands where the test puts it. */
export interface Stage {
  world: World
  setNow(instant: string): void
  stop(): Promise<void>
}

let tables = 0

export async function openStage(now: string): Promise<Stage> {
  const engine = await startEngine(undefined)
  const settings = { endpoint: engine.endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
  const client = new DynamoDBClient(settings)
  const name = `catalog-${(tables += 1)}-${process.pid}`
  const names = ['pk', 'sk', ...Object.values(indexes).flatMap(({ pk, sk }) => [pk, sk])]
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: Object.values(indexes).map((index) => ({
        IndexName: index.name,
        KeySchema: [
          { AttributeName: index.pk, KeyType: 'HASH' },
          { AttributeName: index.sk, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: index.name === 'runs-due' ? 'KEYS_ONLY' : 'ALL' },
      })),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  )
  client.destroy()
  let clock = now
  const world: World = { ...realWorld(), now: () => clock, table: openTable(name, settings) }
  return {
    world,
    setNow: (instant) => (clock = instant),
    stop: async () => {
      world.table.client.destroy()
      await engine.stop()
    },
  }
}
