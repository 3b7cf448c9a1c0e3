import { expect, test } from 'vitest'
import { mostFileBytes } from '@skills/contract/files.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { askedFile, nameFits, refuseMore, type FileAsk } from './file.ts'

const now = '2026-11-21T02:00:00.000Z'
const ask: FileAsk = { kind: 'licence', type: 'image/jpeg', bytes: 1000, name: '办学许可证 正本.jpg' }
const reason = (more: Partial<FileAsk>) => {
  try {
    return askedFile('fil_01KAJ3V0M0AAAAAAAAAAAAAAAA', { ...ask, ...more }, now).state
  } catch (error) {
    return (error as Refusal).members['reason']
  }
}

test('a file is asked for by kind, type, size and name, and has an hour', () => {
  expect(askedFile('fil_01KAJ3V0M0AAAAAAAAAAAAAAAA', ask, now)).toMatchObject({ state: 'asked', until: '2026-11-21T03:00:00.000Z' })
  expect(reason({ bytes: 0 })).toBe('empty')
  expect(reason({ bytes: mostFileBytes })).toBe('asked')
  expect(reason({ bytes: mostFileBytes + 1 })).toBe('size')
  expect(reason({ kind: 'venue-photo', type: 'application/pdf', name: 'a.pdf' })).toBe('not-this-type')
})

test.each([
  'photo.exe.jpg',
  'photo.jpg.exe',
  'photo.svg.jpg',
  'photo.jpg.png',
  'photo.png.jpg',
  'photo.html',
  'photo',
  '.jpg',
  '../photo.jpg',
  'a/photo.jpg',
  'a\\photo.jpg',
  'photo\r\n.jpg',
  'photo\u202egpj.jpg',
  'photo\0.jpg',
  ' photo.jpg',
  `${'x'.repeat(130)}.jpg`,
  'photo.php.jpg',
])('the name %j misleads', (name) => {
  expect(nameFits(name, 'image/jpeg')).toBe(false)
})

test.each(['IMG_0001.JPG', '教室 2.1.jpeg', 'scan.2026.11.21.jpg'])('the name %j is one a person gives', (name) => {
  expect(nameFits(name, 'image/jpeg')).toBe(true)
})

test('files that lapsed or were rejected count for nothing, and a refusal names the limit that was met', () => {
  const files = (state: 'asked' | 'accepted' | 'rejected', many: number) => Array.from({ length: many }, () => ({ state }))
  const limit = (all: Parameters<typeof refuseMore>[0]) => {
    try {
      refuseMore(all)
      return 'more'
    } catch (error) {
      return JSON.stringify((error as Refusal).members)
    }
  }
  expect(limit([...files('rejected', 900), ...files('accepted', 370), ...files('asked', 29)])).toBe('more')
  expect(limit(files('asked', 30))).toContain('30 files')
  expect(limit([...files('accepted', 399), ...files('asked', 1)])).toContain('400 files')
})
