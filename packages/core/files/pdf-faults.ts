import type { FileFault } from '@skills/contract/files.ts'
import { inflateSync } from 'node:zlib'

/** How far streams of a PDF are opened to look for active content, in bytes: each, all, and what a look costs at least. */
const mostOfOne = 4 * 1024 * 1024
const mostOfAll = 24 * 1024 * 1024
const leastOfOne = 4 * 1024

/** What a document may not do by itself: run scripts, start programs, carry files, play media, be a form with code (ISO 32000-2, 12.6 and 7.11). */
const active = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Movie|Sound|Rendition)(?![A-Za-z])/

/** What speaks against a PDF as proof, or undefined. It is kept as it came, so nothing may stand before or behind it. */
export function pdfFault(bytes: Buffer): FileFault | undefined {
  const text = bytes.toString('latin1')
  if (!/^%PDF-[12]\.\d/.test(text)) return 'not-this-type'
  const end = text.lastIndexOf('%%EOF')
  if (end < 0 || !/\/Root(?![A-Za-z])/.test(text)) return 'broken'
  if (text.slice(end + 5).trim() !== '') return 'two-files-in-one'
  const words = plain(text)
  if (/\/Encrypt(?![A-Za-z])/.test(words)) return 'encrypted'
  if (active.test(words)) return 'active-content'
  const packed = objectStreams(bytes, text)
  return packed === undefined || active.test(plain(packed)) ? 'active-content' : undefined
}

/** Names with their escapes resolved: `/J#53` is `/JS`. */
const plain = (text: string) => text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/**
 * What stands in compressed object streams; pictures and fonts stay closed. A stream that is no zlib, or a bomb, is passed over: nothing here runs it, but opening it counts as if it
 * were full. Undefined where there is more than is ever looked at.
 */
function objectStreams(bytes: Buffer, text: string): string | undefined {
  const all: string[] = []
  let spent = 0
  for (const found of text.matchAll(/(?<!end)stream\r?\n/g)) {
    const dictionary = text.slice(Math.max(0, found.index - 600), found.index)
    if (!/\/ObjStm(?![A-Za-z])/.test(dictionary.slice(dictionary.lastIndexOf(' obj') + 1))) continue
    if (spent > mostOfAll) return undefined
    const stream = bytes.subarray(found.index + found[0].length)
    spent += leastOfOne
    if (!deflated(stream)) continue
    try {
      const opened = inflateSync(stream, { maxOutputLength: mostOfOne })
      spent += opened.length
      all.push(opened.toString('latin1'))
    } catch {
      // Cut off, or larger than any list of objects: it was worked on all the same.
      spent += mostOfOne
    }
  }
  return all.join('')
}

/** Whether bytes begin as zlib does (RFC 1950, 2.2): what does not costs nothing to pass over. */
const deflated = (bytes: Buffer) => bytes.length > 2 && ((bytes[0] ?? 0) & 15) === 8 && bytes.readUInt16BE(0) % 31 === 0
