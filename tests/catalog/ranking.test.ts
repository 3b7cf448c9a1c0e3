import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSameOffer, lettersOf, likeness, sameOffer } from '@skills/contract/likeness.ts'
import { rank, rankInputs, rankParts, ranking, repeating } from '@skills/contract/ranking.ts'
import { prior } from '@skills/contract/ratings.ts'
import { CatalogIndex, CourseRow, ProviderRecord, type RunRow } from '@skills/contract/snapshot.ts'

const date = '2026-12-01'
const dayMs = 86_400_000
const instant = (days: number) => new Date(Date.parse('2026-11-30T16:00:00.000Z') + days * dayMs).toISOString()
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A course id that was made so many days before the date. */
const idOf = (daysAgo: number, tail: number) => {
  let time = Date.parse('2026-11-30T16:00:00.000Z') - daysAgo * dayMs
  let text = ''
  for (let at = 0; at < 10; at += 1, time = Math.floor(time / 32)) text = letters[time % 32] + text
  return `crs_${text}${String(tail).padStart(16, '0')}`
}
const run = (opensIn: number, firstIn: number, free: number): RunRow => [
  'run_x',
  instant(opensIn),
  instant(firstIn - 1),
  instant(firstIn),
  instant(firstIn + 5),
  0,
  40,
  free,
  '460100',
]
const course = (id: string, title: string, more: Partial<CourseRow> = {}): CourseRow => ({
  ...{ id, t: title, e: title, i: 'x', p: 'prv_a', n: 'energy', d: 'electrician', l: null, f: 'training-completion', v: 'classroom' },
  ...{ g: 'zh', h: 8, c: 0, m: null, r: [run(-3, 10, 5)] },
  ...more,
})
const entries = (rows: CourseRow[]) => rows.map((row) => ({ row }))
const order = (rows: CourseRow[], records = new Map<string, ProviderRecord>()) =>
  rank(entries(rows), records, date).map(({ entry }) => entry.row.id)

describe('what the order is made of', () => {
  test('the list of inputs is closed: the snapshot has these fields and no other, and none of them can be bought', () => {
    expect(rankInputs).toEqual(['ratings', 'provider-record', 'runs', 'made-on'])
    expect(Object.keys(CourseRow.shape).toSorted().join(' ')).toBe('c d e f g h i id l m n p r s t v')
    expect(Object.keys(CatalogIndex.shape.providers.def.element.shape)).toEqual(['id', 'name', 'q'])
    expect(Object.keys(ProviderRecord.shape)).toEqual(['runs', 'cancelled', 'attended', 'upheld', 'warnings', 'restrictions'])
  })

  test('price, capacity, region, title and picture of a course move its points by nothing', () => {
    const one = course(idOf(400, 1), '低压电工作业')
    const [id, opens, closes, first, last, , , free] = one.r[0] as RunRow
    const other = {
      ...one,
      c: 999_900,
      m: '/a.png',
      t: '另一门',
      g: 'en',
      r: [[id, opens, closes, first, last, 500_000, 900, free, '110000'] as RunRow],
    }
    expect(rankParts(other, undefined, date)).toEqual(rankParts(one, undefined, date))
  })

  test('points add up to 10,000 at most, and the worked cases are these', () => {
    const { stars, record, run: runs, fresh } = ranking
    expect(stars.most + record.most + runs.most + fresh.most).toBe(10_000)
    expect(stars.start).toBe(prior.hundredths)
    const of = (more: Partial<CourseRow>, known?: ProviderRecord, daysAgo = 400) =>
      rankParts(course(idOf(daysAgo, 1), 'x', more), known, date)
    expect(of({})).toEqual({ stars: 2800, record: 2700, run: 2500, fresh: 0, total: 8000 })
    expect(of({ s: [40, 470] }).stars).toBe(3700)
    expect(of({ s: [2, null] }).stars).toBe(2800)
    const record1 = { runs: 80, cancelled: 8, attended: 900, upheld: 1, warnings: 0, restrictions: 0 }
    expect(of({}, record1).record).toBe(3000 - 840 - 110)
    expect(of({}, { ...record1, warnings: 1, restrictions: 2 }).record).toBe(0)
    expect(of({ r: [run(-3, 60, 1)] }).run).toBe(1500)
    expect(of({ r: [run(-3, 37, 1)] }).run).toBe(2000)
    expect(of({ r: [run(5, 10, 9)] }).run).toBe(900)
    expect(of({ r: [run(31, 40, 9)] }).run).toBe(0)
    expect(of({ r: [run(-3, 10, 0)] }).run).toBe(300)
    expect(of({ r: [run(-9, -3, 9)] }).run).toBe(0)
    expect(of({ r: [] }).run).toBe(0)
    expect(of({}, undefined, 0).fresh).toBe(500)
    expect(of({}, undefined, 15).fresh).toBe(250)
    expect(of({}, undefined, 30).fresh).toBe(0)
  })

  test('the clock within a day changes nothing, nor does the order in which courses come', () => {
    const rows = Array.from({ length: 40 }, (_, n) =>
      course(idOf(n * 3, n), `课程${n}号 ${'甲乙丙丁'.repeat(n % 5)}`, { p: `prv_${n % 3}` }),
    )
    expect(order(rows.toReversed())).toEqual(order(rows))
  })
})

