import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { rank, recordsIn } from '@skills/contract/ranking.ts'
import { CatalogIndex, CourseRows } from '@skills/contract/snapshot.ts'
import { dateAt } from '@skills/contract/time.ts'
import { keys } from '@skills/core/keys.ts'
import { catalogPublisher } from '@skills/functions/catalog/publish-catalog.ts'
import { afterAll, expect, test } from 'vitest'
import { evening, freshWorlds, importRows, recordsOf, startBucket } from './catalog-scene.ts'

const worlds = await freshWorlds('ranked')
const bucket = await startBucket()
afterAll(async () => {
  await worlds.stop()
  await bucket.stop()
})

test('ratings and the conduct of providers are published and order the catalog, so that anybody gets the same order', async () => {
  const world = await worlds.world()
  await importRows(world, [
    { ...evening, courseCode: 'A', title: '中式面点制作', runCode: 'A-1', providerCode: 'P1' },
    { ...evening, courseCode: 'B', title: '叉车司机复审', runCode: 'B-1', providerCode: 'P2', venueCode: 'B' },
  ])
  const publish = catalogPublisher(world, bucket)
  const read = async () => {
    const files = await bucket.files()
    const index = CatalogIndex.parse(JSON.parse(files.get('catalog/index.json') ?? 'null'))
    const rows = index.rows.flatMap(({ file }) => CourseRows.parse(JSON.parse(files.get(`catalog/${file}`) ?? 'null')).rows)
    return { index, rows, titles: rows.map(({ t }) => t) }
  }
  await publish({ Records: await recordsOf(world.table) })
  const first = await read()
  const [high, low] = first.rows
  if (high === undefined || low === undefined) throw new Error('two rows')
  expect(first.index.providers.map((provider) => Object.keys(provider))).toEqual([
    ['id', 'name'],
    ['id', 'name'],
  ])

  // The one below is rated well: it comes first.
  const stars = { content: 100, teaching: 100, organisation: 100, venue: 100, usefulness: 100 }
  const figures = { ...keys.ratingFigures.key(low.id), ratings: 20, ...stars }
  await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: figures }))
  await publish({ Records: [{ eventName: 'INSERT', dynamodb: { Keys: { pk: { S: figures.pk }, sk: { S: figures.sk } } } }] })
  const rated = await read()
  expect(rated.titles).toEqual([low.t, high.t])
  expect(rated.rows[0]?.s).toEqual([20, 476])

  // Its provider cancels often: it falls back, though no course was written.
  const counts = {
    complaints: 0,
    answersDue: 0,
    answeredInTime: 0,
    decided: 0,
    upheld: 0,
    runs: 40,
    cancelled: 30,
    credited: 0,
    attended: 0,
    completed: 0,
  }
  const quality = { ...keys.quality.key(low.p), figures: { providerId: low.p, counts } }
  await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: quality }))
  await publish({ Records: [{ eventName: 'INSERT', dynamodb: { Keys: { pk: { S: quality.pk }, sk: { S: quality.sk } } } }] })
  const known = await read()
  expect(known.titles).toEqual([high.t, low.t])
  expect(recordsIn(known.index.providers).get(low.p)).toEqual({
    runs: 40,
    cancelled: 30,
    attended: 0,
    upheld: 0,
    warnings: 0,
    restrictions: 0,
  })
  const again = rank(
    known.rows.toReversed().map((row) => ({ row })),
    recordsIn(known.index.providers),
    dateAt(world.now()),
  )
  expect(again.map(({ entry }) => entry.row.t)).toEqual(known.titles)
})
