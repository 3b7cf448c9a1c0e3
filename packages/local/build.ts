import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')
const children = new Set<ReturnType<typeof spawn>>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Runs a program of the repository with the repository's Node; what it says is told only when it fails. */
function run(what: string, args: string[], env: Record<string, string>, cwd = root): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    let said = ''
    const hear = (piece: Buffer) => (said = (said + piece.toString()).slice(-8_000))
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', fail)
    child.once('exit', (code) => {
      children.delete(child)
      if (code === 0) done()
      else fail(new Error(`${what} failed (code ${code}):\n${said.trim()}`))
    })
  })
}

/** What `cdk deploy` would be given for an issuer that stands on this machine; the running cloud puts its own addresses in the places of these. */
const context = { stage: 'dev', issuer: 'http://localhost:4301', clientId: 'storefront', jwksUrl: 'http://localhost:4301/jwks' }

/** Bundles the functions and synthesizes the templates into a folder, as a deployment does, without an account. */
export async function synthesize(cdkOut: string): Promise<void> {
  rmSync(cdkOut, { recursive: true, force: true })
  mkdirSync(cdkOut, { recursive: true })
  await run('cdk synth', ['infra/app.ts'], { CDK_OUTDIR: cdkOut, CDK_CONTEXT_JSON: JSON.stringify(context) })
}

/** Bundles the functions again, without a template. Bundles stand in `.local/bundles/<function>/handler.mjs`. */
export async function bundleFunctions(): Promise<void> {
  await run('bundling', ['infra/bundle.ts'], {})
}
export const bundles = join(root, '.local', 'bundles')

/** Builds the site into `dist` from the published catalog and lays it over what the bucket holds. */
export async function buildSite(siteUrl: string, bucketFolder: string, dist: string): Promise<void> {
  const env = { PUBLIC_URL: siteUrl, SITE_DIST: dist, CATALOG_DIR: join(bucketFolder, 'catalog'), ASTRO_TELEMETRY_DISABLED: '1' }
  const build = () => run('building the site', [join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build'], env, join(root, 'site'))
  // Astro keeps its intermediate files in one place: a build that somebody else runs at the same time takes them away.
  await build().catch(build)
  if (!existsSync(join(dist, 'index.html'))) throw new Error('the site was built, but has no index.html')
  // Nothing is taken away, as at a deployment: the catalog lives there too, and open pages ask for yesterday's files.
  cpSync(dist, bucketFolder, { recursive: true })
}
