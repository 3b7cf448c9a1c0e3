import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Assembly } from './assembly.ts'
import type { Functions } from './functions.ts'
import { ownAnswer, readAnswer, type Answer } from './http-answer.ts'
import { readAddress, readHeaders, writeEvent } from './http-event.ts'
import { createAuthorizer, type Verdict } from './jwt-authorizer.ts'
import { payloadLimit, type LambdaFunction } from './lambda.ts'
import { readCors, type Cors } from './cors.ts'
import { createRouteMap } from './route-map.ts'

/** HTTP API quotas: 10 MB of body, 30 s for an answer. */
const bodyLimit = 10 * 1024 * 1024
const answerLimitMs = 30_000

interface Target {
  fn: LambdaFunction
  authorize: ((header: string | undefined, scopes: readonly string[]) => Promise<Verdict>) | undefined
  scopes: readonly string[]
}

/** What stands in front of the gateway: headers it adds to the request, and what it does to the answer. */
export interface Front {
  headers: Record<string, string>
  finish(request: IncomingMessage, answer: Answer): Answer | Promise<Answer>
}
type Handle = (request: IncomingMessage, response: ServerResponse, front?: Front) => void

export interface Gateway {
  apiId: string
  stage: string
  audience: string[]
  /** The issuer that the template names; the local one stands in its place. */
  templateIssuer: string | undefined
  handle: Handle
  /** How many requests have no answer yet. */
  waiting(): number
}

interface Wishes {
  /** The issuer that stands in for the template's. */
  issuer: string
  jwksUrl: string
}

