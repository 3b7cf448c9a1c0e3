import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { functionKeys, functions, type FunctionKey } from './functions.ts'

const root = path.resolve(import.meta.dirname, '..')
const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))

/**
 * Loads Node's own modules through `require` instead of `import`: the ESM namespace of e.g. `node:http` evaluates every lazy getter,
 * which costs tens of milliseconds of each cold start.
 */
const builtinsThroughRequire: Plugin = {
  name: 'builtins-through-require',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path: name, namespace }) => {
      if (!builtins.has(name)) return undefined
      return namespace === 'builtin' ? { path: name, external: true } : { path: name, namespace: 'builtin' }
    })
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path: name }) => ({ contents: `module.exports = require('${name}')` }))
  },
}

/** The folder of a function's bundle: what becomes its Lambda asset. */
export function bundleFolder(key: FunctionKey): string {
  return path.join(root, '.local/bundles', key)
}

/**
 * In Lambda credentials stand in the environment. The SDK's default chain also brings single sign-on, profiles, processes and their
 * clients into every bundle: a quarter of it, never run.
 */
const credentialsFromEnvironment: Plugin = {
  name: 'credentials-from-environment',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credential-provider-node',
      namespace: 'credentials',
      pluginData: resolveDir,
    }))
    build.onLoad({ filter: /.*/, namespace: 'credentials' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env'",
      resolveDir: String(pluginData),
    }))
  },
}

/** How every function is bundled; the cold start benchmark bundles its floor the same way. */
export const bundleSettings = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  treeShaking: true,
  splitting: false,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  plugins: [builtinsThroughRequire, credentialsFromEnvironment],
} satisfies BuildOptions

/** Writes a file only when its content is new, and in one step: another process may be reading it. */
async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const bytes = Buffer.from(content)
  if (existsSync(file) && bytes.equals(await readFile(file))) return
  await mkdir(path.dirname(file), { recursive: true })
  const next = path.join(root, '.local/bundles', `${path.basename(path.dirname(file))}.${path.basename(file)}.${process.pid}`)
  await writeFile(next, bytes)
  await rename(next, file)
}

/** Bundles the functions (all by default) in one esbuild call and answers the size of each in bytes. A missing entry is an error. */
export async function bundle(keys: readonly FunctionKey[] = functionKeys): Promise<Map<FunctionKey, number>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: keys.map((key) => ({ in: functions[key].entry, out: `${key}/handler` })),
    outdir: '.local/bundles',
    outExtension: { '.js': '.mjs' },
    ...bundleSettings,
    write: false,
  })
  await Promise.all(outputFiles.map((file) => replaceFile(file.path, file.contents)))
  await Promise.all(keys.map((key) => replaceFile(path.join(bundleFolder(key), 'package.json'), '{ "type": "module" }\n')))
  const sizeOf = (key: FunctionKey) =>
    outputFiles.find((file) => file.path === path.join(bundleFolder(key), 'handler.mjs'))?.contents.length ?? 0
  return new Map(keys.map((key) => [key, sizeOf(key)]))
}

if (import.meta.main) {
  const began = performance.now()
  for (const [key, bytes] of await bundle()) console.log(`${key.padEnd(18)}${(bytes / 1000).toFixed(1).padStart(8)} kB`)
  console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`)
}
