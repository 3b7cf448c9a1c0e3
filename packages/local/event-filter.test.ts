import { expect, it } from 'vitest'
import { matches } from './event-filter.ts'

const record = {
  eventName: 'INSERT',
  dynamodb: { Keys: { pk: { S: 'RUN#1' }, sk: { S: 'RUN' } }, NewImage: { free: { N: '3' }, tags: { SS: ['a', 'b'] } } },
}

it.each([
  [{ eventName: ['INSERT', 'MODIFY'] }, true],
  [{ eventName: ['REMOVE'] }, false],
  [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'RUN#' }] } } } }, true],
  [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'COURSE#' }, { prefix: 'RUN#' }] }, sk: { S: ['HEAD'] } } } }, false],
  [{ dynamodb: { Keys: { sk: { S: [{ suffix: 'UN' }] } } } }, true],
  [{ dynamodb: { Keys: { sk: { S: [{ 'equals-ignore-case': 'run' }] } } } }, true],
  [{ dynamodb: { NewImage: { free: { N: [{ numeric: ['>', 0, '<=', 3] }] } } } }, true],
  [{ dynamodb: { NewImage: { free: { N: [{ numeric: ['>', 3] }] } } } }, false],
  [{ dynamodb: { NewImage: { free: { N: [{ exists: true }] } } } }, true],
  [{ dynamodb: { OldImage: { free: { N: [{ exists: false }] } } } }, true],
  [{ dynamodb: { OldImage: { free: { N: [{ 'anything-but': ['3'] }] } } } }, false],
  [{ eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
  [{ eventName: [{ 'anything-but': { prefix: 'INS' } }] }, false],
  [{ dynamodb: { NewImage: { tags: { SS: ['b'] } } } }, true],
  [{ $or: [{ eventName: ['REMOVE'] }, { dynamodb: { Keys: { sk: { S: ['RUN'] } } } }] }, true],
])('%j: %s', (pattern, fits) => {
  expect(matches(pattern, record)).toBe(fits)
})

it('refuses an operator it does not know rather than letting everything pass', () => {
  expect(() => matches({ eventName: [{ wildcard: 'I*' }] }, record)).toThrow('wildcard')
})
