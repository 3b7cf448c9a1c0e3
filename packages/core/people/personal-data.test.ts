import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { open, seal, type PersonKey, type Place } from './personal-data.ts'

const keyFor = (name: string): PersonKey => ({
  wrapped: { text: '', algorithm: 'SYMMETRIC_DEFAULT' },
  key: createHash('sha256').update(name).digest(),
})
const key = keyFor('one')
const place: Place = { personId: 'per_1', field: 'residentId', version: 3 }
const iv = Buffer.alloc(12, 7).toString('base64url')

describe('a sealed field', () => {
  const sealed = seal(key, place, '张三 𠮷', iv)
  it('opens at its own place, and names its algorithm', () => {
    expect(open(key, place, sealed)).toBe('张三 𠮷')
    expect(sealed.algorithm).toBe('AES-256-GCM')
  })
  it.each<[string, Partial<Place>]>([
    ['another person', { personId: 'per_2' }],
    ['another field', { field: 'mobile' }],
    ['another version', { version: 4 }],
  ])('does not open as that of %s', (_, other) => {
    expect(() => open(key, { ...place, ...other }, sealed)).toThrow()
  })
  it('does not open with another key, changed, or with a shortened tag', () => {
    expect(() => open(keyFor('two'), place, sealed)).toThrow()
    expect(() => open(key, place, { ...sealed, text: seal(key, place, '李四', iv).text })).toThrow()
    expect(() => open(key, place, { ...sealed, tag: sealed.tag.slice(0, 8) })).toThrow()
    expect(() => open(key, place, { ...sealed, algorithm: 'none' as 'AES-256-GCM' })).toThrow()
  })
})
