import { prefixes } from '@skills/contract/ids.ts'
import { limitsOf } from '@skills/core/enrollment/limits.ts'
import type { Table } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { ulid } from 'ulid'

export interface TestWorld extends World {
  /** Moves the clock to an instant. */
  moveTo(instant: string): void
}

/** Numbers from 0 to 1 that only the seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A number that only the name decides: files that share an engine must not share tokens. */
function seedOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 1)
}

/** A world whose clock stands still until it is moved and whose chance comes from a seed; pauses end at once. */
export function testWorld(table: Table, start = '2026-12-01T02:00:00.000Z', seed = seedOf(table.name)): TestWorld {
  const random = seeded(seed)
  let now = Date.parse(start)
  let ticks = 0
  return {
    table,
    limits: limitsOf(undefined),
    now: () => new Date(now).toISOString(),
    id: (kind) => `${prefixes[kind]}_${ulid(now, random)}`,
    chance: (below) => Math.floor(random() * below),
    secret: (bytes) => Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256))).toString('base64url'),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    // A thousandth of a millisecond passes at each look, so that time budgets end without waiting.
    tick: () => now - Date.parse(start) + (ticks += 0.001),
    moveTo: (instant) => void (now = Date.parse(instant)),
  }
}
