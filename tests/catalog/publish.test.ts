import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { CatalogIndex, CourseRows, CourseSnapshot } from '@skills/contract/snapshot.ts'
import { readCourse, saveCourseStep } from '@skills/core/catalog/course.table.ts'
import { stepCourse } from '@skills/core/catalog/course.ts'
import type { SiteBucket } from '@skills/core/catalog/site-bucket.ts'
import { catalogPublisher } from '@skills/functions/catalog/publish-catalog.ts'
import type { StreamRecord } from '@skills/functions/catalog/touched-courses.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { seeded, type TestWorld } from '../test-world.ts'
import { evening, freshWorlds, importRows, manyRows, recordsOf, startBucket, type TestBucket } from './catalog-scene.ts'

const worlds = await freshWorlds('publish')
const buckets: TestBucket[] = []
afterAll(async () => {
  await worlds.stop()
  for (const bucket of buckets) await bucket.stop()
})

let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

async function freshBucket(): Promise<TestBucket> {
  const bucket = await startBucket()
  buckets.push(bucket)
  return bucket
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = seeded(seed)
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

const read = async (bucket: TestBucket) => {
  const files = await bucket.files()
  const index = CatalogIndex.parse(JSON.parse(files.get('catalog/index.json') ?? 'null'))
  const rows = index.rows.map(({ file }) => CourseRows.parse(JSON.parse(files.get(`catalog/${file}`) ?? 'null')))
  return { files, index, rows: rows.flatMap((file) => file.rows) }
}
const html = { type: 'text/html', cache: 'no-cache' }
const courseFiles = (files: Map<string, string>) => [...files.keys()].filter((key) => key.startsWith('catalog/courses/'))

describe('the published catalog', () => {
  test('holds every published course once, as the contract says', async () => {
    await importRows(world, [...manyRows(30), { ...evening, courseCode: 'DRAFT', courseState: '草稿', runCode: 'D-01', runState: '草稿' }])
    const bucket = await freshBucket()
    await catalogPublisher(world, bucket)({ Records: await recordsOf(world.table) })
    const { files, index, rows } = await read(bucket)
    expect([index.courses, index.runs, rows.length, new Set(rows.map(({ id }) => id)).size]).toEqual([10, 30, 10, 10])
    expect(courseFiles(files)).toHaveLength(10)
    for (const key of courseFiles(files)) {
      const snapshot = CourseSnapshot.parse(JSON.parse(files.get(key) ?? 'null'))
      expect(snapshot.runs.map(({ free }) => free)).toEqual([60, 60, 60])
      expect(snapshot.venues).toHaveLength(1)
    }
    expect(JSON.parse(files.get('catalog/taxonomy.json') ?? 'null')).toHaveProperty('lists.regions')
  })

  test('is the same whatever the order of the records, and however often they come', async () => {
    await importRows(world, manyRows(45))
    const records = await recordsOf(world.table)
    const once = await freshBucket()
    await catalogPublisher(world, once)({ Records: records })
    const expected = (await read(once)).files

    // Another bucket, other processes, small batches in another order, each delivered twice; rows from before are there already.
    const often = await freshBucket()
    const mixed = shuffled(records, 7)
    const batches: StreamRecord[][] = []
    for (let start = 0; start < mixed.length; start += 100) batches.push(mixed.slice(start, start + 100))
    const publishers = [catalogPublisher(world, often), catalogPublisher(world, often)]
    for (const [place, batch] of shuffled([...batches, ...batches], 8).entries()) await publishers[place % 2]?.({ Records: batch })
    const { files, index } = await read(often)
    const named = (all: Map<string, string>, rows: CatalogIndex['rows']) =>
      new Map(
        [...all]
          .filter(([key]) => !key.startsWith('catalog/rows-') || rows.some(({ file }) => key === `catalog/${file}`))
          .filter(([key]) => key !== 'catalog/retired.json'),
      )
    expect(named(files, index.rows)).toEqual(named(expected, index.rows))
  })

  test('two processes at once leave what the table says', async () => {
    await importRows(world, manyRows(30))
    const records = await recordsOf(world.table)
    const bucket = await freshBucket()
    const half = records.length / 2
    await Promise.all([
      catalogPublisher(world, bucket)({ Records: records.slice(0, half) }),
      catalogPublisher(world, bucket)({ Records: records.slice(half) }),
    ])
    expect((await read(bucket)).rows).toHaveLength(10)
  })

  test('an older view never wins over a newer one; without conditions on its writes, the control, it does', async () => {
    await importRows(world, [evening])
    const records = await recordsOf(world.table)
    for (const guarded of [true, false]) {
      const bucket = await freshBucket()
      await importRows(world, [{ ...evening, summary: '第一版' }])
      await catalogPublisher(world, bucket)({ Records: records })
      // A slow process has read one summary; while it is about to write, the summary changes and is published.
      await importRows(world, [{ ...evening, summary: '第二版' }])
      let held = false
      const slow: SiteBucket = {
        ...bucket,
        async write(key, text, { over, ...how }) {
          if (!held && key.startsWith('catalog/courses/')) {
            held = true
            await importRows(world, [{ ...evening, summary: '第三版' }])
            await catalogPublisher(world, bucket)({ Records: records })
          }
          return bucket.write(key, text, guarded && over !== undefined ? { ...how, over } : how)
        },
      }
      await catalogPublisher(world, slow)({ Records: records })
      const { files } = await read(bucket)
      const summaries = courseFiles(files).map((key) => CourseSnapshot.parse(JSON.parse(files.get(key) ?? 'null')).course.summary.zh)
      expect([held, summaries]).toEqual([true, [guarded ? '第三版' : '第二版']])
    }
  })

  test('writes nothing when nothing public changed', async () => {
    await importRows(world, manyRows(9))
    const records = await recordsOf(world.table)
    const bucket = await freshBucket()
    await catalogPublisher(world, bucket)({ Records: records })
    const written: string[] = []
    const watched: SiteBucket = { ...bucket, write: (key, text, how) => (written.push(key), bucket.write(key, text, how)) }
    world.moveTo('2026-12-01T03:00:00.000Z')
    await catalogPublisher(world, watched)({ Records: records })
    expect(written).toEqual([])
  })

  test('a course gets its pages from the shells, keeps a prerendered one, and loses everything when it is withdrawn', async () => {
    await importRows(world, [evening])
    const records = await recordsOf(world.table)
    const courseId =
      records
        .map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S ?? '')
        .find((pk) => pk.startsWith('COURSE#'))
        ?.slice('COURSE#'.length) ?? ''
    const bucket = await freshBucket()
    await bucket.write('courses/_/index.html', 'shell', html)
    await bucket.write('en/courses/_/index.html', 'english shell', html)
    await bucket.write(`en/courses/${courseId}/index.html`, 'prerendered', html)
    const publish = catalogPublisher(world, bucket)
    await publish({ Records: records })
    const { files } = await read(bucket)
    expect([files.get(`courses/${courseId}/index.html`), files.get(`en/courses/${courseId}/index.html`)]).toEqual(['shell', 'prerendered'])

    const before = await readCourse(world.table, courseId)
    if (before === undefined) throw new Error('no course')
    await saveCourseStep(
      world,
      { id: 'c1', fingerprint: 'f', route: 'stepCourse' },
      before,
      stepCourse(before.course, 'withdrawn'),
      'per_x',
      null,
    )
    await publish({ Records: records })
    const after = await read(bucket)
    expect(after.rows).toEqual([])
    expect([...after.files.keys()].filter((key) => key.includes(courseId))).toEqual([])
  })

  test('courses that were published before the shells were built get their pages with the next change of any course', async () => {
    await importRows(world, manyRows(9))
    const bucket = await freshBucket()
    const publish = catalogPublisher(world, bucket)
    const early = await recordsOf(world.table)
    await publish({ Records: early })
    const pages = async () => [...(await bucket.files()).keys()].filter((key) => key.endsWith('.html') && !key.includes('/_/'))
    expect(await pages()).toEqual([])
    // The site comes in two uploads: half of the shells are no shells.
    await bucket.write('courses/_/index.html', 'shell', html)
    await publish({ Records: early })
    expect(await pages()).toEqual([])
    await bucket.write('en/courses/_/index.html', 'english shell', html)
    const one = early.filter(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S?.startsWith('COURSE#')).slice(0, 1)
    await publish({ Records: one })
    expect(await pages()).toHaveLength(6)
    expect((await bucket.files()).get('catalog/pages.json')).toBe('{"whole":true}')
  })

  test('an import of many courses reads the shells once, not for each course', async () => {
    await importRows(world, manyRows(18))
    const bucket = await freshBucket()
    for (const folder of ['courses', 'en/courses']) await bucket.write(`${folder}/_/index.html`, 'shell', html)
    const read: string[] = []
    const watched: SiteBucket = { ...bucket, read: (key) => (read.push(key), bucket.read(key)) }
    await catalogPublisher(world, watched)({ Records: await recordsOf(world.table) })
    expect(read.filter((key) => key.includes('/_/')).sort()).toEqual(['courses/_/index.html', 'en/courses/_/index.html'])
  })

  test('a change of one course reads the rows of no other again, unless another process published meanwhile', async () => {
    await importRows(world, manyRows(18))
    const bucket = await freshBucket()
    const ranges: unknown[] = []
    const send = (request: QueryCommand) => {
      if (request instanceof QueryCommand) ranges.push(request.input.ExpressionAttributeValues?.[':pk'])
      return world.table.client.send(request)
    }
    const counted = { ...world, table: { ...world.table, client: { send } as unknown as TestWorld['table']['client'] } }
    const partsRead = () => ranges.splice(0).filter((pk) => String(pk).startsWith('CATALOG#')).length
    const publish = catalogPublisher(counted, bucket)
    await publish({ Records: await recordsOf(world.table) })
    expect(partsRead()).toBeGreaterThan(0)
    for (const [round, others] of [
      [1, false],
      [2, true],
      [3, false],
    ] as const) {
      await importRows(
        world,
        manyRows(3).map((row) => ({ ...row, title: `第${round}版` })),
      )
      const records = await recordsOf(world.table)
      if (others) await catalogPublisher(world, bucket)({ Records: records })
      await publish({ Records: records })
      expect(partsRead() > 0).toBe(others)
      expect((await read(bucket)).rows.filter(({ t }) => t === `第${round}版`)).toHaveLength(1)
      expect((await read(bucket)).rows).toHaveLength(6)
    }
  })

  test('a page that is lost comes back when its course changes', async () => {
    await importRows(world, [evening])
    const bucket = await freshBucket()
    for (const folder of ['courses', 'en/courses']) await bucket.write(`${folder}/_/index.html`, 'shell', html)
    await catalogPublisher(world, bucket)({ Records: await recordsOf(world.table) })
    const page = [...(await bucket.files()).keys()].find((key) => key.startsWith('en/courses/crs_')) ?? ''
    await bucket.remove(page)
    await importRows(world, [{ ...evening, summary: '第二版' }])
    await catalogPublisher(world, bucket)({ Records: await recordsOf(world.table) })
    expect((await bucket.files()).get(page)).toBe('shell')
  })

  test('a course that cannot be published keeps no other from the catalog, and its batch comes again', async () => {
    await importRows(world, manyRows(9))
    const records = await recordsOf(world.table)
    const bad = records.find(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S?.startsWith('COURSE#'))?.dynamodb?.Keys?.['pk']?.S?.slice(7) ?? ''
    const bucket = await freshBucket()
    const broken: SiteBucket = {
      ...bucket,
      write: (key, text, how) => (key.includes(bad) ? Promise.reject(new Error('no')) : bucket.write(key, text, how)),
    }
    await expect(catalogPublisher(world, broken)({ Records: records })).rejects.toThrow('no')
    expect((await read(bucket)).rows.map(({ id }) => id)).toHaveLength(2)
    await catalogPublisher(world, bucket)({ Records: records })
    expect((await read(bucket)).rows).toHaveLength(3)
  })

  test('replaced row files go after half an hour', async () => {
    await importRows(world, [evening])
    const bucket = await freshBucket()
    const publish = catalogPublisher(world, bucket)
    const rowFiles = async () => [...(await bucket.files()).keys()].filter((key) => key.startsWith('catalog/rows-'))
    for (const title of ['甲', '乙']) {
      await importRows(world, [{ ...evening, title }])
      await publish({ Records: await recordsOf(world.table) })
    }
    expect(await rowFiles()).toHaveLength(2)
    world.moveTo('2026-12-01T03:00:00.000Z')
    await importRows(world, [{ ...evening, title: '丙' }])
    await publish({ Records: await recordsOf(world.table) })
    expect(await rowFiles()).toHaveLength(2)
  })
})
