import type { CourseRow, RunRow } from '@skills/contract/snapshot.ts'
import { describe, expect, it } from 'vitest'
import { browse } from './browse.ts'
import { entryOf, score, wordsOf, type Entry } from './search.ts'
import { readWish, writeWish, type Wish } from './wish.ts'

const now = '2026-11-21T08:00:00.000Z'
const asking = (query: string): Wish => readWish(new URLSearchParams(query))
const titles = [
  '低压电工作业',
  '咖啡师',
  '无人机驾驶',
  '养老护理员',
  '南繁水稻育种',
  '酒店英语',
  '高处作业',
  '深海养殖',
  '火箭总装',
  '芒果栽培',
]
const english = [
  'Low-voltage electrician',
  'Barista',
  'Drone pilot',
  'Elderly care',
  'Rice breeding',
  'Hotel English',
  'Work at height',
  'Deep-sea farming',
  'Rocket assembly',
  'Mango growing',
]
const initials = ['dydgzy', 'kfs', 'wrjjs', 'ylhly', 'nfsdyz', 'jdyy', 'gczy', 'shyz', 'hjzz', 'mgzp']

const run = (n: number, more: Partial<Record<'opens' | 'closes' | 'first' | 'price' | 'free' | 'region', string | number>> = {}): RunRow =>
  [
    `run_${n}`,
    more.opens ?? '2026-11-01T00:00:00.000Z',
    more.closes ?? '2026-12-01T00:00:00.000Z',
    more.first ?? '2026-12-10T01:00:00.000Z',
    '2026-12-20T01:00:00.000Z',
    more.price ?? 0,
    30,
    more.free ?? 10,
    more.region ?? '460100',
  ] as RunRow

function row(n: number, runs: RunRow[]): CourseRow {
  const kind = n % 10
  return {
    id: `crs_${n}`,
    t: `${titles[kind]}${n >= 10 ? ` 第${n}班` : ''}`,
    e: `${english[kind]} ${n}`,
    i: initials[kind] ?? '',
    p: `prv_${n % 7}`,
    n: ['construction', 'tourism', 'high-tech'][n % 3] ?? '',
    d: n % 4 === 0 ? null : `trade-${n % 4}`,
    l: n % 5 === 0 ? 'level-5' : null,
    f: 'training-completion',
    v: (['classroom', 'live', 'mixed'] as const)[n % 3] ?? 'classroom',
    g: n % 2 === 0 ? 'zh' : 'zh,en',
    h: 40,
    c: 0,
    m: null,
    r: runs,
  }
}
const entry = (n: number, runs = [run(n)]): Entry => entryOf(row(n, runs), `机构${n % 7}`, [`机构${n % 7}`, n % 2 ? '夜校' : '周末班'])

describe('searching', () => {
  const found = (query: string) =>
    Array.from({ length: 10 }, (_, n) => entry(n))
      .filter((one) => score(one, wordsOf(query)) > 0)
      .map((one) => one.row.t)

  it('finds Chinese words in the middle of a title', () => expect(found('电工')).toEqual(['低压电工作业']))
  it('finds pinyin initials', () => expect(found('dydg')).toEqual(['低压电工作业']))
  it('finds English whatever its case', () => expect(found('BARISTA')).toEqual(['咖啡师']))
  it('reads full-width letters', () => expect(found('ｂａｒｉｓｔａ')).toEqual(['咖啡师']))
  it('wants every word', () => expect(found('电工 周末班')).toEqual(['低压电工作业']))
  it('takes words apart that were typed without a space', () => expect(found('电工周末班')).toEqual(['低压电工作业']))
  it('does not find what is not there', () => expect(found('电工夜校潜水')).toEqual([]))
  it('puts a title before a provider', () => {
    const entries = [entryOf(row(1, []), '无人机学校', ['无人机学校']), entry(2)]
    expect(browse(entries, asking('q=无人机'), now).hits.map((hit) => hit.entry.row.id)).toEqual(['crs_2', 'crs_1'])
  })
})

