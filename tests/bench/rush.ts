import { fork } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { takeSeat } from '@skills/core/enrollment/take-seat.ts'
import { emptySchedule } from '@skills/core/enrollment/schedule.ts'
import { shardNames } from '@skills/core/enrollment/seats.ts'
import { startCloud } from '@skills/local/cloud.ts'
import { testCdkOut } from '../synthesize.ts'
import type { LoadResult } from './load.ts'
import { load, ms, quantile, times, type Figure } from './measure.ts'
import { rushPlan, setRush } from './rush-scene.ts'

const seats = 157

/** Sells the 157 seats to so many workers; every worker asks `copies` times with one key. */
async function rush(workers: number, copies = 1): Promise<LoadResult & { violations: number }> {
  const scene = await setRush(seats, workers)
  try {
    const result = await load(rushPlan(scene, copies))
    const { violations } = await checkBooks(scene.world)
    return { ...result, violations: violations.length }
  } finally {
    await scene.stack.stop()
  }
}

/** The same people, seats and engine behind the bare server. */
async function bareRush(workers: number): Promise<LoadResult> {
  const scene = await setRush(seats, workers)
  const server = fork(
    join(import.meta.dirname, 'bare-server.ts'),
    [JSON.stringify({ endpoint: scene.stack.cloud.urls.dynamodb, table: scene.stack.table.name, run: scene.run })],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )
  try {
    const port = await new Promise<string>((resolve) => server.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())))
    return await load({
      url: `http://127.0.0.1:${port}/`,
      inFlight: 200,
      headers: {},
      requests: scene.people.map((person) => ({ headers: { 'x-person': person } })),
      body: '{}',
    })
  } finally {
    server.disconnect()
    await scene.stack.stop()
  }
}

/** Milliseconds per request of an empty handler in the place of `claim-seat`, behind the same gateway with the same tokens. */
async function emptyHandler(workers: number): Promise<LoadResult> {
  const cdkOut = mkdtempSync(join(tmpdir(), 'supermarket-empty-'))
  cpSync(testCdkOut, cdkOut, { recursive: true })
  for (const folder of readdirSync(cdkOut, { withFileTypes: true })) {
    if (!folder.isDirectory() || !folder.name.startsWith('asset.')) continue
    const file = join(cdkOut, folder.name, 'handler.mjs')
    try {
      if (readFileSync(file, 'utf8').includes('registration-not-open'))
        writeFileSync(file, 'export const handler = async () => ({ statusCode: 204 })\n')
    } catch {
      // An asset that is not one of ours.
    }
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'supermarket-'))
  const cloud = await startCloud({ dataDir, cdkOut })
  try {
    return await load({
      url: `${cloud.urls.gateway}/runs/run_00000000000000000000000000/enrollments`,
      inFlight: 200,
      headers: { 'content-type': 'application/json', 'x-origin-secret': cloud.originSecret },
      requests: Array.from({ length: workers }, (_, index) => ({
        headers: {
          authorization: `Bearer ${cloud.tokenFor(`bench-worker-${index}`)}`,
          'idempotency-key': `empty-${index}-00000000`,
        },
      })),
      body: '{}',
    })
  } finally {
    await cloud.stop()
    rmSync(dataDir, { recursive: true, force: true })
    rmSync(cdkOut, { recursive: true, force: true })
  }
}

/** Claims per second when everybody gets a seat, beside the engine's own rate for a transaction of that shape (16 callers, same SDK). */
async function throughput(claims: number): Promise<{ ours: number; engine: number }> {
  const scene = await setRush(claims, claims)
  const { allMs } = await load(rushPlan(scene)).finally(() => scene.stack.stop())
  const bare = await setRush(claims, claims)
  try {
    const names = shardNames(bare.run.shards)
    let next = 0
    const began = performance.now()
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let mine = next++; mine < bare.people.length; mine = next++) {
          const personId = bare.people[mine] ?? ''
          const command = { id: `engine-${personId}`, fingerprint: 'bench', route: 'claimSeat' as const }
          const claim = {
            personId,
            maskedName: '测*',
            run: bare.run,
            shard: names[mine % names.length] ?? '00',
            schedule: emptySchedule,
            healthCommitment: false,
          }
          await takeSeat(bare.world, command, claim)
        }
      }),
    )
    return { ours: claims / (allMs / 1000), engine: claims / ((performance.now() - began) / 1000) }
  } finally {
    await bare.stack.stop()
  }
}

