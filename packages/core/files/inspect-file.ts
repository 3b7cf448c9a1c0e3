import type { File, FileFault, FileType } from '@skills/contract/files.ts'
import { jpegSize, pngChunks, pngSize, type PictureSize } from './picture-size.ts'
import { pdfFault } from './pdf-faults.ts'

/** The most pixels a picture may have, in all and on a side, and the fewest on a side: decoding takes 4 bytes for each. */
const mostPixels = 16_000_000
const mostSide = 12_000
const leastSide = 200

/** A file that passed, as it is to be kept. */
export interface Passed {
  bytes: Uint8Array
  type: FileType
  width: number | null
  height: number | null
}

/** What a picture must not hide beside an archive: a document, a page, a program. Words long enough never to come by chance. */
const hidden = /%PDF-|<script|<html|<!doctype|<\?php/i

/**
 * Judges a file that arrived, and writes pictures anew, so that nothing but the pixels is kept: no position, no camera, no hidden second file. Headers are judged before anything is
 * decoded. In: what was asked for and the bytes. Out: what to keep, or its fault.
 */
export async function inspectFile(asked: Pick<File, 'type' | 'bytes'>, bytes: Buffer): Promise<Passed | { fault: FileFault }> {
  if (bytes.length === 0) return { fault: 'empty' }
  if (bytes.length !== asked.bytes) return { fault: 'size' }
  if (asked.type === 'application/pdf') {
    const fault = pdfFault(bytes)
    return fault === undefined ? { bytes, type: asked.type, width: null, height: null } : { fault }
  }
  const fault = asked.type === 'image/png' ? pngFault(bytes) : jpegFault(bytes)
  if (fault !== undefined) return { fault }
  const { rewritePicture } = await import('./rewrite-picture.ts')
  return rewritePicture(bytes, asked.type).catch(() => ({ fault: 'broken' as const }))
}

function pngFault(bytes: Buffer): FileFault | undefined {
  if (bytes.toString('latin1', 0, 8) !== '\u0089PNG\r\n\u001a\n') return 'not-this-type'
  const chunks = pngChunks(bytes)
  if (chunks === undefined) return 'broken'
  if (chunks.names.includes('acTL')) return 'animated'
  return chunks.end < bytes.length ? 'two-files-in-one' : sizeFault(pngSize(bytes))
}

function jpegFault(bytes: Buffer): FileFault | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return 'not-this-type'
  // Cameras write previews and short films behind a picture, which rewriting drops; these nobody's camera writes.
  if (holdsArchive(bytes) || hidden.test(bytes.toString('latin1'))) return 'two-files-in-one'
  return sizeFault(jpegSize(bytes))
}

/** Whether both ends of an archive lie in it (ZIP, APPNOTE 4.3). Two looks through the bytes, however often either end is repeated. */
function holdsArchive(bytes: Buffer): boolean {
  const begins = bytes.indexOf('PK\u0003\u0004', 0, 'latin1')
  return begins >= 0 && bytes.lastIndexOf('PK\u0005\u0006', bytes.length, 'latin1') > begins
}

function sizeFault(size: PictureSize | undefined): FileFault | undefined {
  if (size === undefined || size.width === 0 || size.height === 0) return 'broken'
  const { width, height } = size
  if (width * height > mostPixels || width > mostSide || height > mostSide) return 'too-many-pixels'
  return width < leastSide || height < leastSide ? 'too-small' : undefined
}
