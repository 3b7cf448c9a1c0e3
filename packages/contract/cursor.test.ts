import { expect, test } from 'vitest'
import { openCursor, sealCursor } from './cursor.ts'

const now = '2026-11-21T02:00:00.000Z'
const cursor = sealCursor({ position: '["ENROLLMENT#7",{"名":1}]', scope: 'list of one person' }, 'secret', now)
const open = (text: string, scope = 'list of one person', secret = 'secret', at = now) => openCursor(text, scope, secret, at)

test('a cursor opens to its position for 24 hours', () => {
  expect(open(cursor)).toBe('["ENROLLMENT#7",{"名":1}]')
  expect(open(cursor, undefined, undefined, '2026-11-22T01:59:59.000Z')).toBe('["ENROLLMENT#7",{"名":1}]')
})

test.each([
  ['altered', () => open(`A${cursor.slice(1)}`)],
  ['with another signature', () => open(`${cursor.slice(0, -4)}AAAA`)],
  ['without signature', () => open(cursor.split('.')[0] ?? '')],
  ['with a third part', () => open(`${cursor}.AAAA`)],
  ['empty', () => open('')],
  ['of another list', () => open(cursor, 'list of another person')],
  ['under another secret', () => open(cursor, undefined, 'other')],
  ['a day old', () => open(cursor, undefined, undefined, '2026-11-22T02:00:00.000Z')],
])('a cursor is refused: %s', (_, attempt) => {
  expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-cursor' }))
})
