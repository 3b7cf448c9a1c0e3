import { writeMembership } from '@skills/core/people/membership.table.ts'
import type { ApiHandler } from '@skills/http/api.ts'
import { personIdOf } from '@skills/http/person.ts'
import { expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { useRealHandler } from '../people/real-handler.ts'
import { learner } from './roster-scene.ts'

const real = useRealHandler(() => import('@skills/functions/roster/handler.ts'))

async function page(runId: string, cursor: string | undefined) {
  // The handler lives by the real clock, and so must its tokens.
  const seconds = Math.floor(Date.now() / 1000)
  const token = await real.issuer.token({ sub: 'paging-manager', iat: seconds, auth_time: seconds, exp: seconds + 900 })
  const event = {
    version: '2.0',
    routeKey: 'GET /runs/{runId}/roster',
    rawPath: `/api/runs/${runId}/roster`,
    rawQueryString: `limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`,
    headers: { 'x-origin-secret': real.issuer.config.originSecret, authorization: `Bearer ${token}` },
    pathParameters: { runId },
    requestContext: { requestId: 'request-1', stage: 'api', http: { method: 'GET' } },
    isBase64Encoded: false,
  } as unknown as Parameters<ApiHandler>[0]
  const { body } = await real.handler(event, { functionName: 'roster' } as Parameters<ApiHandler>[1])
  return { text: String(body), ...(JSON.parse(String(body)) as { items: { enrollmentId: string }[]; next: string | null }) }
}

test('who pages through a roster sees every learner once and learns no person’s id, not from the cursors either', async () => {
  const { scene } = real
  scene.world.moveTo(new Date().toISOString())
  const date = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const window = { opensAt: new Date(Date.now() - 3_600_000).toISOString(), closesAt: new Date(Date.now() + 86_400_000).toISOString() }
  const run = await makeRun(scene.world, { date, ...window })
  const manager = personIdOf(real.issuer.config.personNamespace, 'paging-manager')
  const membership = { organizationId: run.run.providerId, organizationName: run.providerName, roles: ['provider:manager' as const] }
  await writeMembership(scene.world, undefined, 'system:test', manager, membership, undefined)
  const learners = [await learner(scene, run, 700), await learner(scene, run, 701), await learner(scene, run, 702)]
  const seen: string[] = []
  const carried: string[] = []
  let cursor: string | undefined
  do {
    const one = await page(run.run.id, cursor)
    seen.push(...one.items.map(({ enrollmentId }) => enrollmentId))
    carried.push(one.text)
    cursor = one.next ?? undefined
    // However a cursor is cut and decoded, no id is in it.
    for (const piece of cursor?.split('.') ?? [])
      for (const form of ['base64url', 'base64', 'hex'] as const) carried.push(Buffer.from(piece, form).toString('latin1'))
  } while (cursor !== undefined)
  expect(seen.toSorted()).toEqual(learners.map(({ enrollmentId }) => enrollmentId).toSorted())
  expect(carried.length).toBeGreaterThan(2 * 4)
  for (const text of carried) {
    expect(text).not.toContain('per_')
    for (const { personId } of learners) expect(text).not.toContain(personId)
  }
})
