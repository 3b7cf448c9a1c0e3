import { createHmac } from 'node:crypto'
import type { Route } from '@skills/contract/route.ts'
import { expect, test } from 'vitest'
import { all, cloud, expectProblem, languages, send, useStack } from './requests.ts'

useStack()

/** One route of each kind: function, who may call, reading or writing. A kind that is new comes in by itself. */
const kinds = [
  ...new Map(
    all.filter(({ who }) => who !== 'anyone').map((route) => [JSON.stringify([route.function, route.who, route.writes]), route]),
  ).values(),
]
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const good = () => cloud().tokenFor('contract-token-person')
const claims = () => JSON.parse(Buffer.from(good().split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
const now = () => Math.floor(Date.now() / 1000)
const mint = (more: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  cloud().tokenFor('contract-token-person', more, { header })

/** Refused by the gateway's own check, in its own words. */
const atTheGateway: [string, () => string | undefined][] = [
  ['none', () => undefined],
  ['empty', () => ''],
  ['Basic', () => 'Basic dXNlcjpwYXNz'],
  ['two tokens', () => `Bearer ${good()},Bearer ${good()}`],
  ['a word', () => 'Bearer token'],
  ['two parts', () => `Bearer ${good().split('.').slice(0, 2).join('.')}`],
  ['four parts', () => `Bearer ${good()}.AAAA`],
  ['alg none', () => `Bearer ${base64({ alg: 'none', typ: 'at+jwt' })}.${base64(claims())}.`],
  [
    'HS256',
    () => {
      const signed = `${base64({ alg: 'HS256', typ: 'at+jwt' })}.${base64(claims())}`
      return `Bearer ${signed}.${createHmac('sha256', 'public key').update(signed).digest('base64url')}`
    },
  ],
  ['another signature', () => `Bearer ${cloud().tokenFor('contract-token-person', {}, { signature: 'AAAA' })}`],
  ['an unknown key id', () => `Bearer ${mint({}, { kid: '../../dev/null' })}`],
  [
    'changed claims',
    () =>
      `Bearer ${good()
        .split('.')
        .with(1, base64({ ...claims(), sub: 'demo-chen' }))
        .join('.')}`,
  ],
  ['another issuer', () => `Bearer ${mint({ iss: 'https://issuer.example' })}`],
  ['an issuer with a slash', () => `Bearer ${mint({ iss: `${String(claims()['iss'])}/` })}`],
  ['another audience', () => `Bearer ${mint({ aud: 'https://other.example' })}`],
  ['expired', () => `Bearer ${mint({ exp: now() - 3600 })}`],
  ['no expiry', () => `Bearer ${mint({ exp: undefined })}`],
  ['not yet', () => `Bearer ${mint({ nbf: now() + 3600 })}`],
]

/** Let through by the gateway, which knows neither kinds of tokens nor clients; refused by the house. */
const inTheHouse: [string, () => string][] = [
  ['an ID token by type', () => mint({}, { typ: 'JWT' })],
  ['an ID token by use', () => mint({ token_use: 'id' })],
  ['the client of another app', () => mint({ client_id: 'other' })],
  ['no subject', () => mint({ sub: undefined })],
  ['an empty subject', () => mint({ sub: '' })],
  ['a key address of its own', () => mint({}, { jku: 'https://issuer.example/jwks' })],
  ['a key of its own', () => mint({}, { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } })],
  ['something critical that we do not know', () => mint({}, { crit: ['exp2'], exp2: 1 })],
  ['issued in the far future', () => mint({ iat: now() + 3600 })],
]

test('there is a kind for each function with routes that ask who calls', () => {
  const functions = (of: Route[]) => [...new Set(of.map((route) => route.function))].sort()
  expect(functions(kinds)).toEqual(functions(all.filter(({ who }) => who !== 'anyone')))
})

test.each(atTheGateway)('401 at the gateway: %s', async (_, header) => {
  for (const route of kinds) {
    const answer = await send(route, undefined, { headers: { authorization: header() } })
    expect([route.name, answer.status]).toEqual([route.name, 401])
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
    expect(answer.text.length).toBeLessThan(100)
  }
})

test.each(inTheHouse)('401 in the house: %s', async (_, token) => {
  for (const route of kinds) {
    for (const language of languages) {
      const answer = await send(route, token(), { headers: { 'accept-language': language } })
      expectProblem(answer, 'token-invalid', language)
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
    }
  }
})

test('403 without the scope of the API', async () => {
  for (const route of kinds) expect((await send(route, mint({ scope: 'openid' }))).status).toBe(403)
})

test('what anyone may ask, anyone may ask with a bad token too', async () => {
  // An event of the payment provider is judged by its signature, which these requests do not have.
  const status = (route: Route) => (route.signatureHeader === undefined ? 200 : 400)
  for (const route of all.filter(({ who, path }) => who === 'anyone' && !path.includes('{')))
    expect([route.name, (await send(route, 'token')).status]).toEqual([route.name, status(route)])
})
