/** A picture's size in pixels as its header says it, without decoding anything. */
export interface PictureSize {
  width: number
  height: number
}

/** The size in the header chunk of a PNG (W3C PNG specification, IHDR is first), or undefined where there is none. */
export function pngSize(bytes: Buffer): PictureSize | undefined {
  if (bytes.length < 33 || bytes.readUInt32BE(8) !== 13 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Every chunk of a PNG until IEND, and where the last one ends; undefined when a length leads out of the file. */
export function pngChunks(bytes: Buffer): { names: string[]; end: number } | undefined {
  const names: string[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const name = bytes.toString('latin1', at + 4, at + 8)
    at += 12 + bytes.readUInt32BE(at)
    if (at > bytes.length) return undefined
    names.push(name)
    if (name === 'IEND') return { names, end: at }
  }
  return undefined
}

/** The size in the frame header of a JPEG (ITU-T T.81, SOF0–SOF2), or undefined where none comes before the picture. */
export function jpegSize(bytes: Buffer): PictureSize | undefined {
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] as number
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker >= 0xc0 && marker <= 0xc2) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    // Start of scan, or a kind of JPEG that browsers do not show either.
    if (marker === 0xda || (marker >= 0xc3 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)) return undefined
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += standsAlone ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}
