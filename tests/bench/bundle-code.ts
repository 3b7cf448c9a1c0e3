import { join } from 'node:path'
import { bundleSettings } from '@skills/infra/bundle.ts'
import { build } from 'esbuild'

/** Bundles one entry as functions are bundled; gives the file. */
export async function bundleCode(entry: string, folder: string): Promise<string> {
  const outfile = join(folder, 'handler.mjs')
  await build({ ...bundleSettings, entryPoints: [entry], outfile, sourcemap: false })
  return outfile
}
