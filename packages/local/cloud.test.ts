import { request } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms'
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCloud, type Cloud } from './cloud.ts'
import { credentials } from './tables.ts'
import { writeSmallCloud } from './test-cloud.ts'

const parts = writeSmallCloud()
let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud(parts)
})
afterAll(() => cloud.stop())

/** A request exactly as written: no client tidies its path. */
function raw(path: string, options: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {}): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(cloud.urls.gateway)
    const asked = request({ hostname, port, path, method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      let text = ''
      response.on('data', (piece: Buffer) => (text += piece.toString()))
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    asked.on('error', fail)
    asked.end(options.body)
  })
}
interface Echoed {
  event: { [name: string]: unknown; headers: Record<string, string>; requestContext: { authorizer?: { jwt: object }; stage: string; http: object } }
  env: Record<string, string>
}
const echo = async (path: string, options: Parameters<typeof raw>[1] = {}) => JSON.parse((await raw(path, options)).text) as Echoed
const json = { 'content-type': 'application/json' }
const told = (body: object) => raw('/api/open', { method: 'POST', headers: json, body: JSON.stringify(body) })

describe('events of the gateway', () => {
  it('carry path, query, headers and cookies as format 2.0 has them', async () => {
    const { event } = await echo('/api/open?a=1&a=%C3%A9&b', { headers: { 'X-Many': ['one', 'two'], cookie: 'k=v; l=w' } })
    expect(event).toMatchObject({ version: '2.0', routeKey: 'ANY /open', rawPath: '/api/open', rawQueryString: 'a=1&a=%C3%A9&b', cookies: ['k=v', 'l=w'], queryStringParameters: { a: '1,é', b: '' }, isBase64Encoded: false })
    expect(event.headers['x-many']).toBe('one,two')
    expect(event.headers).not.toHaveProperty('cookie')
    expect(event).not.toHaveProperty('body')
    expect(event.requestContext).toMatchObject({ stage: 'api', http: { method: 'GET', path: '/api/open' } })
  })

  it('carry decoded paths and parameters', async () => {
    const headers = { authorization: `Bearer ${cloud.tokenFor('林小雨')}` }
    expect((await echo('/api/things/a%20b', { headers })).event).toMatchObject({ rawPath: '/api/things/a b', pathParameters: { thingId: 'a b' } })
    expect((await echo('/api/files/x/y%2Fz')).event).toMatchObject({ routeKey: 'ANY /files/{proxy+}', pathParameters: { proxy: 'x/y/z' } })
    expect((await raw('/api/files/%zz')).status).toBe(400)
  })

  it('carry text as text and bytes as base64', async () => {
    expect((await echo('/api/open', { method: 'POST', headers: json, body: '{"x":"好"}' })).event).toMatchObject({ body: '{"x":"好"}', isBase64Encoded: false })
    const bytes = Buffer.from([0, 255, 1])
    expect((await echo('/api/open', { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes })).event).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true })
  })

  it('go to $default where no route fits, and nowhere outside the stage', async () => {
    expect((await echo('/api/nowhere', { method: 'PATCH' })).event).toMatchObject({ routeKey: '$default' })
    expect(await raw('/other')).toMatchObject({ status: 404, text: '{"message":"Not Found"}' })
  })
})

