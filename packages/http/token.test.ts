import { createHmac } from 'node:crypto'
import { Refusal } from '@skills/contract/refusals.ts'
import { exportJWK, exportSPKI } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { now, nowSeconds, startIssuer, type Issuer } from './test-issuer.ts'
import { tokenVerifier } from './token.ts'

let issuer: Issuer
let verify: ReturnType<typeof tokenVerifier>
beforeAll(async () => {
  issuer = await startIssuer()
  verify = tokenVerifier(issuer.config)
})
afterAll(() => issuer.stop())

const base64 = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const outcome = (header: string | undefined, at = now) =>
  verify(header, at).then(
    ({ sub }) => sub,
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  )
const parts = async () => (await issuer.token()).split('.') as [string, string, string]
const good = { alg: 'RS256', kid: 'rsa', typ: 'at+jwt' }

test('good tokens: RS256 and ES256, our audience alone or among others, Cognito’s own form', async () => {
  expect(await outcome(`Bearer ${await issuer.token()}`)).toBe('worker-1')
  expect(await outcome(`bearer ${await issuer.token({}, { typ: 'application/at+jwt' })}`)).toBe('worker-1')
  expect(await outcome(`Bearer ${await issuer.token({}, { alg: 'ES256', kid: 'ec' }, issuer.es256.privateKey)}`)).toBe('worker-1')
  expect(await outcome(`Bearer ${await issuer.token({ aud: ['other', issuer.config.audience] })}`)).toBe('worker-1')
  expect(await outcome(`Bearer ${await issuer.token({ aud: undefined, token_use: 'access' }, { typ: undefined })}`)).toBe('worker-1')
  expect(await outcome(`Bearer ${await issuer.token({ exp: nowSeconds - 59, nbf: nowSeconds + 59, iat: nowSeconds + 59 })}`)).toBe(
    'worker-1',
  )
})

const headers: [string, (token: string) => string | undefined][] = [
  ['none', () => undefined],
  ['empty', () => ''],
  ['the word alone', () => 'Bearer '],
  ['Basic', () => 'Basic dXNlcjpwYXNz'],
  ['two spaces', (token) => `Bearer  ${token}`],
  ['two headers', (token) => `Bearer ${token},Bearer ${token}`],
  ['a token without its word', (token) => token],
]
test.each(headers)('token-missing: %s', async (_, header) => {
  expect(await outcome(header(await issuer.token()))).toBe('token-missing')
})

const claims: [string, Record<string, unknown>, Record<string, unknown>?, string?][] = [
  ['issuer of another tenant', { iss: 'https://issuer.example/other' }],
  ['issuer with a slash', { iss: 'https://issuer.example/' }],
  ['issuer missing', { iss: undefined }],
  ['audience of another API', { aud: 'https://other.example' }],
  ['audience list without us', { aud: ['a', 'b'] }],
  ['empty audience list', { aud: [] }],
  ['no audience and no client', { aud: undefined, client_id: undefined, token_use: 'access' }],
  ['no audience and another client', { aud: undefined, client_id: 'other', token_use: 'access' }],
  ['client of another app', { client_id: 'other' }],
  ['ID token by type', {}, { typ: 'JWT' }],
  ['no type', {}, { typ: undefined }],
  ['ID token by use', { token_use: 'id' }],
  ['no subject', { sub: undefined }],
  ['empty subject', { sub: '' }],
  ['subject with a line break', { sub: 'a\nb' }],
  ['subject that is a number', { sub: 7 }],
  ['no expiry', { exp: undefined }],
  ['expiry as text', { exp: '2099' }],
  ['expiry beyond all calendars', { exp: 1e300 }],
  ['issued in the far future', { iat: nowSeconds + 3600 }],
  ['not before an hour from now', { nbf: nowSeconds + 3600 }],
  ['not before 61 seconds from now', { nbf: nowSeconds + 61 }],
  ['key id missing', {}, { kid: undefined }],
  ['key id unknown', {}, { kid: 'nobody' }],
  ['key id as a path', {}, { kid: '../../dev/null' }],
  ['key id as SQL', {}, { kid: "' OR 1=1 --" }],
  ['key id of another kind of key', {}, { kid: 'ec' }],
  ['key address of its own', {}, { jku: 'https://evil.example/jwks' }],
  ['certificate address of its own', {}, { x5u: 'https://evil.example/x5u' }],
]
test.each(claims)('token-invalid: %s', async (_, over, header) => {
  expect(await outcome(`Bearer ${await issuer.token(over, header)}`)).toBe('token-invalid')
})

test.each([
  ['expired', nowSeconds - 3600],
  ['expired 61 seconds ago', nowSeconds - 61],
])('token-expired: %s', async (_, exp) => {
  expect(await outcome(`Bearer ${await issuer.token({ exp })}`)).toBe('token-expired')
})