/** The rush of 157 seats: truth first, then time, each beside a yardstick measured in the same run. */
export async function benchRush(): Promise<Figure[]> {
  const small = await rush(2_000)
  const large = await rush(10_000)
  const twice = await rush(2_000, 2)
  const bare = await bareRush(2_000)
  const empty = await emptyHandler(2_000)
  const rate = await throughput(1_000)
  const p99 = quantile(small.losers, 0.99)
  const quiet = quantile(empty.losers, 0.99)
  const oversold = [small, large].map(({ statuses }) => (statuses['201'] ?? 0) - seats)
  const others = [small, large, twice].flatMap(({ codes }) => Object.keys(codes)).filter((code) => code !== 'sold-out')
  return [
    {
      what: '157 seats, 2,000 and 10,000 workers, 200 at a time: seats sold beyond 157',
      value: oversold.join(' and '),
      aim: '0',
      holds: oversold.every((over) => over === 0),
    },
    {
      what: 'the same, every request sent twice with its key: broken invariants in all three tables',
      value: String(small.violations + large.violations + twice.violations),
      aim: '0',
      holds: small.violations + large.violations + twice.violations === 0,
    },
    {
      what: 'answers other than a seat or “sold out”',
      value: others.length === 0 ? 'none' : others.join(', '),
      aim: 'none',
      holds: others.length === 0,
    },
    {
      what: 'time to the last seat, 2,000 workers',
      value: `${ms(small.lastSeatMs)} (bare server ${ms(bare.lastSeatMs)}): ${times(small.lastSeatMs / bare.lastSeatMs)}`,
      aim: '≤ 2 ×',
      holds: small.lastSeatMs <= 2 * bare.lastSeatMs,
    },
    { what: 'time to the last seat, 10,000 workers', value: ms(large.lastSeatMs) },
    { what: 'winners p50 / p99, 2,000 workers', value: `${ms(quantile(small.winners, 0.5))} / ${ms(quantile(small.winners, 0.99))}` },
    { what: 'losers p50 / p99, 2,000 workers', value: `${ms(quantile(small.losers, 0.5))} / ${ms(p99)}` },
    ...[
      { workers: '2,000', tail: p99 },
      { workers: '10,000', tail: quantile(large.losers, 0.99) },
    ].map(({ workers, tail }) => ({
      what: `losers’ p99 of ${workers} beside an empty handler behind the same gateway`,
      value: `${ms(tail)} / ${ms(quiet)}: ${times(tail / quiet)}`,
      aim: '≤ 3 ×',
      holds: tail <= 3 * quiet,
    })),
    {
      what: 'the same for those of 10,000 who asked after the last seat was gone',
      value: `${ms(quantile(large.late, 0.99))} / ${ms(quiet)}: ${times(quantile(large.late, 0.99) / quiet)}`,
      aim: '≤ 3 ×',
      holds: quantile(large.late, 0.99) <= 3 * quiet,
    },
    {
      what: 'for scale: losers’ p99 of 2,000 at the bare server (who asks before the last seat is gone can only be told when it is)',
      value: ms(quantile(bare.losers, 0.99)),
    },
    {
      what: 'all 10,000 answered, beside all 2,000',
      value: `${ms(large.allMs)} / ${ms(small.allMs)}: ${times(large.allMs / small.allMs)}`,
      aim: '≤ 5 ×',
      holds: large.allMs <= 5 * small.allMs,
    },
    {
      what: 'claims per second when all win, beside the engine’s rate for that transaction',
      value: `${rate.ours.toFixed(0)} / ${rate.engine.toFixed(0)}: ${times(rate.ours / rate.engine)}`,
      aim: '≥ 0.5 ×',
      holds: rate.ours >= 0.5 * rate.engine,
    },
  ]
}
