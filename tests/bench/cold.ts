import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { functionKeys, functions } from '@skills/infra/functions.ts'
import { bundleCode, type MeasuredBundle } from './bundle-code.ts'
import { median, ms, times, type Figure } from './measure.ts'

const rounds = 15
const root = resolve(import.meta.dirname, '../..')

/** Milliseconds inside `import()` of a file in a fresh process. */
function importMs(file: string): number {
  const code = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t)`
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
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

/** The floor: a handler that does nothing but hold a DynamoDB document client, bundled by the same settings. */
async function floorBundle(folder: string): Promise<MeasuredBundle> {
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
    return await bundleCode(entry, folder)
  } finally {
    rmSync(entry)
  }
}

/** Import time and size of every bundle beside the floor, interleaved, so that a busy moment of the machine hits all alike. */
export async function benchCold(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'supermarket-cold-'))
  try {
    const bundles = new Map([['floor', await floorBundle(join(folder, 'floor'))]])
    for (const key of functionKeys) bundles.set(key, await bundleCode(join(root, functions[key].entry), join(folder, key)))
    const took = new Map<string, number[]>([...bundles.keys()].map((key) => [key, []]))
    for (let round = 0; round < rounds; round += 1) for (const [key, { file }] of bundles) took.get(key)?.push(importMs(file))
    const floor = median(took.get('floor') ?? [])
    const kB = (key: string) => (bundles.get(key)?.startBytes ?? 0) / 1000
    const size = (key: string) => `${kB(key).toFixed(0)} of ${((bundles.get(key)?.allBytes ?? 0) / 1000).toFixed(0)} kB`
    return [
      {
        what: 'floor: bare handler with the DynamoDB document client (code loaded at start, of all code)',
        value: `${size('floor')}, ${ms(floor)}`,
      },
      ...functionKeys.map((key) => {
        const own = median(took.get(key) ?? [])
        const value = `${size(key)}, ${ms(own)}: ${times(own / floor)}`
        return functions[key].kind === 'api'
          ? { what: key, value, aim: '≤ 460 kB, ≤ 1.3 ×', holds: kB(key) <= 460 && own <= 1.3 * floor }
          : { what: `${key} (background)`, value }
      }),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
