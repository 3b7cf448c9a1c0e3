import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bundleFiles } from '@skills/infra/bundle.ts'

/** Bundles one entry into a folder as functions are bundled; gives the handler's file. */
export async function bundleCode(entry: string, folder: string): Promise<string> {
  for (const { path, contents } of await bundleFiles(entry, folder)) writeFileSync(join(folder, basename(path)), contents)
  return join(folder, 'handler.mjs')
}
