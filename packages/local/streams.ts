import { join } from 'node:path'
import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams'
import type { Assembly, Resource } from './assembly.ts'
import type { DeadLetters } from './dead-letters.ts'
import { matches } from './event-filter.ts'
import type { Functions } from './functions.ts'
import { readKept, writeKept } from './kept-file.ts'
import { functionArn, region } from './physical-names.ts'
import { deliver, type DeliveryConfig } from './stream-delivery.ts'
import { toEventRecord, type StreamRecord } from './stream-record.ts'
import { credentials } from './tables.ts'

/** Event source mappings at work. */
export interface Streams {
  /** Resolves when all that was written so far, and what its consumers wrote in turn, is delivered or given up. */
  drain(): Promise<void>
  stop(): Promise<void>
}

interface Wishes {
  endpoint: string
  /** Table → the stream of the engine. */
  streams: Map<string, string>
  dataDir: string
  deadLetters: DeadLetters
  /** How often an idle stream is asked, in ms (Lambda: 4 times a second). */
  pollMs?: number
}

/** Starts the template's mappings of tables' streams to functions. Places reached are kept, so that a second run goes on where the first ended. */
export function startStreams(assembly: Assembly, functions: Functions, wishes: Wishes): Streams {
  const client = new DynamoDBStreamsClient({ endpoint: wishes.endpoint, region, credentials })
  const file = join(wishes.dataDir, 'stream-places.json')
  const places = readKept<Record<string, string>>(file, {})
  const pumps = assembly
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => String(properties['EventSourceArn']).includes(':dynamodb:') && properties['Enabled'] !== false)
    .map((mapping) => createPump(client, mapping, functions, wishes, places, () => writeKept(file, places)))
  return {
    async drain() {
      // A consumer may write what another one reads: quiet is a whole round in which nobody found anything.
      for (let found = 1; found > 0;) {
        const counts = await Promise.all(pumps.map((pump) => pump.turn(true)))
        found = counts.reduce((sum, count) => sum + count, 0)
      }
    },
    async stop() {
      await Promise.all(pumps.map((pump) => pump.stop()))
      client.destroy()
    },
  }
}

interface Pump {
  /** Reads what is there and delivers it; gives how many records were read or delivered. `flush` does not wait for a batch to fill. */
  turn(flush: boolean): Promise<number>
  stop(): Promise<void>
}

function createPump(
  client: DynamoDBStreamsClient,
  mapping: Resource,
  functions: Functions,
  wishes: Wishes,
  places: Record<string, string>,
  save: () => void,
): Pump {
  const { properties } = mapping
  const table = /table\/([^/]+)/.exec(String(properties['EventSourceArn']))?.[1] ?? ''
  const stream = wishes.streams.get(table)
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
    deadLetters: wishes.deadLetters,
    backoff: (attempt) => Math.min(50 * 2 ** attempt, 10_000),
  }
  let stopped = false
  let shards: string[] = []
  const buffers = new Map<string, { records: StreamRecord[]; since: number; read: string }>()
  const placeOf = (shard: string) => `${mapping.stack}/${mapping.id}/${stream}/${shard}`

  async function readShard(shard: string, flush: boolean): Promise<number> {
    const buffer = buffers.get(shard) ?? { records: [], since: 0, read: places[placeOf(shard)] ?? '' }
    buffers.set(shard, buffer)
    let count = 0
    if (buffer.records.length < batchSize) {
      const { ShardIterator } = await client.send(
        new GetShardIteratorCommand({
          StreamArn: stream,
          ShardId: shard,
          // A stream that was never read begins at the template's position; LATEST on a fresh table is its beginning all the same.
          ...(buffer.read === ''
            ? { ShardIteratorType: 'TRIM_HORIZON' }
            : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: buffer.read }),
        }),
      )
      const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 1_000 }))
      count = Records.length
      for (const record of Records) {
        const event = toEventRecord(record, stream as string)
        buffer.read = event.dynamodb.SequenceNumber
        if (patterns.length > 0 && !patterns.some((pattern) => matches(pattern, event))) continue
        if (buffer.records.length === 0) buffer.since = Date.now()
        buffer.records.push(event)
      }
      if (count > 0 && buffer.records.length === 0) reached(shard, buffer.read)
    }
    while (buffer.records.length > 0 && (flush || buffer.records.length >= batchSize || Date.now() - buffer.since >= windowMs)) {
      const batch = buffer.records.slice(0, batchSize)
      if (!(await deliver(batch, config, () => stopped))) return count
      buffer.records.splice(0, batch.length)
      count += batch.length
      reached(shard, buffer.records.length === 0 ? buffer.read : (batch.at(-1) as StreamRecord).dynamodb.SequenceNumber)
    }
    return count
  }
  function reached(shard: string, sequence: string) {
    places[placeOf(shard)] = sequence
    save()
  }

  async function findShards(): Promise<void> {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: stream }))
    shards = (StreamDescription?.Shards ?? []).flatMap(({ ShardId }) => ShardId ?? [])
  }

  // One turn at a time, whoever asks: the clock or a test that drains.
  let queue: Promise<unknown> = Promise.resolve()
  const turn = (flush: boolean): Promise<number> => {
    const work = queue.then(async () => {
      if (stopped) return 0
      if (flush || shards.length === 0) await findShards()
      let count = 0
      for (const shard of shards) count += await readShard(shard, flush)
      return count
    })
    queue = work.catch(() => undefined)
    return work
  }

  let timer: NodeJS.Timeout | undefined
  let quietTurns = 0
  const tick = () => {
    turn(false)
      .then(async (count) => {
        quietTurns = count > 0 ? 0 : quietTurns + 1
        // Shards are split by an engine that is not ours; look for new ones now and then.
        if (quietTurns % 40 === 39) await findShards()
        return count
      })
      .catch((error: unknown) => {
        if (!stopped) console.error(`stream → ${name}:`, (error as Error).message)
        return 0
      })
      .then((count) => {
        if (!stopped) timer = setTimeout(tick, count > 0 ? 5 : (wishes.pollMs ?? 250))
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
