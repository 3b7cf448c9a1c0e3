import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'

/** Unpacks a WOFF 1.0 font into plain sfnt, the one form that every fontconfig reads (W3C WOFF File Format 1.0, §3 to §5). */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF 1.0 font')
  const count = woff.readUInt16BE(12)
  const power = Math.floor(Math.log2(count))
  const head = Buffer.alloc(12 + 16 * count)
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(16 * 2 ** power, 6)
  head.writeUInt16BE(power, 8)
  head.writeUInt16BE(16 * (count - 2 ** power), 10)
  const tables: Buffer[] = [head]
  let offset = head.length
  for (let i = 0; i < count; i += 1) {
    const entry = 44 + 20 * i
    const [from, packed, plain] = [woff.readUInt32BE(entry + 4), woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)]
    const bytes = woff.subarray(from, from + packed)
    const table = packed === plain ? bytes : inflateSync(bytes)
    woff.copy(head, 12 + 16 * i, entry, entry + 4)
    head.writeUInt32BE(woff.readUInt32BE(entry + 16), 12 + 16 * i + 4)
    head.writeUInt32BE(offset, 12 + 16 * i + 8)
    head.writeUInt32BE(plain, 12 + 16 * i + 12)
    const padding = Buffer.alloc((4 - (plain % 4)) % 4)
    tables.push(table, padding)
    offset += plain + padding.length
  }
  return Buffer.concat(tables)
}

/** Puts a Chinese font into a folder with a fontconfig file beside it and gives that file: without it pages would show boxes. */
export function fontconfig(folder: string): string {
  const fonts = join(folder, 'fonts')
  mkdirSync(fonts, { recursive: true })
  const files = new URL('files/', import.meta.resolve('@fontsource/noto-sans-sc/package.json'))
  for (const part of ['chinese-simplified', 'latin'])
    for (const weight of [400, 700]) {
      const woff = new URL(`noto-sans-sc-${part}-${weight}-normal.woff`, files)
      writeFileSync(join(fonts, `noto-sans-sc-${part}-${weight}.ttf`), unpackWoff(readFileSync(woff)))
    }
  const file = join(folder, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
  )
  return file
}