describe('a flood of similar offers', () => {
  const titles = ['低压电工作业安全技术培训', '高压电工入门', '中式烹调师五级', '养老护理员上岗', '叉车司机复审']
  const arbitraryCourse = fc.record({
    title: fc.constantFrom(...titles),
    provider: fc.constantFrom('prv_a', 'prv_b', 'prv_c'),
    daysAgo: fc.integer({ min: 5, max: 500 }),
    opensIn: fc.integer({ min: -5, max: 40 }),
    firstIn: fc.integer({ min: 6, max: 90 }),
    free: fc.integer({ min: 0, max: 3 }),
    stars: fc.option(fc.integer({ min: 100, max: 500 }), { nil: null }),
  })
  const copy = fc.record({
    ending: fc.constantFrom('班', '（一）', ' 2026', '!', ''),
    opensIn: fc.integer({ min: -5, max: 10 }),
    firstIn: fc.integer({ min: 6, max: 30 }),
    free: fc.integer({ min: 0, max: 9 }),
    stars: fc.option(fc.integer({ min: 100, max: 500 }), { nil: null }),
  })
  const withStars = (stars: number | null) => (stars === null ? {} : { s: [9, stars] as [number, number] })

  test('pushes nobody else down by one place, and lifts its provider’s offer by none', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryCourse, { minLength: 2, maxLength: 12 }),
        fc.array(copy, { minLength: 1, maxLength: 12 }),
        (some, copies) => {
          const rows = some.map(({ title, provider, daysAgo, opensIn, firstIn, free, stars }, n) =>
            course(idOf(daysAgo, n), title, {
              p: provider,
              d: `trade-${titles.indexOf(title)}`,
              r: [run(opensIn, firstIn, free)],
              ...withStars(stars),
            }),
          )
          // What is flooded takes people itself: a provider whose only offer takes nobody may of course add one that does.
          const first = course(idOf(500, 99), '建筑焊工安全技术培训课程', { p: 'prv_a', d: 'welder', r: [run(-3, 20, 2)] })
          const flood = copies.map(({ ending, opensIn, firstIn, free, stars }, n) =>
            course(idOf(1, 200 + n), first.t + ending, { p: 'prv_a', d: 'welder', r: [run(opensIn, firstIn, free)], ...withStars(stars) }),
          )
          const before = order([...rows, first])
          const after = order([...rows, first, ...flood])
          const floodIds = new Set(flood.map(({ id }) => id))
          expect(after.filter((id) => !floodIds.has(id))).toEqual(before)
          const standing = before.filter((id) => !repeating([...rows, first], date).has([...rows, first].find((one) => one.id === id)!))
          expect(after.slice(0, standing.length)).toEqual(standing)
        },
      ),
      { seed: 20_261_121, numRuns: 300 },
    )
  })

  test('the control: by points alone the copies stand before others', () => {
    const other = course(idOf(90, 1), '中式烹调师五级', { p: 'prv_b', d: 'cook', r: [run(-3, 30, 4)] })
    const first = course(idOf(400, 2), '低压电工作业安全技术培训')
    const flood = Array.from({ length: 5 }, (_, n) => course(idOf(1, 10 + n), `低压电工作业安全技术培训${n}`))
    const rows = [other, first, ...flood]
    const byPoints = rows.toSorted((a, b) => rankParts(b, undefined, date).total - rankParts(a, undefined, date).total)
    expect(byPoints.indexOf(other)).toBeGreaterThan(4)
    expect(order(rows).slice(0, 2)).toEqual([first.id, other.id])
  })

  test('a course that takes people stands for an older one that does not', () => {
    const old = course(idOf(400, 1), '低压电工作业安全技术培训', { r: [] })
    const now = course(idOf(10, 2), '低压电工作业安全技术培训班')
    expect([...repeating([old, now], date)]).toEqual([old])
  })
})

describe('likeness of titles', () => {
  test('does not mind signs, width and case', () => {
    expect(likeness('ＡI 办公（入门）', 'ai办公入门')).toBe(1)
    expect(likeness('', 'x')).toBe(0)
  })
  test('the quick look says what the whole comparison says', () => {
    const word = fc.string({ unit: fc.constantFrom('电', '工', '作', '业', '班', 'a', 'b'), maxLength: 14 })
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isSameOffer(lettersOf(one), lettersOf(other))).toBe(likeness(one, other) >= sameOffer)
      }),
      { seed: 7, numRuns: 2_000 },
    )
  })
})
