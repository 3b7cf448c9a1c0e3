import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build, type BuildOptions } from 'esbuild'
import { bundlePlugins } from './bundle-plugins.ts'
import { functionKeys, functions, type FunctionKey } from './functions.ts'

const root = path.resolve(import.meta.dirname, '..')

/** The folder of a function's bundle: what becomes its Lambda asset. */
export function bundleFolder(key: FunctionKey): string {
  return path.join(root, '.local/bundles', key)
}

/**
 * How every function is bundled; the cold start benchmark bundles its floor the same way. `handler.mjs` is what a cold start loads. What the code
 * imports by `import()` (a reader of workbooks, a client that few requests need) becomes a piece of its own beside it and is loaded on first use.
 */
const bundleSettings = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  treeShaking: true,
  splitting: true,
  outExtension: { '.js': '.mjs' },
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  // One Chinese letter outside of ASCII would make the engine hold and read the whole file in two bytes a letter.
  charset: 'ascii',
  logLevel: 'warning',
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  plugins: bundlePlugins,
} satisfies BuildOptions

/** A file of a bundle. `start`: a cold start loads it, whatever is asked of the function. */
export interface BundleFile {
  path: string
  contents: Uint8Array
  start: boolean
}

/** Bundles one entry for a folder of its own, without writing it: `handler.mjs`, its pieces and their source maps. */
export async function bundleFiles(entry: string, folder: string): Promise<BundleFile[]> {
  const { outputFiles, metafile } = await build({
    ...bundleSettings,
    entryPoints: [{ in: entry, out: 'handler' }],
    outdir: folder,
    write: false,
    metafile: true,
  })
  const handler = path.join(folder, 'handler.mjs')
  const atStart = new Set([path.relative(root, handler)])
  for (const name of atStart)
    for (const { path: piece, kind, external } of metafile.outputs[name]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) atStart.add(piece)
  // The handler last: whoever finds it finds its pieces too.
  return outputFiles
    .map((file) => ({ path: file.path, contents: file.contents, start: atStart.has(path.relative(root, file.path)) }))
    .sort((a, b) => Number(a.path === handler) - Number(b.path === handler))
}

/** Writes a file only when its content is new, and in one step: another process may be reading it. */
async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const bytes = Buffer.from(content)
  if (existsSync(file) && bytes.equals(await readFile(file))) return
  await mkdir(path.dirname(file), { recursive: true })
  const next = path.join(root, '.local/bundles', `${path.basename(path.dirname(file))}.${path.basename(file)}.${process.pid}`)
  await writeFile(next, bytes)
  await rename(next, file)
}

const minuteMs = 60_000

/** Takes away pieces of earlier bundles; those of the last minute stay, because another process may be copying them. */
async function removeStale(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    // Another process may have taken it away already.
    const seen = kept.has(file) ? undefined : await stat(file).catch(() => undefined)
    if (seen !== undefined && Date.now() - seen.mtimeMs > minuteMs) await rm(file, { force: true })
  }
}

/** Bundles the functions (all by default) and answers how many bytes of code a cold start of each loads. A missing entry is an error. */
export async function bundle(keys: readonly FunctionKey[] = functionKeys): Promise<Map<FunctionKey, number>> {
  const sizes = keys.map(async (key) => {
    const folder = bundleFolder(key)
    const files = await bundleFiles(functions[key].entry, folder)
    const manifest = path.join(folder, 'package.json')
    await replaceFile(manifest, '{ "type": "module" }\n')
    for (const file of files) await replaceFile(file.path, file.contents)
    await removeStale(folder, new Set([manifest, ...files.map((file) => file.path)]))
    return [key, files.reduce((sum, { start, contents }) => sum + (start ? contents.length : 0), 0)] as const
  })
  return new Map(await Promise.all(sizes))
}

if (import.meta.main) {
  const began = performance.now()
  for (const [key, bytes] of await bundle()) console.log(`${key.padEnd(18)}${(bytes / 1000).toFixed(1).padStart(8)} kB`)
  console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`)
}
