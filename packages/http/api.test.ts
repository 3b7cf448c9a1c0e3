import { listRoster, importCatalog, getSeats } from '@skills/contract/catalog.routes.ts'
import { cancelEnrollment, claimSeat } from '@skills/contract/enrollment.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { platformId } from '@skills/contract/ids.ts'
import { saveProfile } from '@skills/contract/people.routes.ts'
import type { Role } from '@skills/contract/route.ts'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api, type ApiHandler } from './api.ts'
import { on } from './call.ts'
import { personIdOf } from './person.ts'
import { now, startIssuer, type Issuer } from './test-issuer.ts'
import type { KeptAnswer } from './wiring.ts'

const runId = 'run_01JD0000000000000000000001'
const enrollmentId = 'enr_01JD0000000000000000000001'
const enrollment = {
  id: enrollmentId,
  runId,
  courseId: 'crs_01JD0000000000000000000001',
  state: 'active' as const,
  claimedAt: now,
  cancelledAt: null,
}
const seats = { runId, capacity: 30, free: 3, registration: 'open' as const, asOf: now }

let issuer: Issuer
let handler: ApiHandler
let bearer: string
let roles: Role[]
let lines: string[]
let told: unknown[]
let throwing: unknown
const kept = new Map<string, { fingerprint: string; answer?: KeptAnswer }>()

beforeAll(async () => {
  issuer = await startIssuer()
  bearer = `Bearer ${await issuer.token()}`
  const tell = <T>(call: unknown, answer: T): T => {
    told.push(call)
    if (throwing !== undefined) throw throwing
    return answer
  }
  handler = api(
    {
      config: issuer.config,
      now: () => now,
      membershipsOf: async () => (roles.length ? [{ organizationId: platformId, roles }] : []),
      leases: {
        async begin(command) {
          const before = kept.get(command.id)
          if (before === undefined) return kept.set(command.id, { fingerprint: command.fingerprint }) && 'started'
          if (before.fingerprint !== command.fingerprint) return 'reused'
          return before.answer === undefined ? 'outstanding' : { answer: before.answer }
        },
        async finish(command, _, answer) {
          kept.set(command.id, { fingerprint: command.fingerprint, answer })
        },
        async abandon(command) {
          kept.delete(command.id)
        },
      },
      write: (line) => lines.push(line),
    },
    [
      on(claimSeat, (call) =>
        tell(call, call.body.healthCommitment ? enrollment : ({ ...enrollment, claimedAt: 'yesterday' } as typeof enrollment)),
      ),
      on(cancelEnrollment, (call) => tell(call, enrollment)),
      on(saveProfile, (call) =>
        tell(call, {
          personId: call.actor.personId,
          realName: null,
          maskedResidentId: null,
          maskedMobile: null,
          region: null,
          employmentKind: null,
          unionNumber: null,
          education: null,
          certificates: [],
          missing: [],
          updatedAt: null,
        }),
      ),
      on(getSeats, (call) => tell(call, { seats: call.query.runs.map((id) => ({ ...seats, runId: id })) })),
      on(listRoster, (call) => tell(call, { items: [], next: call.page.after === undefined ? 'ROSTER#7' : null })),
      on(importCatalog, (call) =>
        tell(call, {
          importId: 'imp_01JD0000000000000000000001',
          written: false,
          encoding: `utf-8 ${call.body.length}`,
          rows: told.length,
          created: 0,
          changed: 0,
          unchanged: 0,
          rejected: 0,
          remarks: [],
        }),
      ),
    ],
  )
})
afterAll(() => issuer.stop())

interface Given {
  params?: Record<string, string>
  query?: string
  headers?: Record<string, string | undefined>
  body?: string | Uint8Array
  path?: string
}

/** Sends a request as API Gateway hands it over; headers that are `undefined` are left out. */
async function send(routeKey: string, given: Given = {}) {
  lines = []
  told = []
  const [method = 'GET', path = '/nowhere'] = routeKey === '$default' ? ['GET', given.path] : routeKey.split(' ')
  const bytes = given.body !== undefined && typeof given.body !== 'string'
  const writes = method !== 'GET'
  const standard = {
    'x-origin-secret': issuer.config.originSecret,
    authorization: bearer,
    ...(writes && { 'idempotency-key': 'key-0000-0000-0001', 'content-type': 'application/json' }),
  }
  const all = { ...standard, ...given.headers }
  const event = {
    version: '2.0',
    routeKey,
    rawPath: `/api${path}`,
    rawQueryString: given.query ?? '',
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
    pathParameters: given.params,
    requestContext: { requestId: 'request-1', stage: 'api', http: { method } },
    ...(given.body !== undefined && { body: bytes ? Buffer.from(given.body).toString('base64') : given.body }),
    isBase64Encoded: bytes,
  } as unknown as APIGatewayProxyEventV2
  const answer = await handler(event, { functionName: 'test' } as Context)
  const body = JSON.parse(answer.body) as Record<string, unknown> & { errors?: { pointer: string; code: string; detail: string }[] }
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body,
    code: body['code'],
    line: JSON.parse(lines[0] ?? '{}') as Record<string, unknown>,
  }
}

