import type { IncomingMessage } from 'node:http'

/** What a request is before its route is known. */
export interface Asked {
  method: string
  /** Decoded, without the stage: what routes are matched with. */
  path: string
  /** Decoded, with the stage: what the function reads (HTTP APIs hand over the decoded path). */
  rawPath: string
  rawQueryString: string
  stage: string
}

/** Reads the address of a request; undefined when its percent-encoding is broken, `null` when the stage is another one. */
export function readAddress(request: IncomingMessage, stage: string): Asked | undefined | null {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const encoded = mark < 0 ? url : url.slice(0, mark)
  let rawPath = encoded
  if (encoded.includes('%')) {
    try {
      rawPath = decodeURIComponent(encoded)
    } catch {
      return undefined
    }
    // A decoded question mark ends the path, as it does there.
    const cut = rawPath.indexOf('?')
    if (cut >= 0) rawPath = rawPath.slice(0, cut)
  }
  let path = rawPath
  if (stage !== '$default') {
    if (rawPath !== `/${stage}` && !rawPath.startsWith(`/${stage}/`)) return null
    path = rawPath.slice(stage.length + 1) || '/'
  }
  return { method: request.method ?? 'GET', path, rawPath, rawQueryString: mark < 0 ? '' : url.slice(mark + 1), stage }
}

/** Header names in lower case, repeated ones joined by commas, cookies apart. */
export function readHeaders(
  request: IncomingMessage,
  extra: Record<string, string>,
): { headers: Record<string, string>; cookies: string[] } {
  const headers: Record<string, string> = {}
  const cookies: string[] = []
  const raw = request.rawHeaders
  for (let place = 0; place < raw.length; place += 2) {
    const name = (raw[place] as string).toLowerCase()
    const value = raw[place + 1] as string
    if (name === 'cookie') cookies.push(...value.split('; '))
    else if (name !== 'connection' && name !== 'transfer-encoding' && name !== 'keep-alive')
      headers[name] = name in headers ? `${headers[name]},${value}` : value
  }
  for (const name in extra) headers[name] = extra[name] as string
  return { headers, cookies }
}

/** `queryStringParameters`: decoded, repeated ones joined by commas. */
function readQuery(raw: string): Record<string, string> | undefined {
  if (raw === '') return undefined
  const query: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of new URLSearchParams(raw)) query[name] = name in query ? `${query[name]},${value}` : value
  return { ...query }
}

const textual = /^(text\/|application\/([^;]*\+)?(json|xml|javascript)\b)/i

export interface EventParts {
  asked: Asked
  routeKey: string
  parameters: Record<string, string>
  headers: Record<string, string>
  cookies: string[]
  body: Buffer | undefined
  sourceIp: string
  apiId: string
  requestId: string
  now: number
  authorizer: { jwt: { claims: Record<string, string>; scopes: string[] | null } } | undefined
}

/** The event of payload format 2.0 as JSON text, ready to be handed over. */
export function writeEvent(parts: EventParts): string {
  const { asked, headers, body } = parts
  const asText = body === undefined || (textual.test(headers['content-type'] ?? '') && !headers['content-encoding'])
  const query = readQuery(asked.rawQueryString)
  return JSON.stringify({
    version: '2.0',
    routeKey: parts.routeKey,
    rawPath: asked.rawPath,
    rawQueryString: asked.rawQueryString,
    ...(parts.cookies.length > 0 && { cookies: parts.cookies }),
    headers,
    ...(query && { queryStringParameters: query }),
    requestContext: {
      accountId: '000000000000',
      apiId: parts.apiId,
      ...(parts.authorizer && { authorizer: parts.authorizer }),
      domainName: headers['host'] ?? '',
      domainPrefix: (headers['host'] ?? '').split('.')[0],
      http: {
        method: asked.method,
        path: asked.rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: parts.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: parts.requestId,
      routeKey: parts.routeKey,
      stage: asked.stage,
      time: logTime(parts.now),
      timeEpoch: parts.now,
    },
    ...(hasAny(parts.parameters) && { pathParameters: parts.parameters }),
    ...(body !== undefined && { body: asText ? body.toString('utf8') : body.toString('base64') }),
    isBase64Encoded: !asText,
  })
}

function hasAny(value: object): boolean {
  for (const _ in value) return true
  return false
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number) => (value < 10 ? `0${value}` : String(value))
let lastSecond = 0
let lastTime = ''

/** `12/Mar/2026:19:03:58 +0000`; made once a second. */
function logTime(now: number): string {
  const second = Math.floor(now / 1000)
  if (second !== lastSecond) {
    const date = new Date(now)
    lastSecond = second
    lastTime = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
  }
  return lastTime
}
