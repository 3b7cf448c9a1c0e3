/** A part of a file that one import takes; `rowsBefore` is how many rows of the whole stand before it, so that remarks name the rows of the whole. */
export interface Piece {
  bytes: Uint8Array
  rowsBefore: number
}

/** Where records end in a CSV: after a line end outside quotes. */
function recordEnds(text: string): number[] {
  const ends: number[] = []
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '"') quoted = !quoted
    else if (!quoted && (letter === '\n' || (letter === '\r' && text[at + 1] !== '\n'))) ends.push(at + 1)
  }
  if (ends.at(-1) !== text.length) ends.push(text.length)
  return ends
}

/** The text of a CSV in the encodings the import knows; undefined for what is none. */
function textOf(bytes: Uint8Array): string | undefined {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
  for (const encoding of utf16 ? [utf16] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not this encoding: the next one is tried.
    }
  }
  return undefined
}

/**
 * Cuts a CSV between rows into pieces of at most `maxBytes` and `maxRows`, each with the heading; what fits stays as it is, byte for byte.
 * Throws a sentence for a large file that cannot be cut (a workbook).
 */
export function piecesOf(bytes: Uint8Array, maxBytes: number, maxRows: number): Piece[] {
  const workbook = bytes[0] === 0x50 && bytes[1] === 0x4b
  const text = workbook ? undefined : textOf(bytes)
  if (text === undefined) {
    if (bytes.length <= maxBytes) return [{ bytes, rowsBefore: 0 }]
    throw new Error('文件太大，且不是 CSV：请另存为 CSV 后再导入 · too large and no CSV: save it as CSV first')
  }
  const ends = recordEnds(text)
  if (bytes.length <= maxBytes && ends.length - 1 <= maxRows) return [{ bytes, rowsBefore: 0 }]
  const encoder = new TextEncoder()
  const heading = '\ufeff' + text.slice(0, ends[0])
  const headingBytes = encoder.encode(heading).length
  const pieces: Piece[] = []
  for (let from = 1; from < ends.length;) {
    let until = from
    let size = headingBytes
    while (until < ends.length && until - from < maxRows) {
      const more = encoder.encode(text.slice(ends[until - 1], ends[until])).length
      if (until > from && size + more > maxBytes) break
      size += more
      until++
    }
    pieces.push({ bytes: encoder.encode(heading + text.slice(ends[from - 1], ends[until - 1])), rowsBefore: from - 1 })
    from = until
  }
  return pieces
}
