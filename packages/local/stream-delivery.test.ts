import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDeadLetters } from './dead-letters.ts'
import type { LambdaFunction } from './lambda.ts'
import { deliver, type DeliveryConfig } from './stream-delivery.ts'
import type { StreamRecord } from './stream-record.ts'

const record = (number: number, age = 0): StreamRecord => ({
  eventID: String(number),
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'x',
  eventSourceARN: 'x',
  dynamodb: { SequenceNumber: String(number), ApproximateCreationDateTime: Math.floor(Date.now() / 1000) - age },
})
const records = [1, 2, 3, 4, 5, 6].map((number) => record(number))

/** A consumer that takes note of each batch and answers as `behave` says. */
function consumer(behave: (numbers: number[], call: number) => unknown, more: Partial<DeliveryConfig> = {}) {
  const batches: number[][] = []
  const invoke = async (payload: string) => {
    const numbers = (JSON.parse(payload) as { Records: StreamRecord[] }).Records.map(({ eventID }) => Number(eventID))
    batches.push(numbers)
    const answer = behave(numbers, batches.length)
    return answer === 'throw'
      ? { payload: '{}', failed: true, requestId: '' }
      : { payload: JSON.stringify(answer ?? null), failed: false, requestId: '' }
  }
  const fn = { config: { name: 'consumer' }, invoke } as unknown as LambdaFunction
  const deadLetters = openDeadLetters(mkdtempSync(join(tmpdir(), 'letters-')))
  const config: DeliveryConfig = {
    fn,
    maxAttempts: 2,
    maxAge: -1,
    bisect: false,
    partialFailures: true,
    destination: 'arn:aws:sqs:x:y:letters',
    deadLetters,
    backoff: () => 0,
    ...more,
  }
  const letters = () =>
    (deadLetters.read('letters') as { requestContext: { condition: string }; records: StreamRecord[] }[]).map((letter) => [
      letter.requestContext.condition,
      ...letter.records.map(({ eventID }) => Number(eventID)),
    ])
  return { batches, letters, run: (list: StreamRecord[]) => deliver(list, config, () => false) }
}

it('begins again from the lowest failed record', async () => {
  const { batches, letters, run } = consumer((_, call) =>
    call === 1 ? { batchItemFailures: [{ itemIdentifier: '5' }, { itemIdentifier: '3' }] } : {},
  )
  expect(await run(records)).toBe(true)
  expect(batches).toEqual([
    [1, 2, 3, 4, 5, 6],
    [3, 4, 5, 6],
  ])
  expect(letters()).toEqual([])
})

it('takes an answer with an unknown record for a failure of all', async () => {
  const { batches, run } = consumer((_, call) => (call === 1 ? { batchItemFailures: [{ itemIdentifier: '' }] } : {}))
  await run(records)
  expect(batches[1]).toEqual([1, 2, 3, 4, 5, 6])
})

it('ignores reported failures when the mapping does not ask for them', async () => {
  const { batches, run } = consumer(() => ({ batchItemFailures: [{ itemIdentifier: '1' }] }), { partialFailures: false })
  await run(records)
  expect(batches).toHaveLength(1)
})

it('halves a failing batch until the bad record is alone, and gives up only that one', async () => {
  const { letters, run } = consumer((numbers) => (numbers.includes(4) ? 'throw' : {}), { bisect: true, maxAttempts: 5 })
  expect(await run(records)).toBe(true)
  expect(letters()).toEqual([['RetryAttemptsExhausted', 4]])
})

it('tries as often as the mapping says and then lays the batch aside', async () => {
  const { batches, letters, run } = consumer(() => 'throw')
  await run([record(1), record(2)])
  expect(batches).toHaveLength(3)
  expect(letters()).toEqual([['RetryAttemptsExhausted', 1, 2]])
})

it('lays aside what is too old and delivers the rest', async () => {
  const { batches, letters, run } = consumer(() => ({}), { maxAge: 60 })
  await run([record(1, 120), record(2)])
  expect(batches).toEqual([[2]])
  expect(letters()).toEqual([['RecordAgeExceeded', 1]])
})
