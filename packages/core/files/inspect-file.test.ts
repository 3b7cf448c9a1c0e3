import { deflateSync } from 'node:zlib'
import jpeg from '@jimp/js-jpeg'
import png from '@jimp/js-png'
import type { FileType } from '@skills/contract/files.ts'
import { expect, test } from 'vitest'
import { inspectFile } from './inspect-file.ts'

const bitmap = (width = 300, height = 240) => ({ width, height, data: Buffer.alloc(width * height * 4, 200) })
const jpegBytes = async (width?: number, height?: number) => Buffer.from(await jpeg().encode(bitmap(width, height), { quality: 80 }))
const pngBytes = async (width?: number, height?: number) => Buffer.from(await png().encode(bitmap(width, height)))
const pdf = (middle = '', end = '') =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${middle} >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n${end}`,
    'latin1',
  )
const look = async (type: FileType, bytes: Buffer, said = bytes.length) => {
  const found = await inspectFile({ type, bytes: said }, bytes)
  return 'fault' in found ? found.fault : 'passed'
}

/** A JPEG with an EXIF segment that says where it was taken (GPS), turned by the camera a quarter. */
async function withPosition(): Promise<Buffer> {
  const plain = await jpegBytes(400, 220)
  const tiff = Buffer.alloc(26 + 60)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(6, 18)
  tiff.write('GPSLatitude 20.0440N Haikou', 30, 'latin1')
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([plain.subarray(0, 2), head, body, plain.subarray(2)])
}

test('pictures and documents of their type pass', async () => {
  expect(await look('image/jpeg', await jpegBytes())).toBe('passed')
  expect(await look('image/png', await pngBytes())).toBe('passed')
  expect(await look('application/pdf', pdf())).toBe('passed')
})

test('a picture is written anew: its position is gone, and it stands as its camera meant it', async () => {
  const bytes = await withPosition()
  expect(bytes.toString('latin1')).toContain('GPSLatitude')
  const found = await inspectFile({ type: 'image/jpeg', bytes: bytes.length }, bytes)
  if ('fault' in found) throw new Error(found.fault)
  const kept = Buffer.from(found.bytes).toString('latin1')
  expect(kept).not.toContain('GPSLatitude')
  expect(kept).not.toContain('Exif')
  expect([found.width, found.height]).toEqual([220, 400])
})

test('a large picture is kept no larger than a page needs', async () => {
  const bytes = await jpegBytes(3_000, 1_000)
  expect(await inspectFile({ type: 'image/jpeg', bytes: bytes.length }, bytes)).toMatchObject({ width: 2_400, height: 800 })
})

test('what arrived is not what was said', async () => {
  expect(await look('image/jpeg', Buffer.alloc(0), 10)).toBe('empty')
  expect(await look('image/jpeg', await jpegBytes(), 10)).toBe('size')
  expect(await look('image/jpeg', await pngBytes())).toBe('not-this-type')
  expect(await look('image/png', await jpegBytes())).toBe('not-this-type')
  expect(await look('image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'))).toBe('not-this-type')
  expect(await look('image/jpeg', Buffer.from('<html><script>alert(1)</script></html>'))).toBe('not-this-type')
  expect(await look('application/pdf', Buffer.from('PK\u0003\u0004 word/vbaProject.bin', 'latin1'))).toBe('not-this-type')
  expect(await look('application/pdf', Buffer.concat([Buffer.from('GIF89a'), pdf()]))).toBe('not-this-type')
})

test('a flood of pixels is refused by its header: nothing is decoded', async () => {
  const bomb = await pngBytes()
  bomb.writeUInt32BE(30_000, 16)
  bomb.writeUInt32BE(30_000, 20)
  expect(await look('image/png', bomb)).toBe('too-many-pixels')
  const flood = await jpegBytes()
  const frame = flood.indexOf(Buffer.from([0xff, 0xc0]))
  flood.writeUInt16BE(30_000, frame + 5)
  flood.writeUInt16BE(30_000, frame + 7)
  expect(await look('image/jpeg', flood)).toBe('too-many-pixels')
  expect(await look('image/png', await pngBytes(100, 100))).toBe('too-small')
})

test('damaged, animated, and two files in one', async () => {
  const whole = await pngBytes()
  expect(await look('image/png', whole.subarray(0, 60))).toBe('broken')
  expect(await look('image/jpeg', (await jpegBytes()).subarray(0, 100))).toBe('broken')
  const chunk = Buffer.alloc(20)
  chunk.writeUInt32BE(8, 0)
  chunk.write('acTL', 4, 'latin1')
  expect(await look('image/png', Buffer.concat([whole.subarray(0, 33), chunk, whole.subarray(33)]))).toBe('animated')
  expect(await look('image/png', Buffer.concat([whole, Buffer.from('PK\u0003\u0004')]))).toBe('two-files-in-one')
  const zip = Buffer.from('PK\u0003\u0004 payload PK\u0005\u0006', 'latin1')
  expect(await look('image/jpeg', Buffer.concat([await jpegBytes(), zip]))).toBe('two-files-in-one')
  expect(await look('image/jpeg', Buffer.concat([await jpegBytes(), pdf()]))).toBe('two-files-in-one')
})

test('a document may not be locked, act by itself or carry others', async () => {
  expect(await look('application/pdf', pdf('/Encrypt 2 0 R'))).toBe('encrypted')
  expect(await look('application/pdf', pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'))).toBe('active-content')
  expect(await look('application/pdf', pdf('/OpenAction << /S /J#61vaScript >>'))).toBe('active-content')
  expect(await look('application/pdf', pdf('/Names << /EmbeddedFiles 3 0 R >>'))).toBe('active-content')
  expect(await look('application/pdf', pdf('', 'PK\u0003\u0004'))).toBe('two-files-in-one')
  expect(await look('application/pdf', Buffer.from('%PDF-1.7 nothing'))).toBe('broken')
  const hidden = deflateSync(Buffer.from('5 0 << /S /JavaScript /JS (x) >>'))
  const packed = Buffer.concat([
    pdf().subarray(0, 9),
    Buffer.from('4 0 obj << /Type /ObjStm /N 1 /Filter /FlateDecode >> stream\n'),
    hidden,
    Buffer.from('\nendstream endobj\n'),
    pdf().subarray(9),
  ])
  expect(await look('application/pdf', packed)).toBe('active-content')
  const bomb = Buffer.concat([
    pdf().subarray(0, 9),
    Buffer.from('4 0 obj << /Type /ObjStm >> stream\n'),
    deflateSync(Buffer.alloc(300_000_000)),
    Buffer.from('\nendstream endobj\n'),
    pdf().subarray(9),
  ])
  const before = process.memoryUsage().rss
  expect(await look('application/pdf', bomb)).toBe('passed')
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('what is repeated as often as a file holds is read once', async () => {
  const one = Buffer.from('PK\u0003\u0004', 'latin1')
  const many = Buffer.alloc(9 * 1024 * 1024, one)
  // A second of it was enough for 40 KB where each beginning looked for its end.
  expect(await look('image/jpeg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), many]))).toBe('broken')
  const ended = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), many, Buffer.from('PK\u0005\u0006', 'latin1')])
  expect(await look('image/jpeg', ended)).toBe('two-files-in-one')
})

test('a document of many bombs is opened so far and no further, and not taken', async () => {
  const bomb = Buffer.concat([
    Buffer.from('4 0 obj << /Type /ObjStm >> stream\n'),
    deflateSync(Buffer.alloc(5_000_000)),
    Buffer.from('\nendstream endobj\n'),
  ])
  const withBombs = (bombs: number) =>
    Buffer.concat([pdf().subarray(0, 9), ...Array.from({ length: bombs }, () => bomb), pdf().subarray(9)])
  expect(await look('application/pdf', withBombs(3))).toBe('passed')
  expect(await look('application/pdf', withBombs(1_500))).toBe('active-content')
})