describe('answers of the gateway', () => {
  it('have status, headers and cookies of the function', async () => {
    const answer = await raw('/api/open')
    expect(answer).toMatchObject({ status: 201, headers: { 'x-env': cloud.urls.issuer, 'set-cookie': ['a=1', 'b=2'], 'content-type': 'text/plain;charset=UTF-8' } })
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
    expect(await raw('/api/open', { method: 'POST', headers: { ...json, 'content-length': String(10 * 1024 * 1024 + 1) } })).toMatchObject({ status: 413, text: '{"message":"Request Entity Too Large"}' })
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
    const answer = JSON.parse((await asked(`Bearer ${cloud.tokenFor('林小雨', { list: ['a', 'b'], n: 3 })}`)).text) as Echoed
    expect(answer.event.requestContext.authorizer?.jwt).toMatchObject({ claims: { sub: 'demo-lin-xiaoyu', list: '[a b]', n: '3', aud: 'https://small.example/api' }, scopes: null })
  })

  it('passes a token that came by a whole sign-in, and its refreshed successor', async () => {
    const tokens = await cloud.signIn('符大海')
    expect((await asked(`Bearer ${tokens.access_token}`, '/api/scoped')).status).toBe(201)
    const refresh = (token: string) => fetch(`${cloud.urls.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'storefront', refresh_token: token }) })
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
    ['an expired one', () => `Bearer ${cloud.tokenFor('x', { exp: now - 1 })}`],
    ['one for later', () => `Bearer ${cloud.tokenFor('x', { nbf: now + 60 })}`],
    ['another audience', () => `Bearer ${cloud.tokenFor('x', { aud: 'other' })}`],
    ['another issuer', () => `Bearer ${cloud.tokenFor('x', { iss: 'https://issuer.example' })}`],
    ['no signature method', () => `Bearer ${cloud.tokenFor('x', {}, { header: { alg: 'none' } })}`],
    ['an unknown key', () => `Bearer ${cloud.tokenFor('x', {}, { header: { kid: 'other' } })}`],
    ['a wrong signature', () => `Bearer ${cloud.tokenFor('x', {}, { signature: 'AAAA' })}`],
  ])('refuses %s', async (_, token) => {
    const answer = await asked(token())
    expect(answer).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' })
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
  })

  it('asks for one of the scopes of a route', async () => {
    const token = `Bearer ${cloud.tokenFor('x')}`
    expect((await asked(token, '/api/scoped')).status).toBe(201)
    expect(await asked(token, '/api/admin')).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' })
  })
})

describe('functions', () => {
  it('have the environment of the template, secrets resolved, and doubles in place of the cloud', async () => {
    const { env } = await echo('/api/open')
    expect(env).toMatchObject({ TABLE: 'small-table', OIDC_ISSUER: cloud.urls.issuer, AWS_LAMBDA_FUNCTION_NAME: 'small-dev-echo', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128', BUCKET: 'data-bucket' })
    expect(env['ORIGIN_SECRET']).toMatch(/^[A-Za-z0-9]{40}$/)
    expect(env).not.toHaveProperty('HOME')
  })

  it('answer or throw when invoked by key', async () => {
    expect(await cloud.invoke('echo', { hello: 1 })).toMatchObject({ statusCode: 201 })
    await expect(cloud.invoke('echo', { fail: true })).rejects.toThrow('TypeError: as asked')
  })

  it('are called by schedules with the input of the template', async () => {
    expect(JSON.stringify(await cloud.fire('tick'))).toContain('{\\"tick\\":true}')
  })
})

describe('streams', () => {
  const client = () => new DynamoDBClient({ endpoint: cloud.urls.dynamodb, region: 'x', credentials })
  const put = (pk: string) => client().send(new PutItemCommand({ TableName: 'small-table', Item: { pk: { S: pk }, sk: { S: '1' } } }))
  const seen = async () => {
    const { Items = [] } = await client().send(new ScanCommand({ TableName: 'small-table' }))
    return Items.flatMap(({ pk }) => (pk?.S?.startsWith('SEEN#') ? [pk.S.slice(5)] : [])).sort()
  }

  it('deliver what the filter lets pass once, lay a poisoned record aside, and go on after a restart where they were', async () => {
    for (const pk of ['P#1', 'P#2', 'P#poison', 'other', 'P#3']) await put(pk)
    await cloud.drain()
    expect(await seen()).toEqual(['P#1', 'P#2', 'P#3'])
    expect(cloud.deadLetters.read('letters')).toHaveLength(1)
    const secret = cloud.originSecret
    await cloud.stop()
    cloud = await startCloud(parts)
    expect(cloud.originSecret).toBe(secret)
    await put('P#4')
    await cloud.drain()
    expect(await seen()).toEqual(['P#1', 'P#2', 'P#3', 'P#4'])
    expect(cloud.deadLetters.read('letters')).toHaveLength(1)
  })
})

describe('doubles, spoken to by the SDK', () => {
  const config = (service: 'KMS' | 'S3' | 'SNS') => ({ endpoint: cloud.env[`AWS_ENDPOINT_URL_${service}` as keyof Cloud['env']] as string, region: 'x', credentials })

  it('KMS seals under a context and opens only under the same', async () => {
    const kms = new KMSClient(config('KMS'))
    const { env } = await echo('/api/open')
    const { Plaintext, CiphertextBlob } = await kms.send(new GenerateDataKeyCommand({ KeyId: env['KEY'], KeySpec: 'AES_256', EncryptionContext: { person: '1', field: 'x' } }))
    const open = (EncryptionContext: Record<string, string>) => kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))
    expect((await open({ field: 'x', person: '1' })).Plaintext).toEqual(Plaintext)
    await expect(open({ person: '2', field: 'x' })).rejects.toThrow(expect.objectContaining({ name: 'InvalidCiphertextException' }) as Error)
    await expect(kms.send(new GenerateMacCommand({ KeyId: env['KEY'], MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('m') }))).rejects.toThrow(expect.objectContaining({ name: 'InvalidKeyUsageException' }) as Error)
    await expect(kms.send(new VerifyMacCommand({ KeyId: 'none', MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('m'), Mac: Buffer.from('x') }))).rejects.toThrow(expect.objectContaining({ name: 'NotFoundException' }) as Error)
  })

  it('S3 keeps objects with their headers, refuses to overwrite when asked, lists and copies', async () => {
    const s3 = new S3Client({ ...config('S3'), forcePathStyle: true })
    const at = { Bucket: 'data-bucket', Key: 'catalog/好.json' }
    await s3.send(new PutObjectCommand({ ...at, Body: '{"a":1}', ContentType: 'application/json', CacheControl: 'max-age=5' }))
    await expect(s3.send(new PutObjectCommand({ ...at, Body: 'x', IfNoneMatch: '*' }))).rejects.toThrow(expect.objectContaining({ name: 'PreconditionFailed' }) as Error)
    const got = await s3.send(new GetObjectCommand(at))
    expect(await got.Body?.transformToString()).toBe('{"a":1}')
    expect(got).toMatchObject({ ContentType: 'application/json', CacheControl: 'max-age=5' })
    await s3.send(new CopyObjectCommand({ Bucket: 'data-bucket', Key: 'copy.json', CopySource: `data-bucket/${encodeURIComponent(at.Key)}` }))
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'data-bucket', Key: 'copy.json' }))).toMatchObject({ CacheControl: 'max-age=5', ETag: got.ETag })
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'data-bucket', Prefix: 'catalog/' }))).Contents?.map(({ Key }) => Key)).toEqual([at.Key])
    await expect(s3.send(new GetObjectCommand({ ...at, Key: 'none' }))).rejects.toThrow(expect.objectContaining({ name: 'NoSuchKey' }) as Error)
    // The edge serves the same folder, with the same headers.
    expect((await fetch(`${cloud.urls.site}/${encodeURI(at.Key)}`)).headers.get('cache-control')).toBe('max-age=5')
  })

  it('SNS lays messages into the mailbox, which shows them escaped', async () => {
    await new SNSClient(config('SNS')).send(new PublishCommand({ PhoneNumber: '+8619900000001', Message: '您好 <b>' }))
    expect(cloud.doubles.mailbox.messages().at(-1)).toMatchObject({ to: '+8619900000001', text: '您好 <b>' })
    expect(await (await fetch(cloud.urls.mailbox)).text()).toContain('您好 &#60;b&#62;')
  })
})

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
    expect(await (await fetch(`${cloud.urls.site}/config.json`)).json()).toMatchObject({ issuer: cloud.urls.issuer, clientId: 'storefront', audience: 'https://small.example/api' })
  })

  it('never leaves the folder of the bucket', async () => {
    for (const path of ['/..%2f..%2fsecrets.json', '/%2e%2e/secrets.json', '/%00', '/%zz']) expect((await fetch(`${cloud.urls.site}${path}`)).status).toBe(404)
  })

  it('adds the secret that only it knows on the way to the gateway, whatever the visitor sent', async () => {
    const { event } = (await (await fetch(`${cloud.urls.api}/open`, { headers: { 'x-origin-secret': 'guess' } })).json()) as Echoed
    expect(event.headers['x-origin-secret']).toBe(cloud.originSecret)
    expect(event.headers['x-origin-secret']).toMatch(/^[A-Za-z0-9]{40}$/)
    expect(((await echo('/api/open')).event.headers)).not.toHaveProperty('x-origin-secret')
  })
})
