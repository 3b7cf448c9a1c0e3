import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { consentNotices } from '@skills/core/people/consent.ts'
import type { ApiHandler } from '@skills/http/api.ts'
import { expect, test } from 'vitest'
import { idNumber, mobileNumber } from './people-scene.ts'
import { captured, useRealHandler } from './real-handler.ts'

const count = 200
const real = useRealHandler(() => import('@skills/functions/people/handler.ts'))
const written: string[] = []
const answered: string[] = []

const tokens = new Map<number, string>()
async function tokenOf(n: number): Promise<string> {
  // The handler lives by the real clock, and so must its tokens.
  const seconds = Math.floor(Date.now() / 1000)
  const token = tokens.get(n) ?? (await real.issuer.token({ sub: `canary-${n}`, iat: seconds, auth_time: seconds, exp: seconds + 900 }))
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
      'x-origin-secret': real.issuer.config.originSecret,
      authorization: `Bearer ${token}`,
      ...(method === 'GET' ? {} : { 'idempotency-key': `canary-request-${(requests += 1)}`, 'content-type': 'application/json' }),
    },
    pathParameters: params,
    requestContext: { requestId: `request-${requests}`, stage: 'api', http: { method } },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
  } as unknown as Parameters<ApiHandler>[0]
  const { statusCode, body: text } = await real.handler(event, { functionName: 'people' } as Parameters<ApiHandler>[1])
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
  await real.scene.world.table.client.send(
    new PutCommand({ TableName: real.scene.world.table.name, Item: { pk: 'X', sk: 'X', deep: { list: [name, id] } } }),
  )
  const table = await wholeTable()
  expect(written.filter((value) => table.includes(value))).toEqual([name, id])
})

async function wholeTable(): Promise<string> {
  const pieces: string[] = []
  let start: Record<string, unknown> | undefined
  do {
    const page = await real.scene.world.table.client.send(
      new ScanCommand({ TableName: real.scene.world.table.name, ExclusiveStartKey: start }),
    )
    pieces.push(JSON.stringify(page.Items))
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return pieces.join('\n')
}