const claim = (given: Given = {}) =>
  send('POST /runs/{runId}/enrollments', { params: { runId }, body: '{"healthCommitment":true}', ...given })
const roster = (given: Given = {}) => send('GET /runs/{runId}/roster', { params: { runId }, ...given })
const reset = (as: Role[] = [], error?: unknown) => {
  roles = as
  throwing = error
}
test('a claim reaches its story with everything parsed and leaves with every header', async () => {
  reset()
  const { status, body, headers, line } = await claim()
  expect([status, body]).toEqual([201, enrollment])
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'content-language': 'zh-CN',
    'x-request-id': 'request-1',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Language',
  })
  const personId = personIdOf(issuer.config.personNamespace, 'worker-1')
  expect(told).toEqual([
    {
      params: { runId },
      query: undefined,
      body: { healthCommitment: true },
      actor: { personId, memberships: [] },
      command: { id: expect.stringMatching(/^[0-9a-f]{64}$/) as string, fingerprint: expect.any(String) as string, route: 'claimSeat' },
      page: undefined,
      language: 'zh',
      requestId: 'request-1',
    },
  ])
  expect(line).toEqual({
    at: now,
    level: 'info',
    requestId: 'request-1',
    function: 'test',
    route: 'claimSeat',
    status: 201,
    ms: 0,
    personId,
  })
})

test('what anyone may see is kept as long as its route says', async () => {
  reset()
  const { status, headers, body } = await send('GET /seats', {
    query: `runs=${runId}`,
    headers: { authorization: undefined, 'accept-language': 'en-GB,zh;q=0.5' },
  })
  expect([status, headers['cache-control'], headers['content-language'], body]).toEqual([
    200,
    'public, max-age=1',
    'en',
    { seats: [seats] },
  ])
})

