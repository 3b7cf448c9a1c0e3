import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { openCursor, sealCursor } from './cursor.ts'

const now = '2026-11-21T02:00:00.000Z'
const cursor = sealCursor({ position: '["ENROLLMENT#7",{"名":1}]', scope: 'list of one person' }, 'secret', now)
const open = (text: string, scope = 'list of one person', secret = 'secret', at = now) => openCursor(text, scope, secret, at)

test('a cursor opens to its position for 24 hours', () => {
  expect(open(cursor)).toBe('["ENROLLMENT#7",{"名":1}]')
  expect(open(cursor, undefined, undefined, '2026-11-22T01:59:59.000Z')).toBe('["ENROLLMENT#7",{"名":1}]')
})

test('a cursor shows nothing of its position, and is another text each time', () => {
  const person = 'per_01JD0000000000000000000001'
  const sealed = Array.from({ length: 3 }, () => sealCursor({ position: `${person} enr_7`, scope: person }, 'secret', now))
  expect(new Set(sealed).size).toBe(3)
  for (const text of [...sealed, ...sealed.flatMap((one) => [Buffer.from(one, 'base64url').toString('latin1')])])
    expect(text).not.toContain('per_')
})

/** A cursor as it was before positions were sealed. */
function signedOnly(): string {
  const payload = Buffer.from(JSON.stringify(['["ENROLLMENT#7",{"名":1}]', Date.parse(now) / 1000 + 3_600])).toString('base64url')
  return `${payload}.${createHmac('sha256', 'secret').update(`cursor\nlist of one person\n${payload}`).digest('base64url')}`
}

test.each([
  ['altered', () => open(`A${cursor.slice(1)}`)],
  ['with another tag', () => open(`${cursor.slice(0, -4)}AAAA`)],
  ['cut off', () => open(cursor.slice(0, 20))],
  ['with more behind it', () => open(`${cursor}AAAA`)],
  ['with what decoding passes over', () => open(`${cursor}=`)],
  ['of the form that was only signed', () => open(signedOnly())],
  ['empty', () => open('')],
  ['of another list', () => open(cursor, 'list of another person')],
  ['under another secret', () => open(cursor, undefined, 'other')],
  ['a day old', () => open(cursor, undefined, undefined, '2026-11-22T02:00:00.000Z')],
])('a cursor is refused: %s', (_, attempt) => {
  expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-cursor' }))
})
