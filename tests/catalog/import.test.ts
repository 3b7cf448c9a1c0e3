import { readCourse } from '@skills/core/catalog/course.table.ts'
import { readExisting } from '@skills/core/catalog/existing.table.ts'
import { readImport } from '@skills/core/catalog/import-read.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { changeRun } from '@skills/core/catalog/run.table.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import type { World } from '@skills/core/world.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testWorld, type TestWorld } from '../test-world.ts'
import {
  balanced,
  beforeTransactions,
  counts,
  evening,
  freshWorlds,
  importRows,
  manyRows,
  runsIn,
  sheet,
  type SheetRow,
} from './catalog-scene.ts'

const worlds = await freshWorlds('import')
afterAll(() => worlds.stop())

let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

async function stored(of: World, row: SheetRow): Promise<{ run: RunItem; title: string; providerName: string }> {
  const read = await readImport(sheet([row]))
  const existing = await readExisting(
    of,
    read.good.map(({ value }) => value),
  )
  const run = existing.runs.get(`${row.providerCode} ${row.runCode}`)
  const course = await readCourse(of.table, run?.run.courseId ?? '')
  if (run === undefined || course === undefined) throw new Error('not stored')
  return { run, title: course.course.title.zh, providerName: course.providerName.zh }
}

describe('an import', () => {
  test('says in a dry run what a write then does, and the same file again changes nothing', async () => {
    const rows = manyRows(40)
    expect(counts(await importRows(world, rows, { write: false }))).toEqual({
      rows: 40,
      created: 40,
      changed: 0,
      unchanged: 0,
      rejected: 0,
    })
    expect(await scanTable(world.table)).toEqual([])
    expect(counts(await importRows(world, rows))).toEqual({ rows: 40, created: 40, changed: 0, unchanged: 0, rejected: 0 })
    const before = await scanTable(world.table)
    world.moveTo('2026-12-02T02:00:00.000Z')
    expect(counts(await importRows(world, rows))).toEqual({ rows: 40, created: 0, changed: 0, unchanged: 40, rejected: 0 })
    expect(await scanTable(world.table)).toEqual(before)
    await balanced(world)
  })

  test('a bad row is told and loses no good one', async () => {
    const report = await importRows(world, [evening, { ...evening, runCode: 'LV-02', capacity: 'many' }, { ...evening, runCode: 'LV-03' }])
    expect(counts(report)).toEqual({ rows: 3, created: 2, changed: 0, unchanged: 0, rejected: 1 })
    expect(report.remarks).toMatchObject([{ row: 3, column: '名额', code: 'integer' }])
  })

  test('a run stands where the clock says, and all its seats are free', async () => {
    await importRows(world, [
      evening,
      { ...evening, runCode: 'LV-02', opens: '2026-12-02 09:00' },
      { ...evening, runCode: 'LV-03', runState: '草稿' },
    ])
    const { run } = await stored(world, evening)
    expect(run.run.state).toBe('registration-open')
    expect(freeSeats(await readHeads(world.table, run.run.id, run.shards))).toBe(157)
    expect((await stored(world, { ...evening, runCode: 'LV-02' })).run.run.state).toBe('published')
    expect((await stored(world, { ...evening, runCode: 'LV-03' })).run.run.state).toBe('draft')
  })

  test('what changed of a course, provider or venue reaches all its runs, those too that the file does not name', async () => {
    const second = { ...evening, runCode: 'LV-02' }
    const other = { ...evening, courseCode: 'OTHER', runCode: 'O-01' }
    await importRows(world, [evening, second, other])
    const report = await importRows(world, [{ ...evening, title: '高压电工作业', providerName: '海口新技工学校', address: '示例路 2 号' }])
    expect(counts(report)).toEqual({ rows: 1, created: 0, changed: 1, unchanged: 0, rejected: 0 })
    for (const row of [evening, second]) {
      const { run, title } = await stored(world, row)
      expect([run.title.zh, title, run.providerName.zh, run.venue?.address.zh]).toEqual([
        '高压电工作业',
        '高压电工作业',
        '海口新技工学校',
        '示例路 2 号',
      ])
    }
    const { run, providerName } = await stored(world, other)
    expect([run.title.zh, run.providerName.zh, providerName, run.venue?.address.zh]).toEqual([
      '低压电工作业',
      '海口新技工学校',
      '海口新技工学校',
      '示例路 2 号',
    ])
    await balanced(world)
  })

  test('a meeting that stays keeps its id', async () => {
    await importRows(world, [evening])
    const before = (await stored(world, evening)).run.run.meetings
    await importRows(world, [{ ...evening, meetings: '2027-01-04..2027-01-15 每周一三 18:30-21:00 理论' }])
    const after = (await stored(world, evening)).run.run.meetings
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after).toHaveLength(4)
  })

  test('a broken-off import goes on where it stopped', async () => {
    const rows = manyRows(12)
    let calls = 0
    const tired: World = { ...world, tick: () => (calls += 1) }
    const first = await importRows(tired, rows, { budgetMs: 20 })
    expect(first.created).toBeGreaterThan(0)
    expect(first.rejected).toBeGreaterThan(0)
    expect(new Set(first.remarks.map(({ code }) => code))).toEqual(new Set(['out-of-time']))
    const second = await importRows(world, rows)
    expect(second.created + first.created).toBe(12)
    expect(second.rejected).toBe(0)
    await balanced(world)
  })

  test.each<[string, SheetRow, number]>([
    ['venue', { address: '示例路 9 号' }, 1],
    ['provider', { providerName: '海口新技工学校' }, 2],
  ])('a change of a %s that time does not suffice for is told, and the next import goes on with it', async (_, change, ownWrites) => {
    const rows = Array.from({ length: 12 }, (_, n) => ({ ...evening, courseCode: `C-${n}`, runCode: `R-${n}` }))
    await importRows(world, rows)
    const row = { ...rows[0], ...change }
    // Time runs out first before any other course of the provider, then between two of them.
    for (const most of [ownWrites, 2]) {
      let writes = 0
      const counting = beforeTransactions(world, () => void (writes += 1))
      const tired: World = { ...counting, tick: () => (writes >= most ? 1_000 : 0) }
      const report = await importRows(tired, [row], { budgetMs: 500 })
      expect(report).toMatchObject({ changed: 0, unchanged: 0, rejected: 1, remarks: [{ row: 2, code: 'out-of-time' }] })
    }
    const reached = (await runsIn(world)).filter(
      ({ venue, providerName }) => venue?.address.zh === change.address || providerName.zh === change.providerName,
    )
    expect(reached.length).toBeGreaterThan(1)
    expect(reached.length).toBeLessThan(12)
    expect(await importRows(world, [row])).toMatchObject({ changed: 1, rejected: 0 })
    expect(await importRows(world, [row])).toMatchObject({ unchanged: 1 })
    await balanced(world)
  })

  test('a run code of another course is refused', async () => {
    await importRows(world, [evening])
    const report = await importRows(world, [{ ...evening, courseCode: 'OTHER' }])
    expect(report.remarks).toMatchObject([{ row: 2, code: 'run-of-another-course' }])
  })

  test('two imports of the same file at once make everything once', async () => {
    const rows = manyRows(12)
    await Promise.all([importRows(world, rows), importRows(testWorld(world.table, world.now(), 99), rows)])
    const last = await importRows(world, rows)
    expect(last.created + last.unchanged).toBe(12)
    const items = await scanTable(world.table)
    expect(items.filter(({ pk }) => pk.startsWith('RUN#'))).toHaveLength(12)
    expect(items.filter(({ pk, sk }) => pk.startsWith('COURSE#') && sk === 'COURSE')).toHaveLength(4)
    await balanced(world)
  })

  test('leaves a run the refund terms it has, which no sheet names', async () => {
    await importRows(world, [evening])
    const { run } = await stored(world, evening)
    const refundPolicy = { version: 'own', bands: [{ workingDays: 1, percent: 80 }] }
    const own = { before: run, run: { ...run.run, refundPolicy }, action: 'terms', by: 'system:test' }
    expect(await changeRun(world, own, true)).toMatchObject({ answer: true })
    expect(await importRows(world, [evening])).toMatchObject({ changed: 0, unchanged: 1 })
    expect(await importRows(world, [{ ...evening, runName: '夜班' }])).toMatchObject({ changed: 1 })
    expect((await stored(world, evening)).run.run).toMatchObject({ name: { zh: '夜班' }, refundPolicy })
  })

  test('200 rows are all made, and the books stay whole', async () => {
    expect((await importRows(world, manyRows(200))).created).toBe(200)
    await balanced(world)
  })
})
