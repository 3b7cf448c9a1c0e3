import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where the templates for tests and benchmarks are synthesized to. */
export const testCdkOut = resolve(import.meta.dirname, '../.local/tests/cdk.out')

/** Bundles all functions and synthesizes the `dev` stage as it would be deployed with an issuer of its own; about 6 s. */
export function synthesize(cdkOut = testCdkOut): string {
  mkdirSync(cdkOut, { recursive: true })
  const context = {
    issuer: 'http://localhost:4301',
    jwksUrl: 'http://localhost:4301/jwks',
    clientId: 'storefront',
    audience: 'https://skills-supermarket.example/api',
  }
  const { status, stderr } = spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, CDK_OUTDIR: cdkOut, CDK_CONTEXT_JSON: JSON.stringify(context) },
    encoding: 'utf8',
  })
  if (status !== 0 || !existsSync(cdkOut)) throw new Error(`the templates could not be synthesized:\n${stderr}`)
  return cdkOut
}
