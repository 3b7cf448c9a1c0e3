import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCloud, type Cloud } from './cloud.ts'
import { demoPeople } from './demo-people.ts'
import { freePort } from './ports.ts'
import { writeSmallCloud } from './test-cloud.ts'

const parts = writeSmallCloud()
let cloud: Cloud
beforeAll(async () => {
  // The issuer's address must be the same after a restart.
  cloud = await startCloud({ ...parts, ports: { identity: await freePort(), edge: await freePort() } })
})
afterAll(() => cloud.stop())

const restarted = async () => {
  const ports = { identity: Number(new URL(cloud.urls.issuer).port), edge: Number(new URL(cloud.urls.site).port) }
  await cloud.stop()
  cloud = await startCloud({ ...parts, ports })
}
const refresh = (token: string) =>
  fetch(`${cloud.urls.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'storefront', refresh_token: token }),
  })
const asking = (more: Record<string, string>) => {
  const known = { client_id: 'storefront', response_type: 'code', redirect_uri: `${cloud.urls.site}/sign-in/return/`, scope: 'openid api' }
  return fetch(`${cloud.urls.issuer}/auth?${new URLSearchParams({ ...known, ...more })}`, { redirect: 'manual' })
}
const partOf = (token: string, place: number) =>
  JSON.parse(Buffer.from(token.split('.')[place] ?? '', 'base64url').toString()) as Record<string, unknown>

it('gives JWT access tokens for the API, and a name in the ID token only', async () => {
  const { access_token, id_token } = await cloud.signIn('王新')
  expect(partOf(access_token, 0)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' })
  const access = partOf(access_token, 1)
  expect(access).toMatchObject({
    sub: 'demo-wang-xin',
    aud: 'https://small.example/api',
    scope: 'api',
    client_id: 'storefront',
    iss: cloud.urls.issuer,
  })
  expect(Number(access['exp']) - Number(access['iat'])).toBe(600)
  expect(access).not.toHaveProperty('name')
  expect(partOf(id_token, 1)).toMatchObject({ name: '王新', aud: 'storefront' })
})

it('says in every token when its person signed in; renewing does not change that', async () => {
  const before = Math.floor(Date.now() / 1000)
  const { access_token, refresh_token } = await cloud.signIn('王新')
  const signedIn = partOf(access_token, 1)['auth_time']
  expect(signedIn).toBeGreaterThanOrEqual(before)
  expect(signedIn).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000))
  const renewed = (await (await refresh(refresh_token)).json()) as { access_token: string; refresh_token: string }
  expect(renewed.access_token).not.toBe(access_token)
  expect(partOf(renewed.access_token, 1)['auth_time']).toBe(signedIn)
  const again = (await (await refresh(renewed.refresh_token)).json()) as { access_token: string }
  expect(partOf(again.access_token, 1)['auth_time']).toBe(signedIn)
})

it('keeps people signed in over a restart, and their tokens good', async () => {
  const { refresh_token } = await cloud.signIn('林小雨')
  const before = cloud.tokenFor('林小雨')
  await restarted()
  const renewed = await refresh(refresh_token)
  expect(renewed.status).toBe(200)
  const headers = { authorization: `Bearer ${before}` }
  expect((await fetch(`${cloud.urls.api}/things/1`, { headers })).status).toBe(201)
})

it('asks for PKCE and knows only the addresses of the site', async () => {
  const without = await asking({})
  expect(new URL(without.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request')
  const pkce = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }
  expect((await asking({ ...pkce, redirect_uri: 'https://elsewhere.example/' })).status).toBe(400)
  expect((await asking(pkce)).headers.get('location')).toMatch(/^\/sign-in\//)
})

it('lets the site, and no other origin, fetch tokens', async () => {
  const asked = async (origin: string) => {
    const response = await fetch(`${cloud.urls.issuer}/token`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    const answer = await fetch(`${cloud.urls.issuer}/token`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'storefront', refresh_token: 'none' }),
    })
    return [response.headers.get('access-control-allow-origin'), answer.headers.get('access-control-allow-origin')]
  }
  expect(await asked(cloud.urls.site)).toEqual([cloud.urls.site, cloud.urls.site])
  expect((await asked('https://elsewhere.example'))[1]).toBeNull()
})

it('shows the demo people on a page that runs no script', async () => {
  const first = await asking({ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' })
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const page = await fetch(new URL(first.headers.get('location') ?? '', cloud.urls.issuer), { headers: { cookie } })
  const text = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'")
  expect(text).not.toMatch(/<script|<style|style=/)
  expect(text.match(/<button/g)).toHaveLength(demoPeople.length)
  expect(text).toContain('<html lang="zh-CN">')
})

it('signs out by a page of its own', async () => {
  const { id_token } = await cloud.signIn('林小雨')
  const asked = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: `${cloud.urls.site}/en/` })
  const page = await fetch(`${cloud.urls.issuer}/session/end?${asked}`)
  expect(page.status).toBe(200)
  const wrong = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: 'https://elsewhere.example/' })
  expect((await fetch(`${cloud.urls.issuer}/session/end?${wrong}`)).status).toBe(400)
})
