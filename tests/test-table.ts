import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import { indexes } from '@skills/core/keys.ts'
import { openTable, type Table } from '@skills/core/table.ts'
import { startEngine } from '@skills/local/engine.ts'

/** How tests speak to a local engine: credentials that open nothing. */
export const localAccess = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }

/** Creates the house's table on an engine. */
export async function createTable(endpoint: string, name: string): Promise<Table> {
  const table = openTable(name, { endpoint, ...localAccess })
  const text = (attribute: string) => ({ AttributeName: attribute, AttributeType: 'S' as const })
  const schema = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ]
  const { rosterOfRun, auditByActor, due } = indexes
  await table.client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', rosterOfRun.pk, rosterOfRun.sk, auditByActor.pk, auditByActor.sk, due.pk, due.sk].map(text),
      KeySchema: schema('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: rosterOfRun.name, KeySchema: schema(rosterOfRun.pk, rosterOfRun.sk), Projection: { ProjectionType: 'ALL' } },
        { IndexName: auditByActor.name, KeySchema: schema(auditByActor.pk, auditByActor.sk), Projection: { ProjectionType: 'ALL' } },
        { IndexName: due.name, KeySchema: schema(due.pk, due.sk), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  )
  await table.client.send(
    new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } }),
  )
  return table
}

/** An engine of its own with the house's table, for one test file. An engine given from outside is shared by all: then names keep files apart. */
export async function startTable(name = 'supermarket'): Promise<{ table: Table; endpoint: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'supermarket-table-'))
  const engine = await startEngine(join(folder, 'table.db'))
  const table = await createTable(engine.endpoint, name)
  return {
    table,
    endpoint: engine.endpoint,
    async stop() {
      table.client.destroy()
      await engine.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
