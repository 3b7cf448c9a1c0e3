import { prefixes } from '@skills/contract/ids.ts'
import { encodeTime } from 'ulid'
import { keys } from '../keys.ts'
import { readItems, readRange, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { shardNames, splitSeats, type SeatHead, type SeatTransfer } from './seats.ts'

/** The heads of a run's shards, strongly read, in order. A head that is not there is left out. */
export async function readHeads(table: Table, runId: string, shards: number): Promise<SeatHead[]> {
  const items = await readItems(
    table,
    shardNames(shards).map((shard) => keys.shard.key(runId, shard)),
  )
  return items.filter((item) => item !== undefined) as unknown as SeatHead[]
}

/** Seconds by which the clocks of function instances may differ: lines this much older than the last look are read again. */
const skewSeconds = 10

/**
 * Everybody who took a seat in this run, by its ledger: all who ever did, or with `since` (an instant) those of the lines written after it.
 * A superset of those who have a seat now.
 */
export async function readClaimants(table: Table, runId: string, shards: number, since?: string): Promise<Set<string>> {
  const after = since === undefined ? undefined : `TRANSFER#${prefixes.transfer}_${encodeTime(Date.parse(since) - skewSeconds * 1000)}`
  const ledgers = await Promise.all(
    shardNames(shards).map((shard) => readRange(table, { pk: keys.shard.key(runId, shard).pk, begins: 'TRANSFER#', after })),
  )
  return new Set(ledgers.flat().flatMap((line) => (typeof line['personId'] === 'string' ? [line['personId']] : [])))
}

/** The ledger line of a movement of seats. */
export function transferStep(world: World, line: Omit<SeatTransfer, 'id'>): Step {
  const id = world.id('transfer')
  return {
    name: 'transfer',
    put: { item: { ...keys.transfer.key(line.runId, line.shard, id), id, ...line }, condition: 'attribute_not_exists(pk)' },
  }
}

/** The heads and first ledger lines of a new run: every seat free. At most 32 steps. */
export function issueSteps(world: World, runId: string, capacity: number, shards: number, runVersion: number): Step[] {
  const at = world.now()
  const parts = splitSeats(capacity, shards)
  return shardNames(shards).flatMap((shard, index) => {
    const seats = parts[index] ?? 0
    const head: SeatHead = { runId, shard, capacity: seats, free: seats, held: 0, sold: 0, blocked: 0, runVersion }
    return [
      { name: `head ${shard}`, put: { item: { ...keys.shard.key(runId, shard), ...head }, condition: 'attribute_not_exists(pk)' } },
      transferStep(world, { runId, shard, from: 'issued', to: 'free', seats, at, personId: null, enrollmentId: null }),
    ]
  })
}

/** How a change of a run falls on one of its heads: seats to add to its free ones (or to take from them), and seats set aside for the waiting list. */
export interface HeadChange {
  seats: number
  aside: number
}

/**
 * Brings the heads to a new version of their run, and to a new capacity where `changes` (one for each head) is given.
 * The conditions fail when the run was changed meanwhile, or when seats that should go were claimed.
 */
export function pinSteps(world: World, runId: string, shards: number, from: number, to: number, changes?: readonly HeadChange[]): Step[] {
  const at = world.now()
  return shardNames(shards).flatMap((shard, index) => {
    const { seats, aside } = changes?.[index] ?? { seats: 0, aside: 0 }
    const pin: Step = {
      name: `head ${shard}`,
      update: {
        key: keys.shard.key(runId, shard),
        set: 'SET runVersion = :to, #free = #free + :seats, blocked = blocked + :aside, #capacity = #capacity + :all',
        condition: 'runVersion = :from AND #free >= :least',
        names: { '#free': 'free', '#capacity': 'capacity' },
        values: { ':from': from, ':to': to, ':seats': seats, ':aside': aside, ':all': seats + aside, ':least': seats < 0 ? -seats : 0 },
      },
    }
    const line = { runId, shard, at, personId: null, enrollmentId: null }
    return [
      pin,
      ...(seats > 0 ? [transferStep(world, { ...line, seats, from: 'issued', to: 'free' })] : []),
      ...(seats < 0 ? [transferStep(world, { ...line, seats: -seats, from: 'free', to: 'issued' })] : []),
      ...(aside > 0 ? [transferStep(world, { ...line, seats: aside, from: 'issued', to: 'blocked' })] : []),
    ]
  })
}
