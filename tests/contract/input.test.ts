import { bodyExamples, parameterExamples } from '@skills/contract/examples.ts'
import type { RefusalCode } from '@skills/contract/refusals.ts'
import { isFileBody, type Route } from '@skills/contract/route.ts'
import { describe, expect, test } from 'vitest'
import { all, canary, expectProblem, languages, operator, send, useStack, type Given } from './requests.ts'

useStack()

interface Row {
  what: string
  applies: (route: Route) => boolean
  given: Given
  code: RefusalCode
}
type Schema = NonNullable<Route['params']>
const always = () => true
const writes = (route: Route) => route.writes
const takesKey = (route: Route) => route.writes && route.idempotency !== 'none'
const takesBody = (route: Route) => route.body !== undefined
const takesJson = (route: Route) => route.body !== undefined && !isFileBody(route.body)
const inBody = (body: string | Uint8Array) => ({ body, headers: { 'content-type': 'application/json' } })
const has = (name: string) => (route: Route) => route.query !== undefined && 'shape' in route.query && name in (route.query.shape as object)

const rows: Row[] = [
  { what: 'an impossible Accept', applies: always, given: { headers: { accept: 'image/png' } }, code: 'not-acceptable' },
  { what: 'a parameter twice', applies: always, given: { query: `x=${encodeURIComponent(canary)}&x=2` }, code: 'duplicate-parameter' },
  { what: 'array syntax', applies: always, given: { query: `x[]=${encodeURIComponent(canary)}` }, code: 'duplicate-parameter' },
  { what: 'a mobile number in the address', applies: always, given: { query: 'q=%2B8619900000099' }, code: 'sensitive-in-url' },
  { what: 'a resident ID in the address', applies: always, given: { query: 'q=990001199001011234' }, code: 'sensitive-in-url' },
  { what: 'an undeclared parameter', applies: always, given: { query: `price=${encodeURIComponent(canary)}` }, code: 'validation-failed' },
  ...['0', '-1', '1000000000', '1e1', 'ten'].map((limit): Row => ({
    what: `limit ${limit}`,
    applies: has('limit'),
    given: { query: `limit=${limit}` },
    code: 'validation-failed',
  })),
  { what: 'a cursor of one’s own making', applies: has('cursor'), given: { query: 'cursor=WyJ4IiwxXQ.AAAA' }, code: 'invalid-cursor' },
  {
    what: 'ids of something else',
    applies: has('runs'),
    given: { query: `runs=${parameterExamples['courseId']}` },
    code: 'validation-failed',
  },
  { what: 'another value', applies: has('write'), given: { query: `write=${encodeURIComponent(canary)}` }, code: 'validation-failed' },
  { what: 'no media type', applies: takesBody, given: { headers: { 'content-type': undefined } }, code: 'unsupported-media-type' },
  { what: 'text', applies: takesBody, given: { headers: { 'content-type': 'text/plain' } }, code: 'unsupported-media-type' },
  {
    what: 'another charset',
    applies: takesJson,
    given: { headers: { 'content-type': 'application/json;charset=gbk' } },
    code: 'unsupported-media-type',
  },
  { what: 'an empty body', applies: takesJson, given: { body: '' }, code: 'malformed-json' },
  ...[
    `{"${canary}"`,
    '{"a":1,"a":2}',
    '{"a":"\\u0000"}',
    '{"a":"\\ud800"}',
    '\ufeff{}',
    '['.repeat(21) + ']'.repeat(21),
    '{"__proto__":{"role":"platform:operator"}}',
    '{"constructor":{"prototype":1}}',
    '{"prototype":1}',
  ].map((body): Row => ({
    what: `the body ${body.slice(0, 30)}`,
    applies: (route) => takesJson(route) || (writes(route) && !takesBody(route)),
    given: inBody(body),
    code: 'malformed-json',
  })),
  {
    what: 'bytes that are not UTF-8',
    applies: takesJson,
    given: { body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) },
    code: 'malformed-json',
  },
  { what: 'more than 256 KB', applies: takesJson, given: inBody(JSON.stringify({ realName: canary.repeat(20_000) })), code: 'too-large' },
  {
    what: 'more than 4 MB',
    applies: (route) => isFileBody(route.body),
    given: { body: new Uint8Array(4_000_001).fill(0x78) },
    code: 'too-large',
  },
  { what: 'no Idempotency-Key', applies: takesKey, given: { headers: { 'idempotency-key': undefined } }, code: 'idempotency-key-missing' },
  ...['short', `${canary.slice(0, 7)}${' '.repeat(16)}x`, 'k'.repeat(256), 'one-key-of-two-0,two-key-of-two-0'].map((key): Row => ({
    what: `the key ${key.slice(0, 12)}…`,
    applies: takesKey,
    given: { headers: { 'idempotency-key': key } },
    code: 'idempotency-key-invalid',
  })),
  ...['null', '7', '"text"', '[]'].map((body): Row => ({
    what: `the body ${body}`,
    applies: takesJson,
    given: { body },
    code: 'validation-failed',
  })),
]

