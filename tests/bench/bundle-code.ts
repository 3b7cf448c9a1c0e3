import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bundleFiles } from '@skills/infra/bundle.ts'

/** A bundle to measure: its handler's file, the bytes that a cold start loads, and those of all code. */
export interface MeasuredBundle {
  file: string
  startBytes: number
  allBytes: number
}

/** Bundles one entry into a new folder as functions are bundled. */
export async function bundleCode(entry: string, folder: string): Promise<MeasuredBundle> {
  mkdirSync(folder)
  const measured = { file: join(folder, 'handler.mjs'), startBytes: 0, allBytes: 0 }
  for (const { path, contents, start } of await bundleFiles(entry, folder)) {
    writeFileSync(join(folder, basename(path)), contents)
    if (start) measured.startBytes += contents.length
    if (path.endsWith('.mjs')) measured.allBytes += contents.length
  }
  return measured
}
