import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readFile, readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { ImportReport } from '@skills/contract/catalog.routes.ts'
import { columnKeys, columns, type ColumnKey } from '@skills/core/catalog/import-columns.ts'
import { readImport } from '@skills/core/catalog/import-read.ts'
import { openSiteBucket, type SiteBucket } from '@skills/core/catalog/site-bucket.ts'
import { writeImport, type ImportSettings } from '@skills/core/catalog/write-import.ts'
import type { Table } from '@skills/core/table.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readRunsOf } from '@skills/core/catalog/run.table.ts'
import { takeSeat } from '@skills/core/enrollment/take-seat.ts'
import { emptySchedule } from '@skills/core/enrollment/schedule.ts'
import { shardNames } from '@skills/core/enrollment/seats.ts'
import type { World } from '@skills/core/world.ts'
import { expect } from 'vitest'
import { createS3Double } from '@skills/local/s3-double.ts'
import type { StreamRecord } from '@skills/functions/catalog/touched-courses.ts'
import { createTable, localAccess, startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'

export type SheetRow = Partial<Record<ColumnKey, string>>

/** A published evening course with a run whose registration has just opened when it is 2026-12-01 10:00 in Beijing. */
export const evening: SheetRow = {
  providerCode: 'HK-01',
  providerName: '海口示例技工学校',
  providerAbout: '面向一线职工。',
  providerRegion: '海口市',
  courseCode: 'LV',
  title: '低压电工作业',
  summary: '电气安全与实操。',
  audience: '准备从事电工作业的职工',
  industry: '制造与电力',
  family: '培训结业',
  delivery: '集中面授',
  theoryHours: '40',
  practiceHours: '24',
  fee: '980',
  courseState: '发布',
  runCode: 'LV-01',
  runName: '晚间班',
  opens: '2026-12-01 09:00',
  closes: '2026-12-20 18:00',
  capacity: '157',
  price: '0',
  venueCode: 'A',
  venueName: '主校区',
  address: '示例路 1 号',
  room: '礼堂',
  roomCapacity: '200',
  meetings: '2027-01-04..2027-01-08 每周一三 18:30-21:00 理论',
  runState: '发布',
}

/** `count` rows: three runs to a course, ten courses to a provider. */
export function manyRows(count: number): SheetRow[] {
  return Array.from({ length: count }, (_, n) => {
    const course = Math.floor(n / 3)
    const provider = Math.floor(course / 10)
    return {
      ...evening,
      providerCode: `P-${provider}`,
      providerName: `示例学校${provider}`,
      courseCode: `C-${course}`,
      title: `技能课程${course}`,
      runCode: `R-${n}`,
      capacity: '60',
    }
  })
}

/** Rows as the bytes of a CSV file. */
export function sheet(rows: readonly SheetRow[]): Uint8Array {
  const lines = [columnKeys.map((key) => columns[key].zh), ...rows.map((row) => columnKeys.map((key) => row[key] ?? ''))]
  return new TextEncoder().encode(lines.map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\r\n'))
}

/** Imports rows and gives the report. */
export async function importRows(world: World, rows: readonly SheetRow[], settings: Partial<ImportSettings> = {}): Promise<ImportReport> {
  return writeImport(world, await readImport(sheet(rows)), { write: true, by: 'system:test', ...settings })
}

/** An engine for one test file, and for each of its tests a new world with a table of its own. */
export async function freshWorlds(name: string): Promise<{ world(): Promise<TestWorld>; stop(): Promise<void> }> {
  const engine = await startTable()
  let made = 0
  return {
    async world() {
      made += 1
      return testWorld(await createTable(engine.endpoint, `${name}-${made}`), '2026-12-01T02:00:00.000Z', made)
    },
    stop: () => engine.stop(),
  }
}

/** Every run in the table. */
export async function runsIn({ table }: World): Promise<RunItem[]> {
  const items = await scanTable(table)
  const courses = items.filter(({ pk, sk }) => pk.startsWith('COURSE#') && sk === 'COURSE').map(({ pk }) => pk.slice('COURSE#'.length))
  return (await Promise.all(courses.map((id) => readRunsOf(table, id)))).flat()
}

/** Takes a seat of any shard that has one; false when none has. */
export async function claim(world: World, run: RunItem): Promise<boolean> {
  for (const shard of shardNames(run.shards)) {
    const personId = world.id('person')
    const seat = { personId, maskedName: '张*', run, shard, schedule: emptySchedule, healthCommitment: false }
    if ('answer' in (await takeSeat(world, undefined, seat))) return true
  }
  return false
}

/** The types of the events in the outbox. */
export async function eventsIn({ table }: World): Promise<string[]> {
  return (await scanTable(table)).filter(({ pk }) => pk.startsWith('OUTBOX#')).map((item) => (item['event'] as { type: string }).type)
}

/** Sees that the books balance. */
export async function balanced(world: World): Promise<void> {
  expect(violations(await scanTable(world.table), world.now())).toEqual([])
}

/** The world with something happening right before each transaction, which may throw as the engine would, or change what is asked. */
export function beforeTransactions(of: TestWorld, act: (asked: TransactWriteCommand) => Promise<void> | void): TestWorld {
  const send = async (request: TransactWriteCommand): Promise<unknown> => {
    if (request instanceof TransactWriteCommand) await act(request)
    return of.table.client.send(request)
  }
  return { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }
}

/** The counts of a report, for comparing. */
export const counts = ({ rows, created, changed, unchanged, rejected }: ImportReport) => ({ rows, created, changed, unchanged, rejected })

/** The whole table as records of its stream, as if everything had been inserted just now. */
export async function recordsOf(table: Table): Promise<StreamRecord[]> {
  const records: StreamRecord[] = []
  let start: Record<string, never> | undefined
  do {
    const page = await table.client.send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true, ...(start === undefined ? {} : { ExclusiveStartKey: start }) }),
    )
    for (const item of (page.Items ?? []) as Record<string, never>[]) {
      records.push({
        eventName: 'INSERT',
        dynamodb: { Keys: { pk: item['pk'] as never, sk: item['sk'] as never }, NewImage: item },
      } as StreamRecord)
    }
    start = page.LastEvaluatedKey as Record<string, never> | undefined
  } while (start !== undefined)
  return records
}

export interface TestBucket extends SiteBucket {
  /** Every file by its key. */
  files(): Promise<Map<string, string>>
  stop(): Promise<void>
}

/** A bucket on the local double of S3, in a folder that goes when the test is over. */
export async function startBucket(): Promise<TestBucket> {
  const root = mkdtempSync(join(tmpdir(), 'catalog-bucket-'))
  const folder = join(root, 'site')
  const double = createS3Double(['site'], () => folder, join(root, 'headers'))
  await mkdir(folder)
  const server = createServer((request, response) => void double(request, response, request.url ?? '/').catch(() => response.destroy()))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    ...openSiteBucket('site', { endpoint: `http://127.0.0.1:${port}`, ...localAccess }),
    async files() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      return new Map(
        await Promise.all(paths.sort().map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const)),
      )
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      rmSync(root, { recursive: true, force: true })
    },
  }
}
