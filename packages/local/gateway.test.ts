import { describe, expect, it } from 'vitest'
import { startSmallCloud, json, type Echoed } from './test-callers.ts'

const small = startSmallCloud()
const { raw, echo, told } = small

describe('events of the gateway', () => {
  it('carry path, query, headers and cookies as format 2.0 has them', async () => {
    const { event } = await echo('/api/open?a=1&a=%C3%A9&b', { headers: { 'X-Many': ['one', 'two'], cookie: 'k=v; l=w' } })
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /open',
      rawPath: '/api/open',
      rawQueryString: 'a=1&a=%C3%A9&b',
      cookies: ['k=v', 'l=w'],
      queryStringParameters: { a: '1,é', b: '' },
      isBase64Encoded: false,
    })
    expect(event.headers['x-many']).toBe('one,two')
    expect(event.headers).not.toHaveProperty('cookie')
    expect(event).not.toHaveProperty('body')
    expect(event.requestContext).toMatchObject({ stage: 'api', http: { method: 'GET', path: '/api/open' } })
  })

  it('carry decoded paths and parameters', async () => {
    const headers = { authorization: `Bearer ${small.cloud.tokenFor('林小雨')}` }
    expect((await echo('/api/things/a%20b', { headers })).event).toMatchObject({
      rawPath: '/api/things/a b',
      pathParameters: { thingId: 'a b' },
    })
    expect((await echo('/api/files/x/y%2Fz')).event).toMatchObject({ routeKey: 'ANY /files/{proxy+}', pathParameters: { proxy: 'x/y/z' } })
    expect((await raw('/api/files/%zz')).status).toBe(400)
  })

  it('carry text as text and bytes as base64', async () => {
    expect((await echo('/api/open', { method: 'POST', headers: json, body: '{"x":"好"}' })).event).toMatchObject({
      body: '{"x":"好"}',
      isBase64Encoded: false,
    })
    const bytes = Buffer.from([0, 255, 1])
    expect(
      (await echo('/api/open', { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes })).event,
    ).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true })
  })

  it('go to $default where no route fits, and nowhere outside the stage', async () => {
    expect((await echo('/api/nowhere', { method: 'PATCH' })).event).toMatchObject({ routeKey: '$default' })
    expect(await raw('/other')).toMatchObject({ status: 404, text: '{"message":"Not Found"}' })
  })
})

describe('answers of the gateway', () => {
  it('have status, headers and cookies of the function', async () => {
    const answer = await raw('/api/open')
    expect(answer).toMatchObject({
      status: 201,
      headers: { 'x-env': small.cloud.urls.issuer, 'set-cookie': ['a=1', 'b=2'], 'content-type': 'text/plain;charset=UTF-8' },
    })
  })

  it.each([
    [{ hello: 1 }, 200, 'application/json', '{"hello":1}'],
    ['text', 200, 'application/json', 'text'],
    [{ statusCode: 204 }, 204, 'text/plain;charset=UTF-8', ''],
    [{ statusCode: 200, body: 'aGk=', isBase64Encoded: true, headers: { 'content-type': 'image/png' } }, 200, 'image/png', 'hi'],
    [{ statusCode: 'x' }, 500, 'application/json', '{"message":"Internal Server Error"}'],
    [{ statusCode: 200, body: { not: 'text' } }, 500, 'application/json', '{"message":"Internal Server Error"}'],
  ])('%j becomes %i %s', async (answer, status, type, text) => {
    expect(await told({ answer })).toMatchObject({ status, text, headers: { 'content-type': type } })
  })

  it('have no body for HEAD', async () => {
    expect(await raw('/api/open', { method: 'HEAD' })).toMatchObject({ status: 201, text: '' })
  })

  it('are 413 above ten megabytes', async () => {
    expect(await raw('/api/open', { method: 'POST', headers: { ...json, 'content-length': String(10 * 1024 * 1024 + 1) } })).toMatchObject({
      status: 413,
      text: '{"message":"Request Entity Too Large"}',
    })
  })

  it('are 500 when the function throws, ends, hangs or spins past its timeout, and the next call is answered', async () => {
    for (const how of [{ throw: 1 }, { exit: 1 }, { sleep: 5_000 }, { spin: 1 }]) {
      expect(await told(how)).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' })
      expect((await raw('/api/open')).status).toBe(201)
    }
  })
})

describe('the authorizer', () => {
  const asked = (token: string, path = '/api/things/1') => raw(path, { headers: { authorization: token } })

  it('passes a token of the issuer on, its claims as text', async () => {
    const answer = JSON.parse((await asked(`Bearer ${small.cloud.tokenFor('林小雨', { list: ['a', 'b'], n: 3 })}`)).text) as Echoed
    expect(answer.event.requestContext.authorizer?.jwt).toMatchObject({
      claims: { sub: 'demo-lin-xiaoyu', list: '[a b]', n: '3', aud: 'https://small.example/api' },
      scopes: null,
    })
  })

  it('passes a token that came by a whole sign-in, and its refreshed successor', async () => {
    const tokens = await small.cloud.signIn('符大海')
    expect((await asked(`Bearer ${tokens.access_token}`, '/api/scoped')).status).toBe(201)
    const refresh = (token: string) =>
      fetch(`${small.cloud.urls.issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'storefront', refresh_token: token }),
      })
    const renewed = await refresh(tokens.refresh_token)
    expect(renewed.status).toBe(200)
    const { access_token } = (await renewed.json()) as { access_token: string }
    expect((await asked(`Bearer ${access_token}`)).status).toBe(201)
    // Refresh tokens are used once: a second use is theft.
    expect((await refresh(tokens.refresh_token)).status).toBe(400)
  })

  const now = Math.floor(Date.now() / 1000)
  it.each([
    ['no token', () => ''],
    ['nonsense', () => 'Bearer x.y.z'],
    ['an expired one', () => `Bearer ${small.cloud.tokenFor('x', { exp: now - 1 })}`],
    ['one for later', () => `Bearer ${small.cloud.tokenFor('x', { nbf: now + 60 })}`],
    ['another audience', () => `Bearer ${small.cloud.tokenFor('x', { aud: 'other' })}`],
    ['another issuer', () => `Bearer ${small.cloud.tokenFor('x', { iss: 'https://issuer.example' })}`],
    ['no signature method', () => `Bearer ${small.cloud.tokenFor('x', {}, { header: { alg: 'none' } })}`],
    ['an unknown key', () => `Bearer ${small.cloud.tokenFor('x', {}, { header: { kid: 'other' } })}`],
    ['a wrong signature', () => `Bearer ${small.cloud.tokenFor('x', {}, { signature: 'AAAA' })}`],
  ])('refuses %s', async (_, token) => {
    const answer = await asked(token())
    expect(answer).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' })
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
  })

  it('asks for one of the scopes of a route', async () => {
    const token = `Bearer ${small.cloud.tokenFor('x')}`
    expect((await asked(token, '/api/scoped')).status).toBe(201)
    expect(await asked(token, '/api/admin')).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' })
  })
})
