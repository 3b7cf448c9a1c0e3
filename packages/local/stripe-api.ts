import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Double } from './doubles.ts'
import { readAll } from './request-body.ts'
import type { StripeBooks } from './stripe-books.ts'
import { expanded, stripeCalls } from './stripe-calls.ts'
import type { StripeFaults } from './stripe-faults.ts'
import { readParameters } from './stripe-parameters.ts'
import { StripeRefusal } from './stripe-refusal.ts'
import { apiVersion, stripeId } from './stripe-shapes.ts'

/** Keys of idempotency are remembered for a day (docs.stripe.com/api/idempotent_requests). */
const dayMs = 24 * 3_600_000

interface Answer {
  status: number
  body: object
  /** The call that was answered so before, when this is its answer again. */
  original?: string
}
/** What an answer says of the call. */
interface Asked {
  id: string
  key: string | undefined
}
interface Parts {
  books: StripeBooks
  faults: StripeFaults
  secretKey: string
  /** Puts in what is only known when an object is shown: the address of a checkout page. */
  show(object: object): object
}

/** Stripe's API (`/v1/…`): keys, versions, idempotency and errors as Stripe has them, and faults where they are switched on. */
export function createStripeApi(parts: Parts): Double {
  const { books, faults, secretKey } = parts
  const underWay = new Set<string>()

  return async (request, response, path) => {
    const body = (await readAll(request)).toString()
    const method = request.method ?? 'GET'
    const fault = faults.take(`${method} /v1${path.split('?')[0]}`)
    const key = method === 'POST' ? (request.headers['idempotency-key'] as string | undefined) : undefined
    const asked: Asked = { id: stripeId('req'), key }
    try {
      if (fault?.kind === 'lost-before') return void request.socket.destroy()
      admit(request, secretKey)
      if (fault?.kind === 'conflict') throw inUse()
      if (fault?.kind === 'locked') throw locked()
      if (fault?.kind === 'rate-limit') throw new StripeRefusal('Request rate limit exceeded.', { status: 429, code: 'rate_limit' })
      if (fault?.kind === 'error-before') throw broken()
      const slow = () => new Promise<void>((done) => (fault?.kind === 'slow' ? setTimeout(done, fault.ms) : done()))
      const answer = await once(`${method} ${path}`, asked, body, slow, () => {
        const done = act(method, path, body)
        return fault?.kind === 'error-after' ? { status: 500, body: broken().body } : { status: 200, body: done }
      })
      if (fault?.kind === 'lost-after') return void request.socket.destroy()
      const seen = { ...answer, body: answer.status === 200 ? shown(answer.body) : answer.body }
      if (fault?.kind === 'broken-answer') return cut(request, response, seen, asked)
      send(response, seen, asked)
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error
      send(response, { status: error.status, body: error.body }, asked)
    }
  }

  /** Does a call once per key: the same ask again gets the same answer, another ask under the key is refused. What is done and its key are kept in one. */
  async function once(call: string, { id, key }: Asked, body: string, wait: () => Promise<void>, work: () => Answer): Promise<Answer> {
    const by = { id, idempotency_key: key ?? null }
    if (key === undefined) return wait().then(() => (call.startsWith('GET') ? books.change(work) : books.change(work, by)))
    if (key === '' || key.length > 255)
      throw new StripeRefusal('Idempotency keys are 1 to 255 characters long.', { type: 'idempotency_error' })
    const request = `${call} ${body}`
    if (underWay.has(key)) throw inUse()
    const kept = books.store.get('key', key)
    if (kept && books.clock.now() - kept.at < dayMs) {
      if (kept.request === request) return { status: kept.status, body: kept.body, original: kept.requestId }
      throw otherRequest(key)
    }
    const keep = ({ status, body }: Answer) => books.store.put('key', key, { request, requestId: id, status, body, at: books.clock.now() })
    underWay.add(key)
    try {
      await wait()
      return books.change(() => {
        try {
          const answer = work()
          keep(answer)
          return answer
        } catch (error) {
          if (error instanceof StripeRefusal && error.kept) keep(error)
          throw error
        }
      }, by)
    } finally {
      underWay.delete(key)
    }
  }

  function act(method: string, url: string, body: string): object {
    const [path = '', query = ''] = url.slice(1).split('?')
    const call = stripeCalls.find((one) => one.method === method && one.path.test(path))
    if (call === undefined) throw new StripeRefusal(`Unrecognized request URL (${method}: /v1/${path}).`, { status: 404 })
    const given = readParameters(method === 'GET' ? query : body)
    call.check(given, books.seconds())
    return expanded(books, call.does(books, given, decodeURIComponent(call.path.exec(path)?.[1] ?? '')), given)
  }

  function shown(answer: object): object {
    return 'data' in answer && Array.isArray(answer.data)
      ? { ...answer, data: (answer.data as object[]).map(parts.show) }
      : parts.show(answer)
  }
}

const inUse = () =>
  new StripeRefusal('There is currently another in-progress request using this idempotency key.', {
    status: 409,
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
  })
const otherRequest = (key: string) =>
  new StripeRefusal(
    `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    { type: 'idempotency_error' },
  )

function admit({ headers }: IncomingMessage, secretKey: string): void {
  const given = Buffer.from(/^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '')
  if (given.length === 0)
    throw new StripeRefusal(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
      { status: 401 },
    )
  const right = Buffer.from(secretKey)
  if (given.length !== right.length || !timingSafeEqual(given, right))
    throw new StripeRefusal(`Invalid API Key provided: ${given.subarray(0, 8).toString()}****`, { status: 401 })
  const version = headers['stripe-version'] ?? apiVersion
  if (version !== apiVersion) throw new StripeRefusal(`Invalid Stripe API version: ${String(version)}`, { status: 400 })
}

/** Said by 429, like a limit of calls (docs.stripe.com/rate-limits). */
const locked = () =>
  new StripeRefusal('This object cannot be accessed right now because another API request or Stripe process is currently accessing it.', {
    status: 429,
    code: 'lock_timeout',
  })
const broken = () =>
  new StripeRefusal('Sorry! There was an error while talking to one of our backends. Support has been notified.', {
    status: 500,
    type: 'api_error',
  })

function headersOf({ original }: Answer, { id, key }: Asked): Record<string, string> {
  return {
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store',
    'request-id': id,
    'stripe-version': apiVersion,
    ...(key === undefined ? {} : { 'idempotency-key': key, 'original-request': original ?? id }),
    ...(original === undefined ? {} : { 'idempotent-replayed': 'true' }),
  }
}

function textOf({ status, body, original }: Answer, { id }: Asked): string {
  // Whoever has no key has no log to look at.
  if (!('error' in body) || status === 401) return JSON.stringify(body)
  const error: object = { ...(body.error as object), request_log_url: `https://dashboard.stripe.com/test/logs/${original ?? id}` }
  return JSON.stringify({ error })
}

function send(response: ServerResponse, answer: Answer, asked: Asked): void {
  response.writeHead(answer.status, headersOf(answer, asked)).end(textOf(answer, asked))
}

/** Begins an answer and cuts the connection in its middle. */
function cut(request: IncomingMessage, response: ServerResponse, answer: Answer, asked: Asked): void {
  const text = textOf(answer, asked)
  response.writeHead(answer.status, { ...headersOf(answer, asked), 'content-length': Buffer.byteLength(text) })
  response.write(text.slice(0, 20), () => request.socket.destroy())
}
