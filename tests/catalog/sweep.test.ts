import type { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { sweepRuns } from '@skills/functions/catalog/sweep-runs.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testWorld, type TestWorld } from '../test-world.ts'
import { balanced, beforeTransactions, evening, freshWorlds, importRows, runsIn } from './catalog-scene.ts'

const worlds = await freshWorlds('sweep')
afterAll(() => worlds.stop())

let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

const touches = ({ input }: TransactWriteCommand, runId: string) =>
  (input.TransactItems ?? []).some(({ Put: put }) => put?.Item?.['pk'] === `RUN#${runId}`)

describe('the sweep of runs', () => {
  test('moves what is due, once, and sweeps may overlap', async () => {
    const opening = Array.from({ length: 12 }, (_, n) => ({ ...evening, runCode: `R-${n}`, opens: '2026-12-02 09:00' }))
    await importRows(world, [...opening, { ...evening, runCode: 'DRAFT', runState: '草稿' }])
    expect(await sweepRuns(world)).toEqual({ due: 0, moved: 0, delayed: 0 })
    world.moveTo('2026-12-02T01:00:00.000Z')
    const [one, other] = await Promise.all([sweepRuns(world), sweepRuns(testWorld(world.table, world.now(), 77))])
    expect(one.moved + other.moved).toBe(12)
    expect(await sweepRuns(world)).toEqual({ due: 0, moved: 0, delayed: 0 })
    expect(Map.groupBy(await runsIn(world), ({ run }) => run.state).get('registration-open')).toHaveLength(12)
    await balanced(world)
  })

  test('a sweep that comes late takes all steps that were due', async () => {
    await importRows(world, [evening])
    world.moveTo('2027-01-05T01:00:00.000Z')
    expect(await sweepRuns(world)).toEqual({ due: 1, moved: 1, delayed: 0 })
    expect((await runsIn(world))[0]?.run.state).toBe('running')
    world.moveTo('2027-01-07T00:00:00.000Z')
    await sweepRuns(world)
    expect((await runsIn(world))[0]?.run.state).toBe('completed')
    expect(await sweepRuns(world)).toEqual({ due: 0, moved: 0, delayed: 0 })
    await balanced(world)
  })

  test('a run that cannot be moved holds up no other, and the sweep ends by naming it', async () => {
    const opening = Array.from({ length: 12 }, (_, n) => ({ ...evening, runCode: `R-${n}`, opens: '2026-12-02 09:00' }))
    await importRows(world, opening)
    const bad = (await runsIn(world)).find(({ run }) => run.code === 'R-0')?.run.id ?? ''
    world.moveTo('2026-12-02T01:00:00.000Z')
    const broken = beforeTransactions(world, (asked) => {
      if (touches(asked, bad)) throw Object.assign(new Error('a name or number'), { name: 'ValidationException', $fault: 'client' })
    })
    await expect(sweepRuns(broken)).rejects.toThrow(new Error(`not moved: ${bad}`))
    expect(Map.groupBy(await runsIn(world), ({ run }) => run.state).get('registration-open')).toHaveLength(11)
    expect(await sweepRuns(world)).toEqual({ due: 1, moved: 1, delayed: 0 })
  })

  test('a rush for one run delays only that run, and after ten minutes somebody hears of it', async () => {
    await importRows(
      world,
      [0, 1, 2].map((n) => ({ ...evening, runCode: `R-${n}`, opens: '2026-12-02 09:00' })),
    )
    const wanted = (await runsIn(world)).find(({ run }) => run.code === 'R-1')?.run.id ?? ''
    const rushed = beforeTransactions(world, (asked) => {
      if (!touches(asked, wanted)) return
      const reasons = (asked.input.TransactItems ?? []).map((_, place) => ({ Code: place === 1 ? 'TransactionConflict' : 'None' }))
      throw Object.assign(new Error('rush'), { name: 'TransactionCanceledException', CancellationReasons: reasons })
    })
    world.moveTo('2026-12-02T01:00:00.000Z')
    expect(await sweepRuns(rushed)).toEqual({ due: 3, moved: 2, delayed: 1 })
    world.moveTo('2026-12-02T01:10:00.000Z')
    expect(await sweepRuns(rushed)).toEqual({ due: 1, moved: 0, delayed: 1 })
    world.moveTo('2026-12-02T01:10:00.001Z')
    await expect(sweepRuns(rushed)).rejects.toThrow(wanted)
  })
})
