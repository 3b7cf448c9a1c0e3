import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import type { ApiHandler } from '@skills/http/api.ts'
import { personIdOf } from '@skills/http/person.ts'
import { expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { captured, useRealHandler } from '../people/real-handler.ts'
import { learner, sentence } from './roster-scene.ts'

const real = useRealHandler(() => import('@skills/functions/roster/handler.ts'))

let requests = 0
/** A request as the gateway hands it over, of the manager whose sign-in is so many minutes old. */
async function send(routeKey: string, params: Record<string, string>, body?: unknown, age = 0, key = `reveal-request-${(requests += 1)}`) {
  // The handler lives by the real clock, and so must its tokens.
  const seconds = Math.floor(Date.now() / 1000)
  const token = await real.issuer.token({ sub: 'roster-manager', iat: seconds, auth_time: seconds - age * 60, exp: seconds + 900 })
  const [method = '', path = ''] = routeKey.split(' ')
  const event = {
    version: '2.0',
    routeKey,
    rawPath: `/api${path}`,
    rawQueryString: '',
    headers: {
      'x-origin-secret': real.issuer.config.originSecret,
      authorization: `Bearer ${token}`,
      ...(method === 'GET' ? {} : { 'idempotency-key': key, 'content-type': 'application/json' }),
    },
    pathParameters: params,
    requestContext: { requestId: `request-${requests}`, stage: 'api', http: { method } },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  } as unknown as Parameters<ApiHandler>[0]
  const { statusCode, body: text, headers } = await real.handler(event, { functionName: 'roster' } as Parameters<ApiHandler>[1])
  return { status: statusCode, text: String(text), headers: headers ?? {} }
}

test('what is opened stands in its answer alone: in no line of the log, in no item, kept by no cache; a sign-in must be recent', async () => {
  const { scene } = real
  scene.world.moveTo(new Date().toISOString())
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const window = { opensAt: new Date(Date.now() - 3_600_000).toISOString(), closesAt: new Date(Date.now() + 86_400_000).toISOString() }
  const run = await makeRun(scene.world, { date: day, ...window })
  const manager = personIdOf(real.issuer.config.personNamespace, 'roster-manager')
  const membership = { organizationId: run.run.providerId, organizationName: run.providerName, roles: ['provider:manager' as const] }
  await writeMembership(scene.world, undefined, 'system:test', manager, membership, undefined)
  const secrets: string[] = []
  const log = await captured(async () => {
    for (let n = 0; n < 10; n += 1) {
      const one = await learner(scene, run, 300 + n)
      secrets.push(one.name, one.mobile, one.mobile.slice(3))
      const params = { runId: run.run.id, enrollmentId: one.enrollmentId }
      const reveals = 'POST /runs/{runId}/roster/{enrollmentId}/reveals'
      for (const [what, value] of [
        ['mobile', one.mobile],
        ['name', one.name],
      ] as const) {
        const body = { what, purpose: 'contact', sentence }
        expect((await send(reveals, params, body, 16)).text).toContain('step-up-required')
        const key = `reveal-again-${n}-${what}-000`
        const opened = await send(reveals, params, body, 0, key)
        expect([opened.status, opened.text.includes(value)]).toEqual([200, true])
        expect(opened.headers['cache-control']).toBe('no-store')
        expect((await send(reveals, params, body, 0, key)).text).toBe(opened.text)
        const wrong = await send(reveals, params, { ...body, sentence: `请打 ${one.mobile}` })
        expect([wrong.status, wrong.text.includes(one.mobile)]).toEqual([422, false])
      }
      const roster = await send('GET /runs/{runId}/roster', { runId: run.run.id })
      expect([roster.status, secrets.filter((secret) => roster.text.includes(secret))]).toEqual([200, []])
    }
    expect((await send('GET /runs/{runId}/roster/export', { runId: run.run.id }, undefined, 16)).text).toContain('step-up-required')
    const exported = await send('GET /runs/{runId}/roster/export', { runId: run.run.id })
    expect([exported.status, secrets.filter((secret) => exported.text.includes(secret))]).toEqual([200, []])
  })
  expect(log.split('\n').length).toBeGreaterThan(80)
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
  const pieces: string[] = []
  let start: Record<string, unknown> | undefined
  do {
    const page = await scene.world.table.client.send(new ScanCommand({ TableName: scene.world.table.name, ExclusiveStartKey: start }))
    pieces.push(JSON.stringify(page.Items))
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  const table = pieces.join('\n')
  expect(table.split('"REVEAL#').length - 1).toBe(20)
  expect(secrets.filter((secret) => table.includes(secret))).toEqual([])
})