describe('every route refuses', () => {
  test.each(rows)('$what: $code', async ({ applies, given, code }) => {
    const asked = all.filter(applies)
    expect(asked.length).toBeGreaterThan(0)
    for (const route of asked) {
      for (const language of languages)
        expectProblem(
          await send(route, operator(), { ...given, headers: { 'accept-language': language, ...given.headers } }),
          code,
          language,
        )
    }
  })
})

const undeclared = [
  'price',
  'priceFen',
  'status',
  'state',
  'score',
  'subsidy',
  'tenantId',
  'role',
  'roles',
  'personId',
  'createdAt',
  'version',
  'isAdmin',
]
test.each(all.filter(writes))('$name takes no field that it does not declare', async (route) => {
  const declared = (bodyExamples[route.name] ?? {}) as object
  // What may be left out stands in the shape, not in the example.
  const shape = (route.body as { shape?: object } | undefined)?.shape ?? {}
  const foreign = undeclared.filter((name) => !(name in declared) && !(name in shape))
  if (isFileBody(route.body))
    return expect(['importCatalog', 'importRoster', 'nominate', 'importBusyHours', 'receiveStripeEvent']).toContain(route.name)
  const answer = await send(
    route,
    operator(),
    inBody(JSON.stringify({ ...declared, ...Object.fromEntries(foreign.map((name) => [name, canary])) })),
  )
  expectProblem(answer, 'validation-failed')
  expect(answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(foreign.map((name) => `#/${name} unknown-field`))
})

const values = [canary, canary.repeat(200), '', 7, -1, 0.5, true, null, [], [canary], {}, { $gt: 0 }, { zh: 1, en: 2 }]
test.each(all.filter(takesJson))('$name takes no value that its schema does not, and says which field', async (route) => {
  const example = bodyExamples[route.name] as Record<string, unknown>
  const shape = (route.body as unknown as { shape: Record<string, Schema> }).shape
  for (const [name, schema] of Object.entries(shape)) {
    const wrong = values.filter((value) => !schema.safeParse(value).success)
    expect(wrong.length, name).toBeGreaterThan(3)
    for (const value of wrong) {
      const answer = await send(route, operator(), { body: JSON.stringify({ ...example, [name]: value }) })
      expectProblem(answer, 'validation-failed')
      for (const { pointer } of answer.body.errors ?? []) expect(pointer).toMatch(new RegExp(`^#/${name}(/|$)`))
    }
    const { [name]: _, ...without } = example
    if (schema.safeParse(undefined).success) continue
    expect(
      (await send(route, operator(), { body: JSON.stringify(without) })).body.errors?.map(({ pointer, code }) => [pointer, code]),
    ).toEqual([[`#/${name}`, 'required']])
  }
})

/** Ids that nothing can have; `null` where the gateway or an HTTP client would not send it on as one segment. */
const badIds = [
  'nonsense',
  'run_01',
  canary,
  '*',
  '%23',
  '%2e%2e',
  '..%2f..',
  '%00',
  '%F0%9D%9F%98',
  'RUN%231%23SHARD',
  'x'.repeat(1024),
  "'%20OR%201=1--",
  '%7B%22$gt%22:0%7D',
]
test.each(all.filter(({ params }) => params !== undefined))('$name finds nothing under an id that nothing can have', async (route) => {
  for (const name of route.path.matchAll(/\{(\w+)\}/g)) {
    const good = parameterExamples[name[1] ?? ''] ?? ''
    for (const bad of [...badIds, good.toLowerCase(), `${good}0`, good.slice(0, -1), good.replace(/^\w{3}_/, 'zzz_')].filter(
      (id) => id !== good,
    )) {
      expectProblem(await send(route, operator(), { params: { [name[1] ?? '']: encodeURI(decodeURI(bad)) } }), 'not-found')
    }
  }
})

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
test('every path refuses the methods it does not have, and says which it has', async () => {
  for (const path of new Set(all.map((route) => route.path))) {
    const here = all.filter((route) => route.path === path)
    for (const method of methods.filter((one) => here.every((route) => route.method !== one))) {
      for (const language of languages) {
        const answer = await send(here[0] as Route, undefined, {
          method,
          headers: { 'accept-language': language, 'x-http-method-override': here[0]?.method },
        })
        expectProblem(answer, 'method-not-allowed', language)
        expect(String(answer.headers['allow']).split(', ').sort()).toEqual(here.map((route) => route.method).sort())
      }
    }
  }
})

test.each(['/nowhere', '/me/', '//me', '/me//profile', '/runs', '/%2e%2e/me', '/me%2fprofile/x', `/${canary}`, `/${'x'.repeat(4096)}`])(
  'nothing is at %s',
  async (path) => {
    for (const language of languages)
      expectProblem(
        await send(all[0] as Route, operator(), { path: encodeURI(decodeURI(path)), query: '', headers: { 'accept-language': language } }),
        'not-found',
        language,
      )
  },
)
