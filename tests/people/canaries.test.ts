import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { consentNotices } from '@skills/core/people/consent.ts'
import type { ApiHandler } from '@skills/http/api.ts'
import { startIssuer, type Issuer } from '@skills/http/test-issuer.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dataKey, idNumber, macKey, mobileNumber, startScene, type Scene } from './people-scene.ts'

const count = 200
let scene: Scene
let issuer: Issuer
let handler: ApiHandler
const written: string[] = []
const answered: string[] = []

beforeAll(async () => {
  scene = await startScene()
  issuer = await startIssuer()
  const { config } = issuer
  Object.assign(process.env, scene.doubles.env, {
    STAGE: config.stage,
    TABLE: scene.world.table.name,
    OIDC_ISSUER: config.issuer,
    OIDC_AUDIENCE: config.audience,
    OIDC_CLIENT_ID: config.clientId,
    OIDC_JWKS_URL: config.jwksUrl,
    PERSON_NAMESPACE: config.personNamespace,
    ORIGIN_SECRET: config.originSecret,
    CURSOR_SECRET: config.cursorSecret,
    PUBLIC_URL: config.publicUrl,
    DATA_KEY: dataKey,
    MAC_KEY: macKey,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: scene.endpoint,
  })
  const { handler: real } = await import('@skills/functions/people/handler.ts')
  handler = real
})
afterAll(async () => {
  await issuer.stop()
  await scene.stop()
})

/** Everything that this process writes out while `work` runs. */
async function captured(work: () => Promise<void>): Promise<string> {
  let text = ''
  const keep = (piece: unknown) => {
    text += String(piece)
    return true
  }
  const spies = [vi.spyOn(process.stdout, 'write').mockImplementation(keep), vi.spyOn(process.stderr, 'write').mockImplementation(keep)]
  const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...pieces) => void keep(pieces.map(String).join(' '))),
  )
  await work().finally(() => [...spies, ...consoles].forEach((spy) => spy.mockRestore()))
  return text
}

const tokens = new Map<number, string>()
async function tokenOf(n: number): Promise<string> {
  // The handler lives by the real clock, and so must its tokens.
  const seconds = Math.floor(Date.now() / 1000)
  const token = tokens.get(n) ?? (await issuer.token({ sub: `canary-${n}`, iat: seconds, auth_time: seconds, exp: seconds + 900 }))
  tokens.set(n, token)
  return token
}

let requests = 0
async function send(n: number, routeKey: string, body: unknown, params?: Record<string, string>) {
  const [method = '', path = ''] = routeKey.split(' ')
  const token = await tokenOf(n)
  const event = {
    version: '2.0',
    routeKey,
    rawPath: `/api${path}`,
    rawQueryString: '',
    headers: {
      'x-origin-secret': issuer.config.originSecret,
      authorization: `Bearer ${token}`,
      ...(method === 'GET' ? {} : { 'idempotency-key': `canary-request-${(requests += 1)}`, 'content-type': 'application/json' }),
    },
    pathParameters: params,
    requestContext: { requestId: `request-${requests}`, stage: 'api', http: { method } },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
  } as unknown as Parameters<ApiHandler>[0]
  const { statusCode, body: text } = await handler(event, { functionName: 'people' } as Parameters<ApiHandler>[1])
  return { status: statusCode, text }
}

const han = (n: number) => String.fromCodePoint(0x4e00 + n)
const canary = (n: number) => ({ name: `测金丝雀${han(n)}`, id: idNumber(n), mobile: mobileNumber(n), union: `CANARY-${n}` })

test('two hundred canaries pass through the real handler and stand readable in no item and no line of the log', async () => {
  const log = await captured(async () => {
    for (let n = 0; n < count; n += 1) {
      const { name, id, mobile, union } = canary(n)
      written.push(name, id, mobile, union)
      const given = { given: true, noticeVersion: consentNotices.identity.version }
      expect((await send(n, 'PUT /me/consents/{purpose}', given, { purpose: 'identity' })).status).toBe(200)
      const profile = { realName: name, residentId: id, mobile, unionNumber: union, region: '460100', employmentKind: 'platform-worker' }
      // Every way to be refused comes first, with the canary in it.
      const taken = canary(Math.max(0, n - 1))
      const refused = [
        await send(n, 'PUT /me/profile', { ...profile, realName: `${name}<`, residentId: `${id}0`, mobile: `${mobile}0` }),
        await send(n, 'PUT /me/profile', { ...profile, employmentKind: id, [name]: id }),
        await send(n, 'PUT /me/profile', { ...profile, certificates: [{ trade: id, level: null }] }),
        await send(n, 'PUT /me/profile', `{"realName":"${name}","residentId":"${id}"`),
        ...(n > 0
          ? [
              await send(n, 'PUT /me/profile', { ...profile, residentId: taken.id }),
              await send(n, 'PUT /me/profile', { ...profile, mobile: taken.mobile }),
            ]
          : []),
      ]
      expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 400, 409, 409].slice(0, refused.length))
      answered.push(...refused.map(({ text }) => text))
      const saved = await send(n, 'PUT /me/profile', profile)
      expect([saved.status, saved.text]).toEqual([200, expect.stringContaining(name)])
      if (n % 20 === 0) expect((await send(n, 'GET /me/export', undefined)).text).toContain(id)
    }
  })
  const table = await wholeTable()
  expect(table.split('"PROFILE"').length - 1).toBe(count)
  expect(log.split('\n').length).toBeGreaterThan(count * 6)
  for (const [where, text] of Object.entries({ table, log, refusals: answered.join('\n') })) {
    expect(
      written.filter((value) => text.includes(value)),
      where,
    ).toEqual([])
  }
})

test('control: a canary in the table would be found', async () => {
  const { name, id } = canary(0)
  await scene.world.table.client.send(
    new PutCommand({ TableName: scene.world.table.name, Item: { pk: 'X', sk: 'X', deep: { list: [name, id] } } }),
  )
  const table = await wholeTable()
  expect(written.filter((value) => table.includes(value))).toEqual([name, id])
})

async function wholeTable(): Promise<string> {
  const pieces: string[] = []
  let start: Record<string, unknown> | undefined
  do {
    const page = await scene.world.table.client.send(new ScanCommand({ TableName: scene.world.table.name, ExclusiveStartKey: start }))
    pieces.push(JSON.stringify(page.Items))
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return pieces.join('\n')
}
