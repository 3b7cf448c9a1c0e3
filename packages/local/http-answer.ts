/** What the gateway sends for what a function gave. */
export interface Answer {
  status: number
  headers: Record<string, string | string[]>
  body: string | Buffer
}

/** An answer in the gateway's own words. */
export function ownAnswer(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: `{"message":"${message}"}` }
}

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'content-length', 'te', 'trailer'])

/** Reads a function's answer by the rules of payload format 2.0: without `statusCode` the value itself is a JSON body with status 200. */
export function readAnswer(payload: string): Answer {
  const value = JSON.parse(payload) as unknown
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('statusCode' in value)) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: typeof value === 'string' ? value : payload }
  }
  const given = value as {
    statusCode: unknown
    headers?: Record<string, unknown>
    cookies?: unknown
    body?: unknown
    isBase64Encoded?: unknown
  }
  const status = Number(given.statusCode)
  if (!Number.isInteger(status) || status < 100 || status > 599) return ownAnswer(500, 'Internal Server Error')
  if (given.body !== undefined && given.body !== null && typeof given.body !== 'string') return ownAnswer(500, 'Internal Server Error')
  const headers: Record<string, string | string[]> = {}
  for (const [name, header] of Object.entries(given.headers ?? {})) {
    const lower = name.toLowerCase()
    if (header !== null && header !== undefined && !hopByHop.has(lower)) headers[lower] = String(header)
  }
  headers['content-type'] ??= 'text/plain;charset=UTF-8'
  if (Array.isArray(given.cookies)) headers['set-cookie'] = given.cookies.map(String)
  const body = given.body ?? ''
  return { status, headers, body: given.isBase64Encoded === true ? Buffer.from(body, 'base64') : body }
}