const forged: [string, () => Promise<string>][] = [
  ['alg none', async () => `${base64({ ...good, alg: 'none' })}.${base64(issuer.goodClaims)}.`],
  ['alg None', async () => `${base64({ ...good, alg: 'None' })}.${base64(issuer.goodClaims)}.`],
  [
    'HS256 with the public key as secret',
    async () => {
      const signed = `${base64({ ...good, alg: 'HS256' })}.${base64(issuer.goodClaims)}`
      return `${signed}.${createHmac('sha256', await exportSPKI(issuer.rs256.publicKey))
        .update(signed)
        .digest('base64url')}`
    },
  ],
  ['PS256, which is not on our list', async () => (await parts()).with(0, base64({ ...good, alg: 'PS256' })).join('.')],
  ['unknown alg', async () => `${base64({ ...good, alg: 'XX1' })}.${base64(issuer.goodClaims)}.AAAA`],
  ['unknown crit', async () => `${base64({ ...good, crit: ['exp2'], exp2: 1 })}.${(await parts())[1]}.${(await parts())[2]}`],
  ['signed by a stranger', () => issuer.token({}, {}, issuer.stranger.privateKey)],
  ['brings its own key', async () => issuer.token({}, { jwk: await exportJWK(issuer.stranger.publicKey) }, issuer.stranger.privateKey)],
  ['payload changed', async () => (await parts()).with(1, base64({ ...issuer.goodClaims, sub: 'other' })).join('.')],
  ['a later sign-in written in', async () => (await parts()).with(1, base64({ ...issuer.goodClaims, auth_time: nowSeconds })).join('.')],
  ['signature of another token', async () => [...(await parts()).slice(0, 2), (await issuer.token({ sub: 'x' })).split('.')[2]].join('.')],
  ['first bit of the signature flipped', async () => flip(await issuer.token(), (await issuer.token()).lastIndexOf('.') + 1)],
  ['last bits of the signature flipped', async () => flip(await issuer.token(), (await issuer.token()).length - 1)],
  ['two parts', async () => (await parts()).slice(0, 2).join('.')],
  ['four parts', async () => `${await issuer.token()}.AAAA`],
  ['bad base64', async () => (await parts()).with(0, '!!!!').join('.')],
  ['header is a list', async () => (await parts()).with(0, base64([1])).join('.')],
  ['header is not JSON', async () => (await parts()).with(0, base64('{')).join('.')],
  ['payload is not JSON', async () => (await parts()).with(1, base64('{')).join('.')],
  ['20 KB', () => issuer.token({ pad: 'x'.repeat(20_000) })],
  ['a word', async () => 'token'],
]
test.each(forged)('token-invalid: %s', async (_, forge) => {
  expect(await outcome(`Bearer ${await forge()}`)).toBe('token-invalid')
})

function flip(token: string, at: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, at) + letters[letters.indexOf(token[at] ?? '') ^ 1] + token.slice(at + 1)
}

test('a remembered token still expires', async () => {
  const header = `Bearer ${await issuer.token({ exp: nowSeconds + 10 })}`
  expect(await outcome(header)).toBe('worker-1')
  expect(await outcome(header, '2026-11-21T02:01:09.000Z')).toBe('worker-1')
  expect(await outcome(header, '2026-11-21T02:01:10.000Z')).toBe('token-expired')
})

test('who signed in when is read from the token, and remembered with it; what is no number is no time', async () => {
  const signedIn = async (claims: Record<string, unknown>) => (await verify(`Bearer ${await issuer.token(claims)}`, now)).authTime
  const header = `Bearer ${await issuer.token({ auth_time: nowSeconds - 7 })}`
  expect(await verify(header, now)).toEqual({ sub: 'worker-1', authTime: nowSeconds - 7 })
  expect(await verify(header, now)).toEqual({ sub: 'worker-1', authTime: nowSeconds - 7 })
  for (const auth_time of [undefined, null, String(nowSeconds), [nowSeconds], { at: nowSeconds }, true])
    expect(await signedIn({ auth_time })).toBeUndefined()
})

test('keys are fetched once for many tokens, and kept when the key server is gone; without keys nobody gets in', async () => {
  const other = await startIssuer()
  const verifyThere = tokenVerifier(other.config)
  for (const sub of ['a', 'b', 'c']) expect(await verifyThere(`Bearer ${await other.token({ sub })}`, now)).toMatchObject({ sub })
  expect(other.timesAsked()).toBe(1)
  await other.stop()
  expect(await verifyThere(`Bearer ${await other.token({ sub: 'd' })}`, now)).toMatchObject({ sub: 'd' })
  const cold = tokenVerifier(other.config)
  await expect(cold(`Bearer ${await other.token()}`, now)).rejects.toMatchObject({ code: 'identity-unavailable' })
})
