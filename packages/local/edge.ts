import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Assembly } from './assembly.ts'
import { createBucketFiles, type BucketFile } from './bucket-files.ts'
import type { ViewerRequest } from './cloudfront-function.ts'
import { compress } from './compression.ts'
import { readDistributions, type Behavior, type Distribution } from './distribution.ts'
import type { Front, Gateway } from './gateway.ts'
import type { Answer } from './http-answer.ts'
import { apiDomain, bucketDomain } from './physical-names.ts'

interface Wishes {
  gateway: Gateway
  bucketFolder: (bucket: string) => string
  dataDir: string
  /** Answers `/config.json`, whose deployed form names the deployed issuer. */
  config: () => Record<string, string>
  localIssuer: string
  /** Where browsers reach buckets by themselves, as in `http://127.0.0.1:4003`. */
  bucketOrigin: string
}

/** CloudFront on one machine: the template's distributions, the public one of which is the one that nobody else has as origin. */
export function createEdge(assembly: Assembly, wishes: Wishes): (request: IncomingMessage, response: ServerResponse) => void {
  const { gateway } = wishes
  // There is no TLS here: a browser told to upgrade would find nobody. The issuer and the buckets are the local ones.
  const rewrite = (value: string) => {
    const origin = gateway.templateIssuer && URL.canParse(gateway.templateIssuer) ? new URL(gateway.templateIssuer).origin : undefined
    const local = origin === undefined ? value : value.replaceAll(origin, wishes.localIssuer)
    const domains = assembly.of('AWS::S3::Bucket').map(({ ref }) => `https://${bucketDomain(ref)}`)
    const reached = domains.reduce((text, domain) => text.replaceAll(domain, wishes.bucketOrigin), local)
    return reached.replace(/;?\s*upgrade-insecure-requests/, '')
  }
  const distributions = readDistributions(assembly, rewrite)
  const byDomain = new Map(distributions.map((one) => [one.domain, one]))
  const inner = new Set(distributions.flatMap(({ behaviors }) => behaviors.map(({ origin }) => origin)))
  const front = distributions.find(({ domain }) => !inner.has(domain))
  if (!front) throw new Error('the template has no distribution')
  const buckets = new Map(
    assembly
      .of('AWS::S3::Bucket')
      .map(({ ref }) => [bucketDomain(ref), createBucketFiles(wishes.bucketFolder(ref), join(wishes.dataDir, 'bucket-headers', ref))]),
  )
  const apiOrigin = apiDomain(gateway.apiId)
  const fronts = new Map<Behavior, Front['finish']>()
  for (const behavior of front.behaviors) {
    fronts.set(behavior, (request, answer) => {
      behavior.dress?.(answer.headers)
      return behavior.compress && request.headers['accept-encoding'] !== undefined ? compress(request, answer) : answer
    })
  }

  async function fetchPage(distribution: Distribution, request: IncomingMessage, uri: string, plain = false): Promise<Answer> {
    const behavior = distribution.behaviors.find(({ fits }) => fits(uri)) as Behavior
    if (!behavior.methods.includes(request.method ?? 'GET'))
      return { status: 403, headers: { 'content-type': 'text/plain' }, body: 'this method is not allowed here' }
    let path = uri
    if (behavior.viewerFunction && !plain) {
      const answered = await behavior.viewerFunction(viewerRequest(request, uri), request.socket.remoteAddress ?? '')
      if ('statusCode' in answered) {
        const headers = Object.fromEntries(Object.entries(answered.headers ?? {}).map(([name, { value }]) => [name.toLowerCase(), value]))
        return {
          status: answered.statusCode,
          headers,
          body: typeof answered.body === 'string' ? answered.body : (answered.body?.data ?? ''),
        }
      }
      path = answered.uri
    }
    if (path === '/' && distribution.rootObject !== '') path = `/${distribution.rootObject}`
    const next = byDomain.get(behavior.origin)
    let answer = next ? await fetchPage(next, request, path) : fromBucket(await buckets.get(behavior.origin)?.(behavior.originPath + path))
    const replaced = plain ? undefined : distribution.errors.get(answer.status)
    if (replaced) {
      const page = await fetchPage(distribution, request, replaced.page, true)
      if (page.status === 200) answer = { ...page, status: replaced.status }
    }
    behavior.dress?.(answer.headers)
    return behavior.compress ? compress(request, answer) : answer
  }

  return (request, response) => {
    const url = request.url ?? '/'
    const mark = url.indexOf('?')
    const uri = mark < 0 ? url : url.slice(0, mark)
    const behavior = front.behaviors.find(({ fits }) => fits(uri)) as Behavior
    if (behavior.origin === apiOrigin || behavior.origin.includes('.execute-api.')) {
      const finish = fronts.get(behavior) as Front['finish']
      const before = request.headers['x-forwarded-for']
      const ip = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
      gateway.handle(request, response, {
        headers: { ...behavior.originHeaders, 'x-forwarded-for': before === undefined ? ip : `${String(before)}, ${ip}` },
        finish,
      })
      return
    }
    const page = uri === '/config.json' ? configPage(behavior, wishes.config()) : fetchPage(front, request, uri)
    Promise.resolve(page)
      .catch((error: unknown): Answer => {
        console.error('edge:', error)
        return { status: 502, headers: { 'content-type': 'text/plain' }, body: 'Bad Gateway' }
      })
      .then((answer) => send(request, response, answer))
      .catch((error: unknown) => console.error('edge:', error))
  }
}

function configPage(behavior: Behavior, config: Record<string, string>): Answer {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache' }
  behavior.dress?.(headers)
  return { status: 200, headers, body: JSON.stringify(config) }
}

/** A bucket that nobody may list says 403 of what it does not have. */
function fromBucket(file: BucketFile | undefined): Answer {
  if (!file) return { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error><Code>AccessDenied</Code></Error>' }
  return { status: 200, headers: { ...file.headers }, body: file.body }
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const tag = String(headers['etag'] ?? '').replace(/^W\//, '')
  const asked = String(request.headers['if-none-match'] ?? '')
  const same = status === 200 && tag !== '' && asked.split(/\s*,\s*/).some((one) => one === '*' || one.replace(/^W\//, '') === tag)
  const since = request.headers['if-modified-since']
  const unchanged =
    status === 200 &&
    asked === '' &&
    since !== undefined &&
    headers['last-modified'] !== undefined &&
    Date.parse(String(headers['last-modified'])) <= Date.parse(since)
  if (same || unchanged) {
    const { 'content-type': _, 'content-encoding': __, ...rest } = headers
    response.writeHead(304, rest).end()
    return
  }
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function viewerRequest(request: IncomingMessage, uri: string): ViewerRequest {
  const values = (entries: Iterable<[string, string]>) => Object.fromEntries([...entries].map(([name, value]) => [name, { value }]))
  const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '')
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'cookie')
  const cookies = (request.headers.cookie ?? '').split('; ').filter((pair) => pair !== '')
  return {
    method: request.method ?? 'GET',
    uri,
    querystring: values(query),
    headers: values(headers.map(([name, value]) => [name, String(value)])),
    cookies: values(cookies.map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string])),
  }
}
