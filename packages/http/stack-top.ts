import { readFileSync } from 'node:fs'
import { SourceMap, type SourceOrigin } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const maps = new Map<string, SourceMap | undefined>()

/**
 * Where an error came from, as `file.ts:12`, or undefined. In: its stack. Frames of a bundle are looked up in the bundle's source map here, when an error
 * is told, and not by Node, which would read the map at each cold start; frames in libraries, which have no map, are passed over.
 */
export function stackTop(stack: string): string | undefined {
  const frames = stack.slice(stack.indexOf('\n    at ')).split('\n')
  for (const frame of frames) {
    const [, file, line, column] = /^\s+at .*?(file:\/\/[^()]+\.mjs):(\d+):(\d+)\)?$/.exec(frame) ?? []
    if (file === undefined) continue
    const origin: Partial<SourceOrigin> = mapOf(fileURLToPath(file))?.findOrigin(Number(line), Number(column)) ?? {}
    if (origin.fileName?.endsWith('.ts')) return `${basename(origin.fileName)}:${origin.lineNumber}`
  }
  return /^\s+at .*?([\w.-]+:\d+):\d+\)?$/m.exec(frames.join('\n'))?.[1]
}

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(`${file}.map`))
  return maps.get(file)
}

function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Code that was not bundled has none.
    return undefined
  }
}
