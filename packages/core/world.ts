import { randomBytes, randomInt } from 'node:crypto'
import { prefixes, type Kind } from '@skills/contract/ids.ts'
import { ulid } from 'ulid'
import { limitsOf, type Limits } from './enrollment/limits.ts'
import { openTable, type Table } from './table.ts'

/** Everything that is not decided by the arguments of a story: clock, ids, chance, waiting, the table. Tests bring their own. */
export interface World {
  /** The instant now, ISO in UTC with milliseconds. */
  now(): string
  /** A new id of a kind, sortable by the time it was made. */
  id(kind: Kind): string
  /** A whole number from 0 up to but not including `below`. */
  chance(below: number): number
  /** `bytes` of chance in base64url, for secrets. */
  secret(bytes: number): string
  /** Waits, for retries with jitter. */
  pause(ms: number): Promise<void>
  /** Milliseconds of a clock that only goes forward, for time budgets and what is remembered for a second. */
  tick(): number
  table: Table
  /** What one person or employer may hold at once. */
  limits: Limits
}

/** The real world of a Lambda function; the table's name comes from `TABLE`. */
export function realWorld(): World {
  return {
    now: () => new Date().toISOString(),
    id: (kind) => `${prefixes[kind]}_${ulid(Date.now(), () => randomInt(0, 2 ** 32) / 2 ** 32)}`,
    chance: (below) => randomInt(0, below),
    secret: (bytes) => randomBytes(bytes).toString('base64url'),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    tick: () => performance.now(),
    table: openTable(process.env['TABLE'] ?? ''),
    limits: limitsOf(process.env['LIMITS']),
  }
}
