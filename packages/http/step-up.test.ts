import { cancelEnrollment } from '@skills/contract/enrollment.routes.ts'
import { exportMe } from '@skills/contract/people.routes.ts'
import { recently } from '@skills/contract/route.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { isRecent } from './step-up.ts'
import { enrollmentId, startApi } from './test-api.ts'
import { now, nowSeconds } from './test-issuer.ts'

let app: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  app = await startApi()
})
afterAll(() => app.issuer.stop())
beforeEach(() => {
  app.reset()
  app.state.paysBack = false
})

const longest = recently * 60
const signedIn = async (claims: Record<string, unknown>, language = 'zh-CN') => ({
  headers: { authorization: `Bearer ${await app.issuer.token(claims)}`, 'accept-language': language },
})
const exported = async (claims: Record<string, unknown>, language?: string) => app.send('GET /me/export', await signedIn(claims, language))
const leave = async (claims: Record<string, unknown>, headers: Record<string, string> = {}) => {
  const given = await signedIn(claims)
  const path = 'POST /me/enrollments/{enrollmentId}/cancellation'
  return app.send(path, { params: { enrollmentId }, body: '{}', headers: { ...given.headers, ...headers } })
}
const old = { auth_time: nowSeconds - 86_400 }

test.each([
  ['just now', 0, true],
  ['exactly as long ago as may be', longest, true],
  ['one second longer', longest + 1, false],
  ['yesterday', 86_400, false],
  ['by a clock that is a minute ahead', -60, true],
  ['by a clock that is further ahead', -61, false],
])('signed in %s', async (_, age, recent) => {
  expect(isRecent(nowSeconds - age, now, recently)).toBe(recent)
  expect((await exported({ auth_time: nowSeconds - age })).status).toBe(recent ? 200 : 401)
})

test.each([
  ['no time', undefined],
  ['null', null],
  ['a time as text', String(nowSeconds)],
  ['a time in a list', [nowSeconds]],
  ['the start of all times', 0],
  ['milliseconds', nowSeconds * 1000],
  ['a time after all calendars', 1e300],
])('a token with %s of signing in is no recent one', async (_, auth_time) => {
  expect((await exported({ auth_time })).code).toBe('step-up-required')
})

test('what is refused says why, how recent, and to a client without our words what it must ask for', async () => {
  const { status, headers, body } = await exported(old)
  expect([status, body['code'], body['retry'], body['minutes']]).toEqual([401, 'step-up-required', 'after-change', recently])
  expect(headers['www-authenticate']).toMatch(/^Bearer error="insufficient_user_authentication", error_description="[^"]+", max_age="900"$/)
  expect(body['detail']).toContain('15 分钟')
  expect((await exported(old, 'en')).body['detail']).toContain('last 15 minutes')
  expect(app.state.told).toEqual([])
})

test('a renewed token does not make the sign-in newer, and time makes it older', async () => {
  const renewed = { iat: nowSeconds, exp: nowSeconds + 900, jti: 'renewed' }
  expect((await exported({ ...old, ...renewed })).code).toBe('step-up-required')
  expect((await exported({ auth_time: nowSeconds - longest, ...renewed })).status).toBe(200)
  expect((await exported({ auth_time: nowSeconds - longest - 1, ...renewed })).code).toBe('step-up-required')
})

test('only the signed token counts: nothing else that a request brings says when somebody signed in', async () => {
  app.state.paysBack = true
  expect((await leave(old, { 'x-auth-time': String(nowSeconds), auth_time: String(nowSeconds) })).code).toBe('step-up-required')
})

test('a route that asks in some cases asks in those only, and tells its story in none of the others', async () => {
  expect([cancelEnrollment.stepUp, exportMe.stepUp]).toEqual([recently, recently])
  expect((await leave(old)).status).toBe(200)
  app.state.paysBack = true
  expect((await leave(old)).code).toBe('step-up-required')
  expect(app.state.told).toEqual([])
  expect((await leave({ auth_time: nowSeconds })).status).toBe(200)
})

test('somebody who may not is told that, and a body that is wrong is told first: nobody signs in again for nothing', async () => {
  app.state.paysBack = true
  const given = await signedIn(old)
  const path = 'POST /me/enrollments/{enrollmentId}/cancellation'
  expect((await app.send(path, { params: { enrollmentId }, body: '{"price":1}', ...given })).code).toBe('validation-failed')
  expect((await app.send(path, { params: { enrollmentId: 'enr_1' }, body: '{}', ...given })).code).toBe('not-found')
})