describe('filtering', () => {
  it('asks place, price and seats of one and the same run', () => {
    const split = entry(0, [run(1, { region: '460200', price: 50_000 }), run(2, { region: '460100', price: 0 })])
    expect(browse([split], asking('region=460200&price=free'), now).hits).toEqual([])
    expect(browse([split], asking('region=460100&price=free'), now).hits[0]?.runs.map((one) => one[0])).toEqual(['run_2'])
  })
  it('knows a run without seats, and one whose registration has closed', () => {
    const full = entry(0, [run(1, { free: 0 })])
    const closed = entry(1, [run(2, { closes: '2026-11-20T00:00:00.000Z' })])
    expect(browse([full, closed], asking('seats=yes'), now).hits).toEqual([])
  })
  it('reads dates as days in Shanghai', () => {
    const early = entry(0, [run(1, { first: '2026-12-09T16:30:00.000Z' })])
    expect(browse([early], asking('from=2026-12-10&to=2026-12-10'), now).hits).toHaveLength(1)
    expect(browse([early], asking('to=2026-12-09'), now).hits).toHaveLength(0)
  })
  it('counts a facet as if it were not set itself', () => {
    const { hits, counts } = browse(
      Array.from({ length: 30 }, (_, n) => entry(n)),
      asking('industry=tourism'),
      now,
    )
    expect(hits).toHaveLength(10)
    expect(Object.fromEntries(counts.industry)).toEqual({ construction: 10, tourism: 10, 'high-tech': 10 })
    expect([...counts.delivery.values()].reduce((a, b) => a + b, 0)).toBe(10)
  })
  it('gives the same answer over ten thousand courses as a plain filter', () => {
    const regions = ['460100', '460200', '460300']
    const entries = Array.from({ length: 10_000 }, (_, n) =>
      entry(
        n,
        Array.from({ length: n % 4 }, (_, k) =>
          run(n * 10 + k, { region: regions[(n + k) % 3] ?? '', price: ((n * 3 + k * 2) % 5) * 30_000, free: ((n >> 1) + k) % 3 }),
        ),
      ),
    )
    const wish = asking('q=电工&industry=construction,high-tech&region=460200&price=free,to-1000&seats=yes&sort=price')
    const { hits, counts } = browse(entries, wish, now)
    const fits = (one: RunRow) => one[8] === '460200' && (one[5] === 0 || (one[5] > 50_000 && one[5] <= 100_000)) && one[7] > 0
    const expected = entries.filter(({ row: one }) => one.t.includes('电工') && one.n !== 'tourism' && one.r.some(fits))
    expect(hits.map((hit) => hit.entry.row.id).sort()).toEqual(expected.map((one) => one.row.id).sort())
    expect(expected.length).toBeGreaterThan(50)
    const cheapest = hits.map((hit) => Math.min(...hit.runs.map((one) => one[5])))
    expect(cheapest).toEqual([...cheapest].sort((a, b) => a - b))
    const there = entries.filter(
      ({ row: one }) =>
        one.t.includes('电工') &&
        one.n !== 'tourism' &&
        one.r.some((r) => r[8] === '460100' && (r[5] === 0 || (r[5] > 50_000 && r[5] <= 100_000)) && r[7] > 0),
    )
    expect(counts.region.get('460100')).toBe(there.length)
  })
})

describe('the address of a wish', () => {
  it('comes back as it went', () => {
    const text =
      '?q=%E7%94%B5%E5%B7%A5&industry=tourism,high-tech&region=460200&price=free&seats=yes&from=2026-12-01&to=2026-12-31&sort=soon&page=3'
    expect(writeWish(readWish(new URLSearchParams(text)))).toBe(text)
  })
  it('leaves out what it does not understand', () => {
    expect(writeWish(readWish(new URLSearchParams('industry=<script>&from=tomorrow&page=-1&sort=x&seats=1')))).toBe('')
  })
})
