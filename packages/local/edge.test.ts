import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startSmallCloud, type Echoed } from './test-callers.ts'

const small = startSmallCloud()
const { echo } = small

describe('the edge', () => {
  it('serves folders by their index, the 404 page, validators and compression, under the headers of its policy', async () => {
    mkdirSync(join(small.cloud.siteFolder, 'en'), { recursive: true })
    writeFileSync(join(small.cloud.siteFolder, 'index.html'), '<p>home</p>'.repeat(200))
    writeFileSync(join(small.cloud.siteFolder, 'en', 'index.html'), 'english')
    writeFileSync(join(small.cloud.siteFolder, '404.html'), 'lost')
    const home = await fetch(`${small.cloud.urls.site}/`, { headers: { 'accept-encoding': 'gzip, br' } })
    expect(home.status).toBe(200)
    expect(home.headers.get('content-encoding')).toBe('br')
    expect(home.headers.get('content-security-policy')).toBe(`default-src 'self'; connect-src 'self' ${small.cloud.urls.issuer}`)
    expect((await fetch(`${small.cloud.urls.site}/`, { headers: { 'if-none-match': home.headers.get('etag') ?? '' } })).status).toBe(304)
    expect(await (await fetch(`${small.cloud.urls.site}/en/`)).text()).toBe('english')
    const lost = await fetch(`${small.cloud.urls.site}/no/such/`)
    expect([lost.status, await lost.text()]).toEqual([404, 'lost'])
    expect(await (await fetch(`${small.cloud.urls.site}/config.json`)).json()).toMatchObject({
      issuer: small.cloud.urls.issuer,
      clientId: 'storefront',
      audience: 'https://small.example/api',
    })
  })

  it('never leaves the folder of the bucket', async () => {
    for (const path of ['/..%2f..%2fsecrets.json', '/%2e%2e/secrets.json', '/%00', '/%zz'])
      expect((await fetch(`${small.cloud.urls.site}${path}`)).status).toBe(404)
  })

  it('adds the secret that only it knows on the way to the gateway, whatever the visitor sent', async () => {
    const { event } = (await (await fetch(`${small.cloud.urls.api}/open`, { headers: { 'x-origin-secret': 'guess' } })).json()) as Echoed
    expect(event.headers['x-origin-secret']).toBe(small.cloud.originSecret)
    expect(event.headers['x-origin-secret']).toMatch(/^[A-Za-z0-9]{40}$/)
    expect((await echo('/api/open')).event.headers).not.toHaveProperty('x-origin-secret')
  })
})
