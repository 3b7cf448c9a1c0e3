import type { CourseRow, RunRow } from '@skills/contract/snapshot.ts'
import { describe, expect, test } from 'vitest'
import { catalogFiles, initials, partOf, type KeptRow } from './publish.ts'
import { stableText } from './stable-text.ts'

const now = '2026-12-01T00:00:00.000Z'
const none = new Map<string, never>()
const day = (n: number) => new Date(Date.parse(now) + n * 86_400_000).toISOString()
const runRow = (opens: string, closes: string, first = 30): RunRow => ['run_x', opens, closes, day(first), day(40), 0, 40, 40, '460100']

function kept(id: string, runs: RunRow[]): KeptRow {
  const row: CourseRow = {
    id,
    t: `课程${id}`,
    e: id,
    i: 'kc',
    p: `prv_${id}`,
    n: 'tourism',
    d: null,
    l: null,
    f: 'training-completion',
    v: 'classroom',
    g: 'zh',
    h: 8,
    c: 0,
    m: null,
    r: runs,
  }
  return { part: partOf(id), row, text: stableText(row), provider: { id: 'prv_1', name: { zh: '学校', en: 'School' } } }
}
const idsOf = (text: string) => (JSON.parse(text) as { rows: CourseRow[] }).rows.map(({ id }) => id)

describe('the files of the catalog', () => {
  test('ten thousand courses: a small first file, and no course twice', () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => kept(`crs_${n}`, [runRow(day(n % 60), day((n % 60) + 5))]))
    const { index, files } = catalogFiles(rows, none, now)
    const texts = index.rows.map(({ file }) => files.get(file)?.() ?? '')
    expect(texts[0]?.length).toBeLessThanOrEqual(115_000)
    expect(index.rows[0]?.courses).toBeLessThanOrEqual(200)
    const ids = texts.flatMap(idsOf)
    expect([ids.length, new Set(ids).size, index.courses, index.runs]).toEqual([10_000, 10_000, 10_000, 10_000])
    expect(index.rows.map(({ courses }) => courses)).toEqual(texts.map((text) => idsOf(text).length))
  })

  test('the first file stands in the recommended order: what is open and meets soonest, then what opens soonest, then what takes nobody', () => {
    const rows = [
      kept('crs_over', [runRow(day(-9), day(-2))]),
      kept('crs_later', [runRow(day(5), day(9))]),
      kept('crs_soon', [runRow(day(2), day(9))]),
      kept('crs_open', [runRow(day(-2), day(9), 35)]),
      kept('crs_closing', [runRow(day(-2), day(1), 20), runRow(day(5), day(6))]),
      kept('crs_none', []),
    ]
    const { index, files } = catalogFiles(rows, none, now)
    expect(idsOf(files.get(index.rows[0]?.file ?? '')?.() ?? '')).toEqual([
      'crs_closing',
      'crs_open',
      'crs_soon',
      'crs_later',
      'crs_over',
      'crs_none',
    ])
    const records = new Map([['prv_crs_closing', { runs: 100, cancelled: 30, attended: 0, upheld: 0, warnings: 0, restrictions: 0 }]])
    const told = catalogFiles(rows, records, now)
    expect(idsOf(told.files.get(told.index.rows[0]?.file ?? '')?.() ?? '')[0]).toBe('crs_open')
  })

  test('a long first file is cut by its bytes, not only by its courses', () => {
    const rows = Array.from({ length: 100 }, (_, n) =>
      kept(
        `crs_${n}`,
        Array.from({ length: 20 }, () => runRow(day(0), day(n + 1))),
      ),
    )
    const { index, files } = catalogFiles(rows, none, now)
    expect(files.get(index.rows[0]?.file ?? '')?.().length).toBeLessThanOrEqual(115_000)
    expect(index.rows.reduce((sum, { courses }) => sum + courses, 0)).toBe(100)
  })

  test('do not depend on the order of the rows, and a changed row renames only its file', () => {
    const rows = Array.from({ length: 600 }, (_, n) => kept(`crs_${n}`, [runRow(day(n), day(n + 1))]))
    const names = (list: KeptRow[]) => catalogFiles(list, none, now).index.rows.map(({ file }) => file)
    const before = names(rows)
    expect(names(rows.toReversed())).toEqual(before)
    const after = names(rows.map((one) => (one.row.id === 'crs_500' ? kept('crs_500', [runRow(day(500), day(502))]) : one)))
    expect(after.filter((name) => !before.includes(name))).toHaveLength(1)
  })
})

test('initials of a title are those one would type', () => {
  expect(initials('低压电工作业')).toBe('dydgzy')
  expect(initials('Python 入门（二期）')).toBe('pythonrmeq')
  expect(initials('绿化工')).toBe('lhg')
  expect(initials('重庆小面制作')).toBe('cqxmzz')
})
