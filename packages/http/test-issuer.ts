import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose'
import type { Config } from './config.ts'

export const now = '2026-11-21T02:00:00.000Z'
export const nowSeconds = Date.parse(now) / 1000

/** An issuer for tests: real keys, a real key server on a free port, and tokens as good or as bad as a test wants them. */
export async function startIssuer() {
  const rs256 = await generateKeyPair('RS256')
  const es256 = await generateKeyPair('ES256')
  const stranger = await generateKeyPair('RS256')
  const keys = [
    { ...(await exportJWK(rs256.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(es256.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
  ]
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const config: Config = {
    stage: 'dev',
    table: 'test',
    issuer: 'https://issuer.example',
    audience: 'https://skills-supermarket.example/api',
    clientId: 'storefront',
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    personNamespace: 'https://issuer.example',
    originSecret: 'secret of the edge',
    cursorSecret: 'secret of the cursors',
    publicUrl: 'https://skills-supermarket.example',
  }
  const goodClaims: JWTPayload = {
    iss: config.issuer,
    aud: config.audience,
    sub: 'worker-1',
    client_id: 'storefront',
    iat: nowSeconds,
    auth_time: nowSeconds - 60,
    exp: nowSeconds + 900,
  }
  /** A token with these claims and header fields laid over the good ones; `undefined` takes one out. */
  const token = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}, key = rs256.privateKey) =>
    new SignJWT({ ...goodClaims, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'rsa', typ: 'at+jwt', ...header } as JWTHeaderParameters)
      .sign(key)
  return {
    config,
    token,
    goodClaims,
    rs256,
    es256,
    stranger,
    keys,
    timesAsked: () => asked,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
export type Issuer = Awaited<ReturnType<typeof startIssuer>>
