import type { DeadLetters } from './dead-letters.ts'
import type { LambdaFunction } from './lambda.ts'
import type { StreamRecord } from './stream-record.ts'

/** How a mapping hands records over, as the template says. */
export interface DeliveryConfig {
  fn: LambdaFunction
  /** -1: for ever. */
  maxAttempts: number
  /** In seconds; -1: for ever. */
  maxAge: number
  bisect: boolean
  partialFailures: boolean
  destination: string | undefined
  deadLetters: DeadLetters
  /** Milliseconds before another try; grows with each. */
  backoff: (attempt: number) => number
}

/**
 * Delivers a batch in order until each record is handled or given up (AWS Lambda, "Process DynamoDB records": a reported failure starts again from the lowest
 * failed record; a failed batch is halved when the mapping bisects; what is too old or was tried too often goes to the failure destination).
 * Gives false when it was stopped half-way: the batch must then be delivered again.
 */
export async function deliver(
  records: readonly StreamRecord[],
  config: DeliveryConfig,
  stopped: () => boolean,
  attempt = 0,
): Promise<boolean> {
  let rest = [...records]
  for (let tries = attempt; rest.length > 0; tries += 1) {
    if (stopped()) return false
    // By the machine's clock, as the engine's: a test may have moved `Date`.
    const now = (performance.timeOrigin + performance.now()) / 1000
    const young = config.maxAge < 0 ? rest : rest.filter(({ dynamodb }) => now - dynamodb.ApproximateCreationDateTime <= config.maxAge)
    if (young.length < rest.length)
      giveUp(
        config,
        rest.filter((record) => !young.includes(record)),
        'RecordAgeExceeded',
        tries,
      )
    rest = young
    if (rest.length === 0) return true
    const answer = await config.fn.invoke(JSON.stringify({ Records: rest }))
    if (stopped()) return false
    const failedFrom = answer.failed ? 0 : lowestFailure(rest, answer.payload, config.partialFailures)
    if (failedFrom === undefined) return true
    rest = rest.slice(failedFrom)
    if (config.maxAttempts >= 0 && tries >= config.maxAttempts) {
      giveUp(config, rest, 'RetryAttemptsExhausted', tries + 1, answer.payload)
      return true
    }
    await new Promise((next) => setTimeout(next, config.backoff(tries)))
    if (config.bisect && rest.length > 1) {
      // Halves are tried with the attempts that are left, so that one bad record is found and the others pass.
      const middle = Math.ceil(rest.length / 2)
      return (
        (await deliver(rest.slice(0, middle), config, stopped, config.maxAttempts < 0 ? 0 : Math.min(tries, config.maxAttempts))) &&
        (await deliver(rest.slice(middle), config, stopped, config.maxAttempts < 0 ? 0 : Math.min(tries, config.maxAttempts)))
      )
    }
  }
  return true
}

/** Where the batch must start again: undefined when nothing failed, 0 when the answer cannot be understood. */
function lowestFailure(records: readonly StreamRecord[], payload: string, partial: boolean): number | undefined {
  if (!partial) return undefined
  const answer = JSON.parse(payload) as { batchItemFailures?: { itemIdentifier?: string }[] | null } | null
  const failures = answer?.batchItemFailures
  if (!failures || failures.length === 0) return undefined
  const places = failures.map(({ itemIdentifier }) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier))
  return places.includes(-1) ? 0 : Math.min(...places)
}

function giveUp(config: DeliveryConfig, records: readonly StreamRecord[], condition: string, count: number, payload?: string): void {
  const [first, last] = [records[0] as StreamRecord, records.at(-1) as StreamRecord]
  config.deadLetters.add(config.destination ?? config.fn.config.name, {
    requestContext: { functionArn: config.fn.config.name, condition, approximateInvokeCount: count },
    ...(payload !== undefined && { responsePayload: payload }),
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      startSequenceNumber: first.dynamodb.SequenceNumber,
      endSequenceNumber: last.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first.dynamodb.ApproximateCreationDateTime * 1000).toISOString(),
      approximateArrivalOfLastRecord: new Date(last.dynamodb.ApproximateCreationDateTime * 1000).toISOString(),
      batchSize: records.length,
      streamArn: first.eventSourceARN,
    },
    // The cloud keeps only where the records stand in the stream; on one machine they are kept whole, to be looked at.
    records,
  })
}
