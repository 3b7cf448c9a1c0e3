import { expect, it } from 'vitest'
import { answerBy } from './answer-by.ts'

const now = '2026-12-01T00:00:00.000Z'
it.each([
  ['weeks before: two days', '2026-12-20T10:00:00.000Z', '2026-12-03T00:00:00.000Z'],
  ['the day before: twelve hours ahead', '2026-12-02T00:00:00.000Z', '2026-12-01T12:00:00.000Z'],
  ['the same evening: an hour ahead', '2026-12-01T10:00:00.000Z', '2026-12-01T09:00:00.000Z'],
  ['two hours before: an hour ahead', '2026-12-01T02:00:00.000Z', '2026-12-01T01:00:00.000Z'],
  ['later than that: not at all', '2026-12-01T01:59:00.000Z', undefined],
  ['when it has begun: not at all', '2026-11-30T23:00:00.000Z', undefined],
])('asked %s', (_, begins, until) => expect(answerBy(now, begins)).toBe(until))
