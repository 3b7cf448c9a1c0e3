import { checkBooks } from '@skills/core/books/books.table.ts'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'

/** A world on a table of its own for a file's tests: each begins at `start`, and after the last the books add up (news that no stream takes here aside). */
export function useCleanWorld(name: string, start: string): TestWorld {
  const world = {} as TestWorld
  let stop: () => Promise<void>
  beforeAll(async () => {
    const started = await startTable(name)
    stop = started.stop
    Object.assign(world, testWorld(started.table, start))
  })
  afterAll(async () => {
    world.moveTo(start)
    expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
    await stop()
  })
  beforeEach(() => world.moveTo(start))
  return world
}
