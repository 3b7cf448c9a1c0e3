import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { readAssembly, type Assembly } from './assembly.ts'
import { openDeadLetters, type DeadLetters } from './dead-letters.ts'
import { demoPerson } from './demo-people.ts'
import { siteBucketOf, startDoubles, type Doubles } from './doubles.ts'
import { startEngine, type Engine } from './engine.ts'
import { createEdge } from './edge.ts'
import { createFunctions, type Functions } from './functions.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { clientId, scope, startIdentity, type Identity } from './identity.ts'
import { close, listen } from './ports.ts'
import { createSchedules, type Schedules } from './schedules.ts'
import { openSecrets } from './secrets.ts'
import { accessClaims, mintToken, signIn, type Minting, type Tokens } from './sign-in.ts'
import { startStreams } from './streams.ts'
import type { StripeClock } from './stripe-clock.ts'
import { createTables, credentials } from './tables.ts'

export interface CloudParts {
  /** Where everything that must outlive a run is kept. */
  dataDir: string
  /** The synthesized templates. */
  cdkOut: string
  /** Wished ports; another is taken where one is in use. Without them every port is a free one. */
  ports?: { edge?: number; identity?: number; doubles?: number; gateway?: number }
  /** Another engine than the bundled one (address), for the second conformance run. */
  dynamodb?: string
  /** How many invocations of a function may run at once; by name, for example `claim-seat`. */
  concurrency?: Record<string, number>
  /** Stripe itself (test mode) in place of its double; `webhookSecrets` as `stripe listen` says them, with commas between. */
  stripe?: { secretKey: string; webhookSecrets: string } | undefined
  /** Another clock for the Stripe double than the machine's. */
  stripeClock?: StripeClock
}

export interface Cloud {
  urls: { site: string; api: string; gateway: string; issuer: string; mailbox: string; dynamodb: string }
  dataDir: string
  tableName: string
  functions: Functions
  identity: Identity
  doubles: Doubles
  gateway: Gateway
  /** What the SDK and functions' code need in the environment to speak with this cloud. */
  env: Record<string, string>
  /** The header value that only the edge knows, for callers that go to the gateway directly. */
  originSecret: string
  /** Calls a function by its key with a JSON value; throws what it threw. */
  invoke(key: string, payload: unknown): Promise<unknown>
  /** The folder that the edge serves as the site. */
  siteFolder: string
  /** An access token as the issuer gives it to a demo person (or any `sub`), without the way through the browser. */
  tokenFor(who: string, more?: Record<string, unknown>, minting?: Minting): string
  /** Signs a demo person in for real, over HTTP. */
  signIn(who: string): Promise<Tokens>
  /** Resolves when streams have delivered all that was written so far, and what came of it. */
  drain(): Promise<void>
  /** Does now what a schedule does when it is due. */
  fire(name: string): Promise<unknown>
  schedules: Schedules
  deadLetters: DeadLetters
  stop(): Promise<void>
}

/** Small by default; claiming gets a thread per processor, because that is where everybody comes at once, and more only warm up longer. */
const defaultConcurrency: Record<string, number> = { 'claim-seat': Math.min(8, Math.max(2, availableParallelism())) }