/** The template's HTTP API: its routes, integrations, authorizer, stage and CORS, with events of payload format 2.0. */
export function createGateway(assembly: Assembly, functions: Functions, wishes: Wishes): Gateway {
  const [api] = assembly.of('AWS::ApiGatewayV2::Api')
  if (!api) throw new Error('the template has no HTTP API')
  const mine = (type: string) => assembly.of(type).filter(({ properties }) => properties['ApiId'] === api.ref)
  const stage = String(mine('AWS::ApiGatewayV2::Stage')[0]?.properties['StageName'] ?? '$default')
  const cors = readCors(api.properties['CorsConfiguration'])

  const integrations = new Map(mine('AWS::ApiGatewayV2::Integration').map((one) => [one.ref, one]))
  const authorizers = new Map(
    mine('AWS::ApiGatewayV2::Authorizer').map((one) => {
      const jwt = one.properties['JwtConfiguration'] as { Audience: string[]; Issuer: string }
      return [
        one.ref,
        { jwt, authorize: createAuthorizer({ issuer: wishes.issuer, audience: jwt.Audience, jwksUrl: wishes.jwksUrl }) },
      ] as const
    }),
  )
  const routes = createRouteMap<Target>()
  for (const { properties } of mine('AWS::ApiGatewayV2::Route')) {
    const integration = integrations.get(String(properties['Target']).replace(/^integrations\//, ''))
    const fn = functions.byArn(functionOf(String(integration?.properties['IntegrationUri'])))
    if (!fn) throw new Error(`the route ${String(properties['RouteKey'])} leads to no function`)
    const authorizer = properties['AuthorizationType'] === 'JWT' ? authorizers.get(String(properties['AuthorizerId'])) : undefined
    routes.add(String(properties['RouteKey']), {
      fn,
      authorize: authorizer?.authorize,
      scopes: (properties['AuthorizationScopes'] as string[] | undefined) ?? [],
    })
  }

  async function answer(request: IncomingMessage, requestId: string, extra: Record<string, string>): Promise<Answer> {
    const asked = readAddress(request, stage)
    if (asked === undefined) return ownAnswer(400, 'Bad Request')
    const match = asked && routes.find(asked.method, asked.path)
    if (!asked || !match) return ownAnswer(404, 'Not Found')
    const { target } = match
    const sourceIp = extra['x-forwarded-for'] ?? request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
    const { headers, cookies } = readHeaders(request, extra)
    headers['x-forwarded-for'] ??= sourceIp
    headers['x-forwarded-proto'] ??= 'https'
    headers['x-forwarded-port'] ??= '443'
    headers['x-amzn-trace-id'] ??= traceId()
    headers['content-length'] ??= '0'

    let authorizer: { jwt: { claims: Record<string, string>; scopes: string[] | null } } | undefined
    if (target.authorize) {
      const verdict = await target.authorize(headers['authorization'], target.scopes)
      if (!verdict.ok)
        return ownAnswer(verdict.status, verdict.status === 401 ? 'Unauthorized' : 'Forbidden', { 'www-authenticate': verdict.header })
      authorizer = { jwt: { claims: verdict.claims, scopes: verdict.scopes } }
    }
    const body = await readBody(request)
    if (body === 'too large') return ownAnswer(413, 'Request Entity Too Large')
    const event = writeEvent({
      asked,
      routeKey: match.routeKey,
      parameters: match.parameters,
      headers,
      cookies,
      body,
      sourceIp,
      apiId: api?.ref ?? '',
      requestId,
      now: Date.now(),
      authorizer,
    })
    if (event.length > payloadLimit) return ownAnswer(413, 'Request Entity Too Large')
    const given = await withinLimit(target.fn.invoke(event))
    if (given === undefined) return ownAnswer(503, 'Service Unavailable')
    return given.failed ? ownAnswer(500, 'Internal Server Error') : readAnswer(given.payload)
  }

  let waiting = 0
  return {
    apiId: api.ref,
    stage,
    audience: [...authorizers.values()][0]?.jwt.Audience ?? [],
    templateIssuer: [...authorizers.values()][0]?.jwt.Issuer,
    waiting: () => waiting,
    handle(request, response, front) {
      waiting += 1
      const requestId = newRequestId()
      const preflight = cors && cors.preflight(request)
      void (preflight ? Promise.resolve(preflight) : answer(request, requestId, front?.headers ?? {}))
        .catch((error: unknown) => {
          if (request.destroyed && !request.complete) return undefined
          console.error('gateway:', error)
          return ownAnswer(500, 'Internal Server Error')
        })
        .then(async (given) => given && send(request, response, front ? await front.finish(request, given) : given, requestId, cors))
        .finally(() => (waiting -= 1))
    },
  }
}

function send(request: IncomingMessage, response: ServerResponse, given: Answer, requestId: string, cors: Cors | undefined): void {
  if (response.headersSent || response.destroyed) return
  const headers: Record<string, string | string[] | number> = { ...given.headers, 'apigw-requestid': requestId }
  cors?.decorate(request, headers)
  if (given.status !== 204 && given.status !== 304) headers['content-length'] = Buffer.byteLength(given.body)
  // What was not read of a refused upload must not be taken for the next request.
  if (!request.complete && request.method !== 'GET') headers['connection'] = 'close'
  try {
    response.writeHead(given.status, headers)
  } catch (error) {
    console.error('gateway: the function answered with headers that cannot be sent:', (error as Error).message)
    response.writeHead(500, { 'content-type': 'application/json' })
    response.end('{"message":"Internal Server Error"}')
    return
  }
  response.end(request.method === 'HEAD' || given.status === 204 || given.status === 304 ? undefined : given.body)
}

/** All bytes of a body, undefined when there are none. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined | 'too large'> {
  const length = Number(request.headers['content-length'] ?? 0)
  if (length > bodyLimit) return Promise.resolve('too large')
  if (length === 0 && request.headers['transfer-encoding'] === undefined) return Promise.resolve(undefined)
  return new Promise((done, fail) => {
    const pieces: Buffer[] = []
    let size = 0
    request.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > bodyLimit) {
        request.pause()
        done('too large')
      } else pieces.push(piece)
    })
    request.on('end', () => done(size === 0 ? undefined : pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)))
    request.on('error', fail)
  })
}

function withinLimit<T>(work: Promise<T>): Promise<T | undefined> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => done(undefined), answerLimitMs)
    work.then(
      (value) => {
        clearTimeout(timer)
        done(value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        fail(error as Error)
      },
    )
  })
}

/** An integration names the function's ARN, by itself or inside the invocation path of Lambda. */
function functionOf(uri: string): string {
  return /(arn:aws[^:]*:lambda:[^/]+?)(?:\/invocations)?$/.exec(uri)?.[1] ?? uri
}

/** Sixteen characters, as the gateway's own ids have. */
function newRequestId(): string {
  return `${randomBytes(11).toString('base64url')}=`
}

function traceId(): string {
  const random = randomBytes(12).toString('hex')
  return `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${random}`
}
