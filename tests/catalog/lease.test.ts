import { leases } from '@skills/core/lease.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestWorld } from '../test-world.ts'
import { freshWorlds } from './catalog-scene.ts'

const worlds = await freshWorlds('lease')
afterAll(() => worlds.stop())

let world: TestWorld
beforeEach(async () => {
  world = await worlds.world()
})

const command = (id: string) => ({ id, fingerprint: 'f', route: 'importCatalog' as const })

describe('a lease', () => {
  test('lets one of many start, answers repetitions, tells a reused key, and can be given back', async () => {
    const asked = command('import')
    const begun = await Promise.all(Array.from({ length: 10 }, () => leases<{ status: number }>(world).begin(asked)))
    expect(begun.filter((one) => one === 'started')).toHaveLength(1)
    expect(begun.filter((one) => one === 'outstanding')).toHaveLength(9)
    expect(await leases(world).begin({ ...asked, fingerprint: 'other' })).toBe('reused')

    const mine = leases<{ status: number }>(world)
    const second = { ...asked, id: 'second' }
    expect(await mine.begin(second)).toBe('started')
    await mine.abandon(second)
    expect(await mine.begin(second)).toBe('started')
    await mine.finish(second, 'per_x', { status: 200 })
    expect(await leases(world).begin(second)).toEqual({ answer: { status: 200 } })
  })

  test('runs out after two minutes; the late holder then changes nothing', async () => {
    const asked = command('import')
    const dead = leases<{ status: number }>(world)
    const next = leases<{ status: number }>(world)
    expect(await dead.begin(asked)).toBe('started')
    world.moveTo('2026-12-01T02:01:59.999Z')
    expect(await next.begin(asked)).toBe('outstanding')
    world.moveTo('2026-12-01T02:02:00.000Z')
    expect(await next.begin(asked)).toBe('started')
    await dead.finish(asked, 'per_x', { status: 500 })
    await dead.abandon(asked)
    await next.finish(asked, 'per_x', { status: 200 })
    expect(await dead.begin(asked)).toEqual({ answer: { status: 200 } })
  })
})