const refusedClaims: [string, Given, number, string][] = [
  ['not through the edge', { headers: { 'x-origin-secret': undefined } }, 403, 'request-not-through-edge'],
  ['another secret', { headers: { 'x-origin-secret': 'guess' } }, 403, 'request-not-through-edge'],
  ['Accept is impossible', { headers: { accept: 'text/html, application/json;q=0' } }, 406, 'not-acceptable'],
  ['no token', { headers: { authorization: undefined } }, 401, 'token-missing'],
  ['no token goes before a bad body', { headers: { authorization: undefined }, body: '{' }, 401, 'token-missing'],
  ['a parameter twice', { query: 'a=1&a=2' }, 400, 'duplicate-parameter'],
  ['array syntax', { query: 'a[]=1' }, 400, 'duplicate-parameter'],
  ['a mobile number in the address', { query: 'q=138%200000%200000' }, 400, 'sensitive-in-url'],
  [
    'a resident ID in full width in the address',
    { query: `q=${encodeURIComponent('９９０００１１９９００１０１００１ｘ')}` },
    400,
    'sensitive-in-url',
  ],
  ['an undeclared parameter', { query: 'price=0' }, 422, 'validation-failed'],
  ['the id of something else', { params: { runId: enrollmentId } }, 404, 'not-found'],
  ['an id in lower case', { params: { runId: runId.toLowerCase() } }, 404, 'not-found'],
  ['no media type', { headers: { 'content-type': undefined } }, 415, 'unsupported-media-type'],
  ['text', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
  ['another charset', { headers: { 'content-type': 'application/json;charset=gbk' } }, 415, 'unsupported-media-type'],
  ['no body', { body: '' }, 400, 'malformed-json'],
  ['a cut body', { body: '{"healthCommitment":' }, 400, 'malformed-json'],
  ['a byte order mark', { body: Buffer.from('\ufeff{}') }, 400, 'malformed-json'],
  ['not UTF-8', { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }, 400, 'malformed-json'],
  ['NUL', { body: '{"a":"\\u0000"}' }, 400, 'malformed-json'],
  ['half a surrogate pair', { body: '{"a":"\\ud800"}' }, 400, 'malformed-json'],
  ['a name twice', { body: '{"a":1,"\\u0061"   :2}' }, 400, 'malformed-json'],
  ['a name twice after much space', { body: `{"a":1,"a"${' '.repeat(500)}:2}` }, 400, 'malformed-json'],
  ['a way to the prototype', { body: '{"__proto__":{"admin":true}}' }, 400, 'malformed-json'],
  ['21 levels', { body: '['.repeat(21) + ']'.repeat(21) }, 400, 'malformed-json'],
  [
    '1,001 names',
    { body: JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, 1]))) },
    400,
    'malformed-json',
  ],
  ['a body of more than 256 KB', { body: `{"a":"${'x'.repeat(262_144)}"}` }, 413, 'too-large'],
  ['no key', { headers: { 'idempotency-key': undefined } }, 400, 'idempotency-key-missing'],
  ['a short key', { headers: { 'idempotency-key': 'short' } }, 400, 'idempotency-key-invalid'],
  ['two keys', { headers: { 'idempotency-key': 'key-0000-0000-0001,key-0000-0000-0002' } }, 400, 'idempotency-key-invalid'],
  ['a key of 256', { headers: { 'idempotency-key': 'k'.repeat(256) } }, 400, 'idempotency-key-invalid'],
  ['an undeclared field', { body: '{"healthCommitment":true,"price":0}' }, 422, 'validation-failed'],
  ['another type', { body: '{"healthCommitment":"true"}' }, 422, 'validation-failed'],
  ['a list', { body: '[]' }, 422, 'validation-failed'],
]
test.each(refusedClaims)('a claim is refused: %s', async (_, given, status, code) => {
  reset()
  for (const language of ['zh-CN', 'en']) {
    const answer = await claim({ ...given, headers: { 'accept-language': language, ...given.headers } })
    expect([answer.status, answer.code, told.length]).toEqual([status, code, 0])
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.body).toMatchObject({
      type: `https://skills-supermarket.example/problems/${code}/`,
      status,
      instance: 'urn:request:request-1',
    })
    expect(/\p{Script=Han}/u.test(String(answer.body['detail']))).toBe(language === 'zh-CN')
    expect(String(answer.body['detail'])).not.toMatch(/\{\w+\}/)
    expect(answer.line).toMatchObject({ status, code })
  }
})

test('a malformed body is 400 even where deep JSON follows 20 allowed levels', async () => {
  reset()
  expect((await claim({ body: '['.repeat(20) + ']'.repeat(20) })).code).toBe('validation-failed')
})

test('all field errors come at once, with pointer and code, never the value, at most 20', async () => {
  reset()
  const canary = 'canary-value'
  const send1 = (body: unknown) => send('PUT /me/profile', { body: JSON.stringify(body), headers: { 'accept-language': 'en' } })
  const { body } = await send1({
    residentId: 7,
    region: canary,
    employmentKind: canary,
    certificates: [{ trade: 'x'.repeat(41), level: null }],
    [canary]: 1,
    price: 1,
  })
  expect(body.errors?.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['#/realName', 'required'],
    ['#/residentId', 'wrong-type'],
    ['#/region', 'format'],
    ['#/employmentKind', 'enum'],
    ['#/certificates/0/trade', 'too-long'],
    ['#', 'unknown-field'],
    ['#/price', 'unknown-field'],
  ])
  expect(body['detail']).toBe('7 field(s) were not accepted. See each one.')
  expect(JSON.stringify(body)).not.toContain(canary)
  expect((await send1(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, 1])))).body.errors).toHaveLength(20)
})

test('a role is asked for before the path and the body are judged, and read anew each time', async () => {
  reset()
  expect((await roster({ params: { runId: 'nonsense' } })).code).toBe('forbidden')
  reset(['sponsor:manager'])
  expect((await roster()).code).toBe('forbidden')
  reset(['provider:registrar'])
  expect((await roster({ params: { runId: 'nonsense' } })).code).toBe('not-found')
  expect((await roster()).status).toBe(200)
})

test('the next page is a cursor for this list and person only', async () => {
  reset(['provider:registrar'])
  const { next } = (await roster()).body
  const after = async (given: Given) => (await roster(given)).code
  expect((await roster({ query: `cursor=${String(next)}&limit=5` })).body['next']).toBeNull()
  expect(told).toMatchObject([{ page: { limit: 5, after: 'ROSTER#7' } }])
  expect(await after({ query: `cursor=${String(next)}x` })).toBe('invalid-cursor')
  expect(await after({ query: `cursor=${String(next)}`, params: { runId: runId.replace(/1$/, '2') } })).toBe('invalid-cursor')
  expect(
    await after({ query: `cursor=${String(next)}`, headers: { authorization: `Bearer ${await issuer.token({ sub: 'worker-2' })}` } }),
  ).toBe('invalid-cursor')
  for (const limit of ['0', '-1', '1e2', '1000', '99999', 'ten']) expect(await after({ query: `limit=${limit}` })).toBe('validation-failed')
})

