import { readFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import type { Plugin } from 'esbuild'

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))

/**
 * Loads Node's own modules through `require` instead of `import`: the ESM namespace of e.g. `node:http` evaluates every lazy getter,
 * which costs tens of milliseconds of each cold start. What is imported late stands apart, so that it makes no piece that both share.
 */
const builtinsThroughRequire: Plugin = {
  name: 'builtins-through-require',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path: name, namespace, kind }) => {
      if (!builtins.has(name)) return undefined
      if (namespace.endsWith('builtin')) return { path: name, external: true }
      return { path: name, namespace: kind === 'dynamic-import' ? 'late-builtin' : 'builtin' }
    })
    for (const namespace of ['builtin', 'late-builtin'])
      build.onLoad({ filter: /.*/, namespace }, ({ path: name }) => ({ contents: `module.exports = require('${name}')` }))
  },
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

/**
 * The SDK imports event streams and a reader of browsers' names only where they are needed, which is never here. Inside a bundle they would
 * turn the half of the SDK that they share into closures, 5 ms of each cold start; left out, using them fails by name.
 */
const neverUsed: Plugin = {
  name: 'never-used',
  setup(build) {
    build.onResolve({ filter: /^(@smithy\/core\/event-streams|bowser)$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
}

const skippedOrDeclared = /\/\*[^]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`|(?<![\w.])(?:z\.\w+|route|refusing|idOf|pageOf|new RegExp)\(/g

/**
 * Routes and schemas of the contract only declare: making one has no effect. The bundler cannot see that across files and would keep, and
 * run at each cold start, those that a function never uses. So each declaring call is marked; comments and texts stay as they are.
 */
const declarationsArePure: Plugin = {
  name: 'declarations-are-pure',
  setup(build) {
    build.onLoad({ filter: /\/packages\/contract\/[\w.-]+\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replace(skippedOrDeclared, (found) =>
        /^['`/]/.test(found) ? found : `/* @__PURE__ */ ${found}`,
      ),
    }))
  },
}

/** A source map of one file without a line in it. */
const noMap = Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString('base64')
const libraries = new Map<string, Promise<string>>()

/** Node reads a bundle's source map when it loads the bundle: 10 ms, unless only our own code is mapped. */
const onlyOwnCodeMapped: Plugin = {
  name: 'only-own-code-mapped',
  setup(build) {
    build.onLoad({ filter: /\/node_modules\/.*\.m?js$/ }, async ({ path }) => {
      const text = libraries.get(path) ?? readFile(path, 'utf8')
      libraries.set(path, text)
      return { loader: 'js', contents: `${await text}\n//# sourceMappingURL=data:application/json;base64,${noMap}` }
    })
  },
}

/** What is done to the code of a function beyond bundling it. */
export const bundlePlugins = [builtinsThroughRequire, credentialsFromEnvironment, neverUsed, declarationsArePure, onlyOwnCodeMapped]
