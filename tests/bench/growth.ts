import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { keys } from '@skills/core/keys.ts'
import type { Table } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { startEngine } from '@skills/local/engine.ts'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { createTable } from '../test-table.ts'
import { median, ms, times, type Figure } from './measure.ts'
import { worldOver } from './rush-scene.ts'

const sizes = [100, 10_000, 100_000]
const measured = 150

/** What one claim costs: requests, item writes and reads, capacity units by DynamoDB's rules, milliseconds. */
interface Cost {
  requests: number
  writes: number
  reads: number
  capacity: number
  ms: number
}

/** Fills a table with enrollments as claims leave them: enrollment, guard, ledger line. */
async function fill(world: World, count: number): Promise<void> {
  const { table } = world
  let batch: Record<string, unknown>[] = []
  const send = async () => {
    const items = batch
    batch = []
    await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: items.map((Item) => ({ PutRequest: { Item } })) } }))
  }
  for (let index = 0; index < count; index += 1) {
    const [person, run, id] = [world.id('person'), world.id('run'), world.id('enrollment')]
    const enrollment = { id, runId: run, courseId: world.id('course'), state: 'active', claimedAt: world.now(), cancelledAt: null }
    batch.push(
      {
        ...keys.enrollment.key(person, id),
        enrollment,
        personId: person,
        shard: '00',
        rosterRun: run,
        rosterPerson: id,
        maskedName: '测*',
        version: 1,
      },
      { ...keys.guard.key(person, run), runId: run, enrollmentId: id, state: 'active' },
      { ...keys.transfer.key(run, '00', world.id('transfer')), from: 'free', to: 'sold', seats: 1, personId: person, enrollmentId: id },
    )
    if (batch.length >= 24) await send()
  }
  if (batch.length > 0) await send()
}

/** Counts what is sent: a transactional write of up to 1 kB is 2 units a kB, a strong read of up to 4 kB is 1 unit. */
function counted(table: Table): { read(): Cost; reset(): void } {
  let cost: Cost = { requests: 0, writes: 0, reads: 0, capacity: 0, ms: 0 }
  table.client.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as {
        TransactItems?: { Put?: { Item: unknown }; Update?: unknown }[]
        RequestItems?: Record<string, { Keys?: unknown[] }>
        Key?: unknown
      }
      cost.requests += 1
      for (const item of input.TransactItems ?? []) {
        cost.writes += 1
        cost.capacity += 2 * Math.ceil(JSON.stringify(item.Put?.Item ?? {}).length / 1024)
      }
      const reads =
        Object.values(input.RequestItems ?? {}).reduce((sum, { Keys = [] }) => sum + Keys.length, 0) + (input.Key === undefined ? 0 : 1)
      cost.reads += reads
      cost.capacity += reads
      return next(args)
    },
    { step: 'initialize', name: 'count' },
  )
  return { read: () => cost, reset: () => void (cost = { requests: 0, writes: 0, reads: 0, capacity: 0, ms: 0 }) }
}

async function costAt(size: number): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'supermarket-growth-'))
  const engine = await startEngine(join(folder, 'table.db'))
  try {
    const table = await createTable(engine.endpoint, 'supermarket')
    const world = worldOver(table)
    await fill(world, size)
    const soon = new Date(Date.parse(world.now()) + 30 * 86_400_000).toISOString()
    const { run } = await makeRun(world, { capacity: 500, date: soon.slice(0, 10), opensAt: '2026-01-01T00:00:00.000Z', closesAt: soon })
    const people = await makePeople(world, measured)
    const memory = seatMemory(world)
    const count = counted(table)
    const took: number[] = []
    for (const [index, person] of people.entries()) {
      if (index === 20) count.reset() // the first ones warm the process
      const began = performance.now()
      await claimSeat(
        { world: world, memory: memory, quoteSecret },
        { actor: actor(person), command: command(`growth-${person}`), params: { runId: run.id }, body: {} },
      )
      if (index >= 20) took.push(performance.now() - began)
    }
    const cost = count.read()
    const each = took.length
    table.client.destroy()
    return {
      requests: cost.requests / each,
      writes: cost.writes / each,
      reads: cost.reads / each,
      capacity: cost.capacity / each,
      ms: median(took),
    }
  } finally {
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The cost of one claim with 10², 10⁴ and 10⁵ enrollments in the table. A fresh engine file per point, because the local engine slows down with each remembered token. */
export async function benchGrowth(): Promise<Figure[]> {
  const costs: Cost[] = []
  for (const size of sizes) costs.push(await costAt(size))
  const [first, , last] = costs
  const ratio = (last?.ms ?? 0) / (first?.ms ?? 1)
  const same = costs.every(({ writes, capacity }) => writes === first?.writes && Math.abs(capacity - (first?.capacity ?? 0)) < 1)
  return [
    ...costs.map((cost, index) => ({
      what: `one claim with ${(sizes[index] ?? 0).toLocaleString('en-US')} enrollments in the table`,
      value: `${cost.requests.toFixed(1)} requests, ${cost.reads.toFixed(1)} items read, ${cost.writes.toFixed(1)} written, about ${cost.capacity.toFixed(0)} units, ${ms(cost.ms)}`,
    })),
    { what: 'requests, writes and units do not grow', value: same ? 'the same' : 'they differ', aim: 'flat', holds: same },
    { what: 'time at 100,000 beside 100 enrollments', value: times(ratio), aim: '≤ 1.5 ×', holds: ratio <= 1.5 },
  ]
}
