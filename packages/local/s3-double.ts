import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join, normalize, sep } from 'node:path'
import type { Double } from './doubles.ts'
import { escapeHtml } from './html.ts'
import { mediaType } from './media-types.ts'
import { readAll } from './request-body.ts'
import { readForm } from './s3-form.ts'
import { presigned } from './s3-signature.ts'
import { credentials } from './tables.ts'

/** Headers of an object that the file itself cannot tell. */
export interface ObjectHeaders {
  'content-type'?: string
  'cache-control'?: string
}

const kept = ['content-type', 'cache-control'] as const

/** A bucket's rule for pages of other origins, as its template says it. */
export interface CorsRule {
  AllowedMethods: string[]
  AllowedOrigins: string[]
}

/**
 * S3 calls the functions make, on folders: path-style addresses, ETags, `If-None-Match: *`, listing by prefix, copying. Browsers send with a signed form and read with a signed address, to
 * buckets whose template has a rule for them (`cors`), as S3 checks them.
 */
export function createS3Double(
  buckets: readonly string[],
  folderOf: (bucket: string) => string,
  headersFolder: string,
  cors: (bucket: string) => readonly CorsRule[] = () => [],
): Double {
  return async (request, response, path) => {
    const url = new URL(path, 'http://s3')
    const [, bucket = '', ...rest] = url.pathname.split('/')
    const key = decodeURIComponent(rest.join('/'))
    if (!buckets.includes(bucket)) return fail(response, 404, 'NoSuchBucket')
    const folder = folderOf(bucket)
    const beforeHand = letIn(request, response, cors(bucket))
    if (beforeHand === 'answered') return
    if (key === '' && request.method === 'POST') return takeForm(request, response, bucket, folder, join(headersFolder, bucket))
    if (request.headers.authorization === undefined && beforeHand === 'private') {
      const asked = new URL(request.url ?? '', `http://${request.headers.host ?? ''}`)
      if (!presigned(request.method ?? '', asked, credentials.secretAccessKey, Date.now())) return fail(response, 403, 'AccessDenied')
    }
    if (key === '')
      return request.method === 'GET' ? list(response, bucket, folder, url.searchParams) : fail(response, 405, 'MethodNotAllowed')
    const file = join(folder, normalize(`/${key}`))
    if (!file.startsWith(folder + sep) || key.endsWith('/')) return fail(response, 400, 'InvalidRequest')
    const beside = join(headersFolder, bucket, `${key}.json`)
    if (request.method === 'PUT') return put(request, response, { file, beside, buckets, folderOf, headersFolder })
    if (request.method === 'DELETE') {
      await Promise.all([rm(file, { force: true }), rm(beside, { force: true })])
      response.writeHead(204).end()
      return
    }
    const body = await readFile(file).catch(() => undefined)
    if (body === undefined) return fail(response, 404, 'NoSuchKey')
    const { mtime } = await stat(file)
    const headers = {
      'content-type': mediaType(key),
      ...(await readHeaders(beside)),
      etag: etagOf(body),
      'last-modified': mtime.toUTCString(),
      'content-length': body.length,
      ...said(url.searchParams),
    }
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body)
  }
}

/** The headers that a signed address asks an answer to carry. */
function said(query: URLSearchParams): Record<string, string> {
  const names = ['content-type', 'content-disposition', 'cache-control']
  return Object.fromEntries(names.flatMap((name) => (query.has(`response-${name}`) ? [[name, query.get(`response-${name}`) ?? '']] : [])))
}

/** Says to a browser what the bucket's rules say; a bucket with rules is private: only signatures open it. */
function letIn(request: IncomingMessage, response: ServerResponse, rules: readonly CorsRule[]): 'answered' | 'private' | 'house' {
  const { origin } = request.headers
  const method = String(request.headers['access-control-request-method'] ?? request.method)
  const rule = rules.find(
    (one) => one.AllowedMethods.includes(method) && one.AllowedOrigins.some((name) => name === '*' || name === origin),
  )
  if (origin !== undefined && rule !== undefined) {
    response.setHeader('access-control-allow-origin', rule.AllowedOrigins.includes('*') ? '*' : origin)
    response.setHeader('access-control-allow-methods', rule.AllowedMethods.join(', '))
    response.setHeader('access-control-allow-headers', String(request.headers['access-control-request-headers'] ?? '*'))
  }
  if (request.method !== 'OPTIONS') return rules.length > 0 ? 'private' : 'house'
  response.writeHead(rule === undefined ? 403 : 200).end()
  return 'answered'
}

