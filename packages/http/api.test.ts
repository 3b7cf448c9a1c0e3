import { Refusal } from '@skills/contract/refusals.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personIdOf } from './person.ts'
import { enrollment, enrollmentId, runId, seats, startApi, type Given } from './test-api.ts'
import { now } from './test-issuer.ts'

let house: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  house = await startApi()
})
afterAll(() => house.issuer.stop())

test('a claim reaches its story with everything parsed and leaves with every header', async () => {
  house.reset()
  const { status, body, headers, line } = await house.claim()
  expect([status, body]).toEqual([201, enrollment])
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'content-language': 'zh-CN',
    'x-request-id': 'request-1',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Language',
  })
  const personId = personIdOf(house.issuer.config.personNamespace, 'worker-1')
  expect(house.state.told).toEqual([
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
  house.reset()
  const { status, headers, body } = await house.send('GET /seats', {
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

test('a role is asked for before the path and the body are judged, and read anew each time', async () => {
  house.reset()
  expect((await house.roster({ params: { runId: 'nonsense' } })).code).toBe('forbidden')
  house.reset(['sponsor:manager'])
  expect((await house.roster()).code).toBe('forbidden')
  house.reset(['provider:registrar'])
  expect((await house.roster({ params: { runId: 'nonsense' } })).code).toBe('not-found')
  expect((await house.roster()).status).toBe(200)
})

test('the next page is a cursor for this list and person only', async () => {
  house.reset(['provider:registrar'])
  const { next } = (await house.roster()).body
  const after = async (given: Given) => (await house.roster(given)).code
  expect((await house.roster({ query: `cursor=${String(next)}&limit=5` })).body['next']).toBeNull()
  expect(house.state.told).toMatchObject([{ page: { limit: 5, after: 'ROSTER#7' } }])
  expect(await after({ query: `cursor=${String(next)}x` })).toBe('invalid-cursor')
  expect(await after({ query: `cursor=${String(next)}`, params: { runId: runId.replace(/1$/, '2') } })).toBe('invalid-cursor')
  expect(
    await after({ query: `cursor=${String(next)}`, headers: { authorization: `Bearer ${await house.issuer.token({ sub: 'worker-2' })}` } }),
  ).toBe('invalid-cursor')
  for (const limit of ['0', '-1', '1e2', '1000', '99999', 'ten']) expect(await after({ query: `limit=${limit}` })).toBe('validation-failed')
})

test('refusals of a story answer with sentence, members and Retry-After; instants are said in Beijing time', async () => {
  house.reset([], new Refusal('registration-not-open', { opensAt: '2026-12-01T01:00:00.000Z' }, { retryAfterSeconds: 30 }))
  const { status, body, headers } = await house.claim()
  expect([status, body['detail'], body['opensAt'], body['retry'], headers['retry-after']]).toEqual([
    409,
    '报名将于 2026-12-01 09:00 开始，请届时再来。',
    '2026-12-01T01:00:00.000Z',
    'later',
    '30',
  ])
  house.reset([], new Refusal('profile-incomplete', { fields: ['realName', 'mobile'] }))
  expect((await house.claim({ headers: { 'accept-language': 'en' } })).body['detail']).toBe(
    'Complete your profile first: name, mobile number.',
  )
  house.reset([], new Refusal('illegal-transition', { current: 'cancelled', allowed: [] }))
  expect((await house.claim()).body['detail']).toBe('当前状态是“已取消”，只能变为：无。')
})

test('an error nobody expected says nothing to the caller and no message to the log', async () => {
  house.reset([], Object.assign(new TypeError('张三 990001199001010010'), { statusCode: 401, expose: true }))
  const { status, body, line } = await house.claim()
  expect([status, body['code'], body['retry']]).toEqual([500, 'internal', 'same-key'])
  expect(line).toMatchObject({
    level: 'error',
    status: 500,
    code: 'internal',
    errorName: 'TypeError',
    errorStackTop: expect.stringMatching(/^[\w.-]+:\d+$/) as string,
  })
  expect(JSON.stringify([body, house.state.lines])).not.toMatch(/张三|990001/)
})

test('an answer that its route does not declare never leaves', async () => {
  house.reset()
  const { status, body, line } = await house.claim({ body: '{}' })
  expect([status, body['code'], line['mismatch']]).toEqual([500, 'internal', '#/claimedAt instant'])
  expect(JSON.stringify([body, house.state.lines])).not.toContain('yesterday')
})

test('a leased story runs once per key; its first answer comes again', async () => {
  house.reset(['platform:operator'])
  const file = (given: Given = {}) =>
    house.send('POST /catalog/imports', {
      body: Buffer.from([0xff, 0xfe, 1]),
      ...given,
      headers: { 'content-type': 'text/csv', ...given.headers },
    })
  const first = await file()
  expect([first.status, first.body['rows']]).toEqual([200, 3])
  const again = await file()
  expect([again.status, again.body, house.state.told.length]).toEqual([200, first.body, 0])
  expect((await file({ body: Buffer.from([1]) })).code).toBe('idempotency-key-reused')
  expect((await file({ query: 'write=no', headers: { 'idempotency-key': 'key-0000-0000-0002' } })).code).toBe('validation-failed')
  expect((await file({ body: new Uint8Array(4_000_001) })).code).toBe('too-large')
  house.reset(['platform:operator'], new Refusal('import-rejected', { reason: 'x' }))
  const key = { headers: { 'idempotency-key': 'key-0000-0000-0003' } }
  expect((await file(key)).code).toBe('import-rejected')
  house.reset(['platform:operator'])
  expect((await file(key)).status).toBe(200)
  const [id, { fingerprint }] = [...house.kept].at(-1) ?? ['', { fingerprint: '' }]
  house.kept.set(id, { fingerprint })
  const outstanding = await file(key)
  expect([outstanding.code, outstanding.headers['retry-after']]).toEqual(['request-outstanding', '2'])
})

test('a route without a body takes none with fields', async () => {
  house.reset()
  const cancel = (body: string) => house.send('POST /me/enrollments/{enrollmentId}/cancellation', { params: { enrollmentId }, body })
  expect((await cancel('{}')).status).toBe(200)
  expect((await cancel('{"status":"active"}')).code).toBe('validation-failed')
})
