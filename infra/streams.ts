/** The consumers of the table's stream. */
export type StreamKey = 'publish-catalog' | 'dispatch-outbox'

export interface StreamSpec {
  /** Event patterns; a record that fits one of them is delivered. */
  filters: readonly object[]
  batchSize: number
  /** Seconds to wait for a fuller batch. */
  windowSeconds: number
  /** Batches of one shard handled at once; records of one partition key stay in order. */
  parallel: number
}

const prefix = (...prefixes: string[]) => prefixes.map((text) => ({ prefix: text }))

/** Which changes each consumer gets to see. */
export const streams: Record<StreamKey, StreamSpec> = {
  'publish-catalog': {
    filters: [
      { dynamodb: { Keys: { pk: { S: prefix('COURSE#', 'RUN#', 'PROVIDER#', 'VENUE#') } } } },
      // Of the seats only the heads, not the ledger beneath them.
      { dynamodb: { Keys: { pk: { S: prefix('SHARD#') }, sk: { S: ['HEAD'] } } } },
    ],
    // Large, because the index is written once per batch: an import of thousands of rows costs a few.
    batchSize: 1000,
    windowSeconds: 1,
    parallel: 1,
  },
  'dispatch-outbox': {
    filters: [{ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: prefix('OUTBOX#') } } } }],
    batchSize: 10,
    windowSeconds: 0,
    parallel: 4,
  },
}