async function takeForm(
  request: IncomingMessage,
  response: ServerResponse,
  bucket: string,
  folder: string,
  headersFolder: string,
): Promise<void> {
  const type = { 'content-type': String(request.headers['content-type'] ?? '') }
  const form = await new Response(new Uint8Array(await readAll(request)), { headers: type }).formData().catch(() => undefined)
  if (form === undefined) return fail(response, 400, 'MalformedPOSTRequest')
  const file = form.get('file')
  const bytes = file === null || typeof file === 'string' ? undefined : Buffer.from(await file.arrayBuffer())
  const taken = readForm(form, bucket, bytes, credentials.secretAccessKey, Date.now())
  if ('code' in taken) return fail(response, taken.status, taken.code)
  const place = join(folder, normalize(`/${taken.key}`))
  if (!place.startsWith(folder + sep) || taken.key.endsWith('/')) return fail(response, 400, 'InvalidRequest')
  const beside = join(headersFolder, `${taken.key}.json`)
  await Promise.all([mkdir(dirname(place), { recursive: true }), mkdir(dirname(beside), { recursive: true })])
  await writeFile(`${place}.new`, taken.bytes)
  await writeFile(beside, JSON.stringify({ 'content-type': taken.type }))
  await rename(`${place}.new`, place)
  response.writeHead(taken.status, { etag: etagOf(taken.bytes) }).end()
}

/** The headers kept beside an object; none when the file came by a copy of the built site. */
export async function readHeaders(beside: string): Promise<ObjectHeaders> {
  return readFile(beside, 'utf8').then(
    (text) => JSON.parse(text) as ObjectHeaders,
    () => ({}),
  )
}

interface Place {
  file: string
  beside: string
  buckets: readonly string[]
  folderOf: (bucket: string) => string
  headersFolder: string
}

async function put(
  request: IncomingMessage,
  response: ServerResponse,
  { file, beside, buckets, folderOf, headersFolder }: Place,
): Promise<void> {
  const from = request.headers['x-amz-copy-source']
  let body = withoutChunks(await readAll(request), request.headers)
  let headers: ObjectHeaders = Object.fromEntries(
    kept.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])),
  )
  if (typeof from === 'string') {
    const [bucket = '', ...key] = decodeURIComponent(from.split('?')[0] as string)
      .replace(/^\//, '')
      .split('/')
    const source = join(folderOf(bucket), normalize(`/${key.join('/')}`))
    const found =
      buckets.includes(bucket) && source.startsWith(folderOf(bucket) + sep) ? await readFile(source).catch(() => undefined) : undefined
    if (found === undefined) return fail(response, 404, 'NoSuchKey')
    body = found
    if (request.headers['x-amz-metadata-directive'] !== 'REPLACE')
      headers = await readHeaders(join(headersFolder, bucket, `${key.join('/')}.json`))
  }
  const there = await readFile(file).catch(() => undefined)
  const match = request.headers['if-match']
  if (
    (request.headers['if-none-match'] === '*' && there !== undefined) ||
    (match !== undefined && (there === undefined || etagOf(there) !== match))
  )
    return fail(response, 412, 'PreconditionFailed')
  await Promise.all([mkdir(dirname(file), { recursive: true }), mkdir(dirname(beside), { recursive: true })])
  const aside = `${file}.${randomUUID()}.new`
  await writeFile(aside, body)
  await writeFile(beside, JSON.stringify(headers))
  await rename(aside, file)
  const etag = etagOf(body)
  if (typeof from === 'string') {
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(`<CopyObjectResult><ETag>${escapeHtml(etag)}</ETag><LastModified>${new Date().toISOString()}</LastModified></CopyObjectResult>`)
  } else response.writeHead(200, { etag }).end()
}

/** The SDK sends streams in signed chunks with a checksum behind them; only what is between belongs to the object. */
function withoutChunks(body: Buffer, headers: IncomingMessage['headers']): Buffer {
  const coded =
    String(headers['content-encoding'] ?? '').includes('aws-chunked') ||
    String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  if (!coded) return body
  const pieces: Buffer[] = []
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.subarray(at, end).toString(), 16)
    if (!size) break
    pieces.push(body.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  return Buffer.concat(pieces)
}

async function list(response: ServerResponse, bucket: string, folder: string, query: URLSearchParams): Promise<void> {
  const prefix = query.get('prefix') ?? ''
  const limit = Math.min(Number(query.get('max-keys') ?? 1_000), 1_000)
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString() || (query.get('start-after') ?? '')
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const keys = names
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((key) => key.startsWith(prefix) && key > after)
    .sort()
  const shown = keys.slice(0, limit)
  const contents = await Promise.all(
    shown.map(async (key) => {
      const file = join(folder, key)
      const [body, { mtime }] = await Promise.all([readFile(file), stat(file)])
      return `<Contents><Key>${escapeHtml(key)}</Key><LastModified>${mtime.toISOString()}</LastModified><ETag>${escapeHtml(etagOf(body))}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`
    }),
  )
  const more = keys.length > shown.length
  const next = more ? `<NextContinuationToken>${Buffer.from(shown.at(-1) ?? '').toString('base64')}</NextContinuationToken>` : ''
  const body = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${escapeHtml(prefix)}</Prefix><KeyCount>${shown.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`
  response.writeHead(200, { 'content-type': 'application/xml' }).end(body)
}

const etagOf = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`

async function fail(response: ServerResponse, status: number, code: string): Promise<void> {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}
