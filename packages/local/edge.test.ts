import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCloud, type Cloud } from './cloud.ts'
import { callersOf, type Echoed } from './test-callers.ts'
import { writeSmallCloud } from './test-cloud.ts'

const parts = writeSmallCloud()
let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud(parts)
})
afterAll(() => cloud.stop())
const { echo } = callersOf(() => cloud)

describe('the edge', () => {
  it('serves folders by their index, the 404 page, validators and compression, under the headers of its policy', async () => {
    mkdirSync(join(cloud.siteFolder, 'en'), { recursive: true })
    writeFileSync(join(cloud.siteFolder, 'index.html'), '<p>home</p>'.repeat(200))
    writeFileSync(join(cloud.siteFolder, 'en', 'index.html'), 'english')
    writeFileSync(join(cloud.siteFolder, '404.html'), 'lost')
    const home = await fetch(`${cloud.urls.site}/`, { headers: { 'accept-encoding': 'gzip, br' } })
    expect(home.status).toBe(200)
    expect(home.headers.get('content-encoding')).toBe('br')
    expect(home.headers.get('content-security-policy')).toBe(`default-src 'self'; connect-src 'self' ${cloud.urls.issuer}`)
    expect((await fetch(`${cloud.urls.site}/`, { headers: { 'if-none-match': home.headers.get('etag') ?? '' } })).status).toBe(304)
    expect(await (await fetch(`${cloud.urls.site}/en/`)).text()).toBe('english')
    const lost = await fetch(`${cloud.urls.site}/no/such/`)
    expect([lost.status, await lost.text()]).toEqual([404, 'lost'])
    expect(await (await fetch(`${cloud.urls.site}/config.json`)).json()).toMatchObject({
      issuer: cloud.urls.issuer,
      clientId: 'storefront',
      audience: 'https://small.example/api',
    })
  })

  it('never leaves the folder of the bucket', async () => {
    for (const path of ['/..%2f..%2fsecrets.json', '/%2e%2e/secrets.json', '/%00', '/%zz'])
      expect((await fetch(`${cloud.urls.site}${path}`)).status).toBe(404)
  })

  it('adds the secret that only it knows on the way to the gateway, whatever the visitor sent', async () => {
    const { event } = (await (await fetch(`${cloud.urls.api}/open`, { headers: { 'x-origin-secret': 'guess' } })).json()) as Echoed
    expect(event.headers['x-origin-secret']).toBe(cloud.originSecret)
    expect(event.headers['x-origin-secret']).toMatch(/^[A-Za-z0-9]{40}$/)
    expect((await echo('/api/open')).event.headers).not.toHaveProperty('x-origin-secret')
  })
})
