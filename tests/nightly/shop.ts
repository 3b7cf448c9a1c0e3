import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTable, type Table } from '@skills/core/table.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { personIdOf } from '@skills/http/person.ts'
import { startDoubles } from '@skills/local/doubles.ts'
import { startEngine } from '@skills/local/engine.ts'
import { clientId, startIdentity } from '@skills/local/identity.ts'
import { freePort } from '@skills/local/ports.ts'
import { accessClaims, mintToken } from '@skills/local/sign-in.ts'
import { createTables, credentials } from '@skills/local/tables.ts'
import { testCdkOut } from '../synthesize.ts'
import { localAccess } from '../test-table.ts'
import { functionsOf, type ServiceParts } from './service.ts'

type Doubles = Awaited<ReturnType<typeof startDoubles>>

/** The engine, the issuer and Stripe's double, which live on, and the service, which is killed and started again on the same port. */
export interface Shop {
  world: World
  table: Table
  stripe: Doubles['stripe']
  address: string
  /** Starts the service, its clock (and everybody's) so many minutes further on. */
  start(minutes: number): Promise<void>
  /** SIGKILL, in the middle of whatever it does. */
  kill(): Promise<void>
  /** A token of somebody who signs in now, by everybody's clock. */
  token(subject: string): string
  personOf(subject: string): string
  stop(): Promise<void>
}

export async function openShop(): Promise<Shop> {
  const dataDir = mkdtempSync(join(tmpdir(), 'supermarket-kill-'))
  const port = await freePort()
  const nothing: ServiceParts = { cdkOut: testCdkOut, dataDir, port, issuer: '', jwksUrl: '', env: {}, replace: {} }
  const { assembly, functions } = functionsOf(nothing)
  const { Audience = [] } = (assembly.of('AWS::ApiGatewayV2::Authorizer')[0]?.properties['JwtConfiguration'] ?? {}) as {
    Audience?: string[]
  }
  const [audience = ''] = Audience
  const [engine, identity, doubles] = await Promise.all([
    startEngine(join(dataDir, 'table.db')),
    startIdentity({ dataDir, port: 0, audience, siteOrigin: () => 'http://localhost' }),
    startDoubles(assembly, dataDir, 0),
  ])
  await createTables(assembly, engine.endpoint)
  const name = [...assembly.of('AWS::DynamoDB::GlobalTable'), ...assembly.of('AWS::DynamoDB::Table')][0]?.ref ?? ''
  const table = openTable(name, { endpoint: engine.endpoint, ...localAccess })
  const stage = String(assembly.of('AWS::ApiGatewayV2::Stage')[0]?.properties['StageName'])
  const address = `http://127.0.0.1:${port}`
  doubles.stripe.deliverTo(`${address}/${stage}/webhooks/stripe`)
  const namespace = functions.byKey('claim-seat').config.env['PERSON_NAMESPACE'] ?? ''
  let ahead = 0
  let service: ChildProcess | undefined

  const partsNow = (): ServiceParts => ({
    ...nothing,
    issuer: identity.issuer,
    jwksUrl: identity.jwksUrl,
    env: {
      ...doubles.env,
      AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_MAX_ATTEMPTS: '3',
      CLOCK_AHEAD_MS: String(ahead),
    },
    replace: {
      OIDC_ISSUER: identity.issuer,
      OIDC_JWKS_URL: identity.jwksUrl,
      OIDC_CLIENT_ID: clientId,
      PUBLIC_URL: address,
      // People who hold and leave all night.
      LIMITS: '{"unpaidHolds":1000,"unpaidJoins":1000,"queues":1000,"enrollments":1000}',
      STRIPE_SECRET_KEY: doubles.stripe.secretKey,
      STRIPE_WEBHOOK_SECRETS: doubles.stripe.webhookSecret,
      STRIPE_ENDPOINT: `http://127.0.0.1:${doubles.port}`,
    },
  })
  const kill = async (): Promise<void> => {
    const killed = service
    service = undefined
    if (killed === undefined) return
    const ended = new Promise((done) => killed.once('exit', done))
    killed.kill('SIGKILL')
    await ended
  }
  return {
    world: { ...realWorld(), table, now: () => new Date(Date.now() + ahead).toISOString() },
    table,
    stripe: doubles.stripe,
    address: `${address}/${stage}`,
    async start(minutes) {
      ahead += minutes * 60_000
      await doubles.stripe.clock.forward(minutes * 60_000)
      const child = spawn(process.execPath, [join(import.meta.dirname, 'service.ts'), JSON.stringify(partsNow())], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      service = child
      await new Promise<void>((ready, failed) => {
        child.stdout.once('data', () => ready())
        child.once('exit', (code) => failed(new Error(`the service ended with ${code}`)))
      })
    },
    kill,
    token: (subject) => {
      const claims = accessClaims({ issuer: identity.issuer, audience, sub: subject, seconds: 60 * 86_400 })
      return mintToken(identity.keys, { ...claims, auth_time: Math.floor((Date.now() + ahead) / 1000) }, {})
    },
    personOf: (subject) => personIdOf(namespace, subject),
    async stop() {
      await kill()
      await functions.stop()
      table.client.destroy()
      await doubles.stop()
      await identity.stop()
      await engine.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
