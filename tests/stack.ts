import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTable, type Table } from '@skills/core/table.ts'
import { startCloud, type Cloud, type CloudParts } from '@skills/local/cloud.ts'
import { testCdkOut } from './synthesize.ts'
import { localAccess } from './test-table.ts'

/** The live stack for one test file: free ports, its own data in a temporary folder, nothing left behind. */
export interface Stack {
  cloud: Cloud
  /** The stack's own table, for tests that set a scene below the API. */
  table: Table
  stop(): Promise<void>
}

export async function startStack(parts: Partial<CloudParts> = {}): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'supermarket-'))
  const cloud = await startCloud({ dataDir, cdkOut: testCdkOut, ...parts })
  const table = openTable(cloud.tableName, { endpoint: cloud.urls.dynamodb, ...localAccess })
  return {
    cloud,
    table,
    async stop() {
      table.client.destroy()
      await cloud.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
