import type { Resource } from './assembly.ts'
import type { DeadLetters } from './dead-letters.ts'
import { matches } from './event-filter.ts'
import type { Functions } from './functions.ts'
import { functionArn } from './physical-names.ts'
import { deliver, type DeliveryConfig } from './stream-delivery.ts'
import { createStreamReader } from './stream-reader.ts'
import type { StreamRecord } from './stream-record.ts'

/** What the pumps of all mappings have in common. */
interface Shared {
  /** The engine's address. */
  endpoint: string
  functions: Functions
  deadLetters: DeadLetters
  /** Table → the stream of the engine. */
  streams: Map<string, string>
  busy: () => boolean
  /** The last record handled of a shard of a mapping; empty when none was. */
  place(name: string): string
  reached(name: string, sequence: string): void
}

export interface Pump {
  /** Reads what is there and delivers it; gives how many records were read or delivered. `flush` does not wait for a batch to fill. */
  turn(flush: boolean): Promise<number>
  stop(): Promise<void>
}

/** How often an idle stream is asked (Lambda: 4 times a second). */
const pollMs = 250
/** In the cloud consumers have machines of their own. On one machine they let those go first who wait for an answer, so long at most. */
const yieldMs = 5_000

/** One mapping at work: reads its stream, keeps what the filter lets pass until a batch is full or its time is over, and delivers in order. */
export function createPump(mapping: Resource, { endpoint, functions, deadLetters, streams, busy, place, reached }: Shared): Pump {
  const { properties } = mapping
  const table = /table\/([^/]+)/.exec(String(properties['EventSourceArn']))?.[1] ?? ''
  const stream = streams.get(table) ?? ''
  const name = String(properties['FunctionName'])
  const fn = functions.byArn(name) ?? functions.byArn(functionArn(name))
  if (!stream || !fn) throw new Error(`the mapping ${mapping.id} leads from no stream or to no function`)
  const batchSize = Number(properties['BatchSize'] ?? 100)
  const windowMs = Number(properties['MaximumBatchingWindowInSeconds'] ?? 0) * 1000
  const patterns = ((properties['FilterCriteria'] as { Filters?: { Pattern: string }[] } | undefined)?.Filters ?? []).map(
    ({ Pattern }) => JSON.parse(Pattern) as unknown,
  )
  const config: DeliveryConfig = {
    fn,
    maxAttempts: Number(properties['MaximumRetryAttempts'] ?? -1),
    maxAge: Number(properties['MaximumRecordAgeInSeconds'] ?? -1),
    bisect: properties['BisectBatchOnFunctionError'] === true,
    partialFailures: (properties['FunctionResponseTypes'] as string[] | undefined)?.includes('ReportBatchItemFailures') ?? false,
    destination: (properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined)?.OnFailure?.Destination,
    deadLetters,
    backoff: (attempt) => Math.min(50 * 2 ** attempt, 10_000),
  }
  const reader = createStreamReader(endpoint)
  let stopped = false
  let shards: string[] = []
  const buffers = new Map<string, { records: StreamRecord[]; since: number; read: string }>()
  const placeOf = (shard: string) => `${mapping.stack}/${mapping.id}/${stream}/${shard}`

  async function readShard(shard: string, flush: boolean): Promise<number> {
    const buffer = buffers.get(shard) ?? { records: [], since: 0, read: place(placeOf(shard)) }
    buffers.set(shard, buffer)
    let count = 0
    if (buffer.records.length < batchSize) {
      const records = await reader.read(stream, shard, buffer.read)
      count = records.length
      for (const record of records) {
        buffer.read = record.dynamodb.SequenceNumber
        if (patterns.length > 0 && !patterns.some((pattern) => matches(pattern, record))) continue
        if (buffer.records.length === 0) buffer.since = Date.now()
        buffer.records.push(record)
      }
      if (count > 0 && buffer.records.length === 0) reached(placeOf(shard), buffer.read)
    }
    while (buffer.records.length > 0 && (flush || buffer.records.length >= batchSize || Date.now() - buffer.since >= windowMs)) {
      const batch = buffer.records.slice(0, batchSize)
      if (!(await deliver(batch, config, () => stopped))) return count
      buffer.records.splice(0, batch.length)
      count += batch.length
      reached(placeOf(shard), buffer.records.length === 0 ? buffer.read : (batch.at(-1) as StreamRecord).dynamodb.SequenceNumber)
    }
    return count
  }
  // One turn at a time, whoever asks: the clock or a test that drains.
  let queue: Promise<unknown> = Promise.resolve()
  const turn = (flush: boolean): Promise<number> => {
    const work = queue.then(async () => {
      if (stopped) return 0
      if (flush || shards.length === 0) shards = await reader.shards(stream)
      let count = 0
      for (const shard of shards) count += await readShard(shard, flush)
      return count
    })
    queue = work.catch(() => undefined)
    return work
  }

  let timer: NodeJS.Timeout | undefined
  let quietTurns = 0
  let waitedSince = 0
  const tick = () => {
    if (busy()) {
      waitedSince ||= Date.now()
      if (Date.now() - waitedSince < yieldMs) {
        timer = setTimeout(tick, pollMs)
        return
      }
    }
    waitedSince = 0
    turn(false)
      .then(async (count) => {
        quietTurns = count > 0 ? 0 : quietTurns + 1
        // Shards are split by an engine that is not ours; look for new ones now and then.
        if (quietTurns % 40 === 39) shards = await reader.shards(stream)
        return count
      })
      .catch((error: unknown) => {
        if (!stopped) console.error(`stream → ${name}:`, (error as Error).message)
        return 0
      })
      .then((count) => {
        if (!stopped) timer = setTimeout(tick, count > 0 ? 5 : pollMs)
      })
  }
  tick()
  return {
    turn,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await queue
    },
  }
}