/** Starts the whole cloud on this machine from synthesized templates. */
export async function startCloud(parts: CloudParts): Promise<Cloud> {
  const { dataDir, ports = {} } = parts
  mkdirSync(dataDir, { recursive: true })
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    // Last started, first stopped: callers go before those they call.
    for (const one of stops.splice(0).reverse()) await one()
  }
  try {
    return await start(parts, dataDir, ports, stops, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  parts: CloudParts,
  dataDir: string,
  ports: NonNullable<CloudParts['ports']>,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Cloud> {
  const assembly: Assembly = readAssembly(parts.cdkOut, openSecrets(join(dataDir, 'secrets.json')))
  const audience = String(
    (assembly.of('AWS::ApiGatewayV2::Authorizer')[0]?.properties['JwtConfiguration'] as { Audience?: string[] } | undefined)
      ?.Audience?.[0] ?? '',
  )
  let siteUrl = ''
  const started = async <T extends { stop(): Promise<void> }>(work: Promise<T>): Promise<T> => {
    const one = await work
    stops.push(() => one.stop())
    return one
  }
  const [engine, identity, doubles] = await together([
    started<Engine>(startEngine(join(dataDir, 'table.db'), parts.dynamodb)),
    started<Identity>(startIdentity({ dataDir, port: ports.identity ?? 0, audience, siteOrigin: () => siteUrl })),
    started<Doubles>(startDoubles(assembly, dataDir, ports.doubles ?? 0, parts.stripeClock)),
  ])
  const tableStreams = await createTables(assembly, engine.endpoint)

  // The edge's port must be known before the functions are told the public address; its handler comes last.
  const notYet = (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(503).end()
  let handle = { edge: notYet, gateway: notYet }
  const edgeServer = createServer((request, response) => handle.edge(request, response))
  const gatewayServer = createServer((request, response) => handle.gateway(request, response))
  for (const server of [edgeServer, gatewayServer]) server.keepAliveTimeout = 65_000
  stops.push(
    () => close(edgeServer),
    () => close(gatewayServer),
  )
  const edgePort = await listen(edgeServer, ports.edge ?? 0)
  const gatewayPort = await listen(gatewayServer, ports.gateway ?? 0)
  siteUrl = `http://localhost:${edgePort}`

  const env = {
    ...doubles.env,
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_MAX_ATTEMPTS: '3',
  }
  const functions = createFunctions(assembly, {
    logs: join(dataDir, 'logs'),
    env,
    replace: {
      OIDC_ISSUER: identity.issuer,
      OIDC_JWKS_URL: identity.jwksUrl,
      OIDC_CLIENT_ID: clientId,
      PUBLIC_URL: siteUrl,
      // Mail goes into the mailbox page; the domain is reserved and can belong to nobody (RFC 2606).
      MAIL_FROM: 'notices@skills-supermarket.example',
      ...stripeVariables(doubles, parts.stripe),
    },
    concurrency: (name) => Object.entries({ ...defaultConcurrency, ...parts.concurrency }).find(([key]) => name.endsWith(key))?.[1] ?? 2,
  })
  const gateway = createGateway(assembly, functions, identity)
  const stage = functions.all.find(({ config }) => config.env['STAGE'])?.config.env['STAGE'] ?? ''
  const edge = createEdge(assembly, {
    gateway,
    bucketFolder: doubles.bucketFolder,
    dataDir,
    localIssuer: identity.issuer,
    bucketOrigin: new URL(doubles.env['AWS_ENDPOINT_URL_S3'] ?? doubles.url).origin,
    config: () => ({ issuer: identity.issuer, clientId, audience, scope, stage }),
  })
  handle = { edge, gateway: gateway.handle }
  // Through the edge, as Stripe comes in the cloud.
  if (parts.stripe === undefined) doubles.stripe.deliverTo(`${siteUrl}/${gateway.stage}/webhooks/stripe`)
  const deadLetters = openDeadLetters(join(dataDir, 'dead-letters'))
  const streams = startStreams(assembly, functions, {
    endpoint: engine.endpoint,
    streams: tableStreams,
    dataDir,
    deadLetters,
    busy: () => gateway.waiting() > 2,
  })
  const schedules = createSchedules(assembly, functions, deadLetters)
  stops.push(async () => {
    // What is being done may end; what does not end within a second is done again by the next run.
    const quiet = Promise.all([streams.stop(), schedules.stop()])
    await Promise.race([quiet, new Promise((late) => setTimeout(late, 1_000).unref())])
    await functions.stop()
    await quiet
  })
  const tableName = [...assembly.of('AWS::DynamoDB::GlobalTable'), ...assembly.of('AWS::DynamoDB::Table')][0]?.ref ?? ''

  return {
    urls: {
      site: siteUrl,
      api: `${siteUrl}/${gateway.stage}`,
      gateway: `http://localhost:${gatewayPort}/${gateway.stage}`,
      issuer: identity.issuer,
      mailbox: doubles.url,
      dynamodb: engine.endpoint,
    },
    dataDir,
    tableName,
    functions,
    identity,
    doubles,
    gateway,
    siteFolder: doubles.bucketFolder(siteBucketOf(assembly) ?? ''),
    env,
    originSecret: functions.all.find(({ config }) => config.env['ORIGIN_SECRET'])?.config.env['ORIGIN_SECRET'] ?? '',
    async invoke(key, payload) {
      const answer = await functions.byKey(key).invoke(JSON.stringify(payload))
      if (!answer.failed) return JSON.parse(answer.payload) as unknown
      const why = JSON.parse(answer.payload) as { errorType?: string; errorMessage?: string }
      throw new Error(`${key}: ${why.errorType}: ${why.errorMessage}`)
    },
    tokenFor(who, more = {}, minting = {}) {
      return mintToken(
        identity.keys,
        { ...accessClaims({ issuer: identity.issuer, audience: gateway.audience[0] ?? audience, sub: subOf(who) }), ...more },
        minting,
      )
    },
    signIn: (who) => signIn({ issuer: identity.issuer, site: siteUrl, sub: demoPerson(who).sub }),
    drain: () => streams.drain(),
    fire: (name) => schedules.fire(name),
    schedules,
    deadLetters,
    stop,
  }
}

/** What the functions are told of Stripe: its double, unless there is a key for Stripe itself. */
function stripeVariables({ stripe }: Doubles, itself: CloudParts['stripe']): Record<string, string> {
  if (itself !== undefined)
    return { STRIPE_SECRET_KEY: itself.secretKey, STRIPE_WEBHOOK_SECRETS: itself.webhookSecrets, STRIPE_ENDPOINT: '' }
  const { host, port, protocol } = stripe.endpoint
  return {
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRETS: stripe.webhookSecret,
    STRIPE_ENDPOINT: `${protocol}://${host}:${port}`,
  }
}

/** A demo person by name or sub; anybody else is taken as a `sub`, because tests and benchmarks need ten thousand of them. */
function subOf(who: string): string {
  try {
    return demoPerson(who).sub
  } catch {
    return who
  }
}

/** Waits for all, and for all even when one fails: what was started meanwhile is then known and can be stopped. */
async function together<T extends readonly Promise<unknown>[]>(work: readonly [...T]): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work)
  return Promise.all(work) as Promise<{ [K in keyof T]: Awaited<T[K]> }>
}