test('refusals of a story answer with sentence, members and Retry-After; instants are said in Beijing time', async () => {
  reset([], new Refusal('registration-not-open', { opensAt: '2026-12-01T01:00:00.000Z' }, { retryAfterSeconds: 30 }))
  const { status, body, headers } = await claim()
  expect([status, body['detail'], body['opensAt'], body['retry'], headers['retry-after']]).toEqual([
    409,
    '报名将于 2026-12-01 09:00 开始，请届时再来。',
    '2026-12-01T01:00:00.000Z',
    'later',
    '30',
  ])
  reset([], new Refusal('profile-incomplete', { fields: ['realName', 'mobile'] }))
  expect((await claim({ headers: { 'accept-language': 'en' } })).body['detail']).toBe('Complete your profile first: name, mobile number.')
})

test('an error nobody expected says nothing to the caller and no message to the log', async () => {
  reset([], Object.assign(new TypeError('张三 990001199001010010'), { statusCode: 401, expose: true }))
  const { status, body, line } = await claim()
  expect([status, body['code'], body['retry']]).toEqual([500, 'internal', 'same-key'])
  expect(line).toMatchObject({
    level: 'error',
    status: 500,
    code: 'internal',
    errorName: 'TypeError',
    errorStackTop: expect.stringMatching(/^[\w.-]+:\d+$/) as string,
  })
  expect(JSON.stringify([body, lines])).not.toMatch(/张三|990001/)
})

test('an answer that its route does not declare never leaves', async () => {
  reset()
  const { status, body, line } = await claim({ body: '{}' })
  expect([status, body['code'], line['mismatch']]).toEqual([500, 'internal', '#/claimedAt instant'])
  expect(JSON.stringify([body, lines])).not.toContain('yesterday')
})

test('a leased story runs once per key; its first answer comes again', async () => {
  reset(['platform:operator'])
  const file = (given: Given = {}) =>
    send('POST /catalog/imports', {
      body: Buffer.from([0xff, 0xfe, 1]),
      ...given,
      headers: { 'content-type': 'text/csv', ...given.headers },
    })
  const first = await file()
  expect([first.status, first.body['encoding']]).toEqual([200, 'utf-8 3'])
  const again = await file()
  expect([again.status, again.body, told.length]).toEqual([200, first.body, 0])
  expect((await file({ body: Buffer.from([1]) })).code).toBe('idempotency-key-reused')
  expect((await file({ query: 'write=no', headers: { 'idempotency-key': 'key-0000-0000-0002' } })).code).toBe('validation-failed')
  expect((await file({ body: new Uint8Array(4_000_001) })).code).toBe('too-large')
  reset(['platform:operator'], new Refusal('import-rejected', { reason: 'x' }))
  const key = { headers: { 'idempotency-key': 'key-0000-0000-0003' } }
  expect((await file(key)).code).toBe('import-rejected')
  reset(['platform:operator'])
  expect((await file(key)).status).toBe(200)
  kept.set([...kept.keys()].at(-1) ?? '', { fingerprint: [...kept.values()].at(-1)?.fingerprint ?? '' })
  const outstanding = await file(key)
  expect([outstanding.code, outstanding.headers['retry-after']]).toEqual(['request-outstanding', '2'])
})

test('a route without a body takes none with fields', async () => {
  reset()
  const cancel = (body: string) => send('POST /me/enrollments/{enrollmentId}/cancellation', { params: { enrollmentId }, body })
  expect((await cancel('{}')).status).toBe(200)
  expect((await cancel('{"status":"active"}')).code).toBe('validation-failed')
})

test.each([
  ['/nowhere', 404, undefined],
  ['/me', 404, undefined],
  ['/runs//enrollments', 404, undefined],
  [`/runs/${runId}/enrollments`, 405, 'POST'],
  ['/me/calendar', 405, 'POST, DELETE'],
])('what the gateway has no route for: GET %s → %i', async (path, status, allow) => {
  const answer = await send('$default', { path })
  expect([answer.status, answer.headers['allow']]).toEqual([status, allow])
})
