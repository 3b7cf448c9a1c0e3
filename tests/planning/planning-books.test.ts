import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { Item } from '@skills/core/table.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { makePlace, publishedRun } from './planning-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
let clean: Item[]
beforeAll(async () => {
  const started = await startTable('planning-books')
  stop = started.stop
  world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
  await publishedRun(world, await makePlace(world))
  clean = (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
})
afterAll(() => stop())

const spoiled = (spoil: (items: Item[]) => Item[]) => violations(spoil(structuredClone(clean)), world.now()).map(({ code }) => code)
const change = (sk: string, by: (item: Item) => Item) => (items: Item[]) => items.map((item) => (item.sk === sk ? by(item) : item))

it('finds nothing where a run was published as it should be', () => {
  expect(violations(clean, world.now())).toEqual([])
})

it.each<[string, (items: Item[]) => Item[]]>([
  ['a public run of a provider that was never approved', (items) => items.filter(({ sk }) => sk !== 'STANDING')],
  ['a public run without a crew', (items) => items.filter(({ sk }) => sk !== 'CREW')],
  ['a meeting without its room', change('CREW', (item) => ({ ...item, rooms: [] }))],
  ['a meeting that nobody teaches', change('CREW', (item) => ({ ...item, assignments: [] }))],
  ['more seats than the room has places', change('RUN', (item) => ({ ...item, run: { ...(item['run'] as object), capacity: 31 } }))],
  ['a run of a trade that its instructor has no qualification for', change('RUN', (item) => ({ ...item, trade: 'cook' }))],
])('finds %s', (_, spoil) => {
  expect(spoiled(spoil)).toContain('H4')
})
