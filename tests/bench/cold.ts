import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { functionKeys, functions } from '@skills/infra/functions.ts'
import { bundleCode } from './bundle-code.ts'
import { median, ms, times, type Figure } from './measure.ts'

const rounds = 15
const root = resolve(import.meta.dirname, '../..')

/** Milliseconds inside `import()` of a file in a fresh process. */
function importMs(file: string): number {
  const code = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t)`
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
    // As deployed: Node reads the source maps when it loads the code.
    NODE_OPTIONS: '--enable-source-maps',
    ...Object.fromEntries(
      [
        'STAGE',
        'TABLE',
        'OIDC_AUDIENCE',
        'OIDC_CLIENT_ID',
        'PERSON_NAMESPACE',
        'ORIGIN_SECRET',
        'CURSOR_SECRET',
        'DATA_KEY',
        'MAC_KEY',
        'SITE_BUCKET',
        'STRIPE_SECRET_KEY',
        'STRIPE_WEBHOOK_SECRETS',
      ].map((name) => [name, 'bench']),
    ),
    LIMITS: '{}',
    OIDC_ISSUER: 'http://localhost:1',
    STRIPE_ENDPOINT: 'http://localhost:1',
    OIDC_JWKS_URL: 'http://localhost:1/jwks',
    PUBLIC_URL: 'http://localhost:1',
  }
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', env }).trim())
}

/** Bundles into a new folder, where no piece of an earlier bundle stands. */
function freshBundle(entry: string, folder: string): Promise<string> {
  mkdirSync(folder)
  return bundleCode(entry, folder)
}

/** The floor: a handler that does nothing but hold a DynamoDB document client, bundled by the same settings. */
async function floorBundle(folder: string): Promise<string> {
  const entry = join(root, 'packages/core/.floor-handler.ts')
  writeFileSync(
    entry,
    `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const handler = async () => client.send(new (Math.random() > 2 ? QueryCommand : Math.random() > 2 ? TransactWriteCommand : GetCommand)({} as never))
`,
  )
  try {
    return await freshBundle(entry, folder)
  } finally {
    rmSync(entry)
  }
}

/** The bytes of a handler and the pieces that it may load later. */
function bytesBeside(file: string): number {
  const code = readdirSync(dirname(file)).filter((name) => name.endsWith('.mjs'))
  return code.reduce((sum, name) => sum + statSync(join(dirname(file), name)).size, 0)
}

/** Import time and size of every bundle beside the floor, interleaved, so that a busy moment of the machine hits all alike. */
export async function benchCold(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'supermarket-cold-'))
  try {
    const files = new Map<string, string>([['floor', await floorBundle(join(folder, 'floor'))]])
    for (const key of functionKeys) files.set(key, await freshBundle(join(root, functions[key].entry), join(folder, key)))
    const took = new Map<string, number[]>([...files.keys()].map((key) => [key, []]))
    for (let round = 0; round < rounds; round += 1) for (const [key, file] of files) took.get(key)?.push(importMs(file))
    const floor = median(took.get('floor') ?? [])
    const kB = (key: string) => bytesBeside(files.get(key) ?? '') / 1000
    return [
      { what: 'floor: bare handler with the DynamoDB document client', value: `${kB('floor').toFixed(0)} kB, ${ms(floor)}` },
      ...functionKeys.map((key) => {
        const own = median(took.get(key) ?? [])
        const value = `${kB(key).toFixed(0)} kB, ${ms(own)}: ${times(own / floor)}`
        return functions[key].kind === 'api'
          ? { what: key, value, aim: '≤ 460 kB, ≤ 1.3 ×', holds: kB(key) <= 460 && own <= 1.3 * floor }
          : { what: `${key} (background)`, value }
      }),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
