import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrollmentId, runId, startApi, type Given } from './test-api.ts'

let house: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  house = await startApi()
})
afterAll(() => house.issuer.stop())

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
  ['not UTF-8, as the gateway hands it over', { body: '{"a":"\ufffd"}' }, 400, 'malformed-json'],
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
  house.reset()
  for (const language of ['zh-CN', 'en']) {
    const answer = await house.claim({ ...given, headers: { 'accept-language': language, ...given.headers } })
    expect([answer.status, answer.code, house.state.told.length]).toEqual([status, code, 0])
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
  house.reset()
  expect((await house.claim({ body: '['.repeat(20) + ']'.repeat(20) })).code).toBe('validation-failed')
})

test('all field errors come at once, with pointer and code, never the value, at most 20', async () => {
  house.reset()
  const canary = 'canary-value'
  const send1 = (body: unknown) => house.send('PUT /me/profile', { body: JSON.stringify(body), headers: { 'accept-language': 'en' } })
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

test.each([
  ['/nowhere', 404, undefined],
  ['/me', 404, undefined],
  ['/runs//enrollments', 404, undefined],
  [`/runs/${runId}/enrollments`, 405, 'POST'],
  ['/me/calendar', 405, 'POST, DELETE'],
])('what the gateway has no route for: GET %s → %i', async (path, status, allow) => {
  const answer = await house.send('$default', { path })
  expect([answer.status, answer.headers['allow']]).toEqual([status, allow])
})
