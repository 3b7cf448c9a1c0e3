import { expect, test } from 'vitest'
import { piecesOf } from './catalog-pieces.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const texts = (pieces: ReturnType<typeof piecesOf>) => pieces.map((piece) => new TextDecoder().decode(piece.bytes))

test('what fits stays as it is, whatever its encoding', () => {
  const gbk = new Uint8Array([0xba, 0xba, 0x0a, 0xba, 0xba])
  expect(piecesOf(gbk, 100, 10)).toEqual([{ bytes: gbk, rowsBefore: 0 }])
})

test('a large file is cut between rows, never inside quotes, and every piece has the heading', () => {
  const pieces = piecesOf(bytes('h\r\n1\r\n"2\n2"\r\n3\r\n4'), 1000, 2)
  expect(texts(pieces)).toEqual(['h\r\n1\r\n"2\n2"\r\n', 'h\r\n3\r\n4'])
  expect(pieces.map((piece) => piece.rowsBefore)).toEqual([0, 2])
})

test('pieces keep to the size, and no row is lost', () => {
  const rows = Array.from({ length: 200 }, (_, index) => `${index},课程`)
  const pieces = piecesOf(bytes(`a,b\n${rows.join('\n')}\n`), 300, 1000)
  expect(pieces.every((piece) => piece.bytes.length <= 300)).toBe(true)
  expect(texts(pieces).flatMap((text) => text.trim().split('\n').slice(1))).toEqual(rows)
})

test('a large GBK file is cut as text, a large workbook is refused', () => {
  const gbk = new Uint8Array([0xba, 0xba, 0x0a, 0xba, 0xba, 0x0a, 0xba, 0xba])
  expect(texts(piecesOf(gbk, 1000, 1))).toEqual(['汉\n汉\n', '汉\n汉'])
  expect(() => piecesOf(new Uint8Array([0x50, 0x4b, ...new Array<number>(200).fill(0)]), 100, 10)).toThrow('CSV')
})
