import { region } from './physical-names.ts'
import type { StreamRecord } from './stream-record.ts'

/** Reads an engine's streams. */
export interface StreamReader {
  shards(stream: string): Promise<string[]>
  /** Records after a sequence number (from the beginning for an empty one), as functions get them. */
  read(stream: string, shard: string, after: string): Promise<StreamRecord[]>
}

// Engines on a machine look for a name and a region in it and check nothing.
const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`
const perCall = 1_000

/**
 * The protocol of DynamoDB Streams without the SDK: the engine's JSON is already the form that functions are handed, and reading it so costs the
 * thread of the gateway a tenth of what the SDK's parsing did.
 */
export function createStreamReader(endpoint: string): StreamReader {
  async function call<T>(operation: string, input: object): Promise<T> {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
        'x-amz-date': '20260101T000000Z',
        authorization,
      },
      body: JSON.stringify(input),
    })
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  // Where the next read of a shard begins; the engine gives it with each answer.
  const next = new Map<string, { after: string; iterator: string }>()
  return {
    async shards(stream) {
      const { StreamDescription } = await call<{ StreamDescription: { Shards?: { ShardId: string }[] } }>('DescribeStream', {
        StreamArn: stream,
      })
      return (StreamDescription.Shards ?? []).map(({ ShardId }) => ShardId)
    },
    async read(stream, shard, after) {
      const known = next.get(shard)
      const begin =
        after === '' ? { ShardIteratorType: 'TRIM_HORIZON' } : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
      const iterator =
        known?.after === after
          ? known.iterator
          : (await call<{ ShardIterator: string }>('GetShardIterator', { StreamArn: stream, ShardId: shard, ...begin })).ShardIterator
      // An iterator is good once, and only for a while.
      next.delete(shard)
      const answer = await call<{ Records?: StreamRecord[]; NextShardIterator?: string }>('GetRecords', {
        ShardIterator: iterator,
        Limit: perCall,
      })
      const records = answer.Records ?? []
      for (const record of records) Object.assign(record, { eventSource: 'aws:dynamodb', awsRegion: region, eventSourceARN: stream })
      const last = records.at(-1)?.dynamodb.SequenceNumber ?? after
      if (answer.NextShardIterator) next.set(shard, { after: last, iterator: answer.NextShardIterator })
      return records
    },
  }
}
