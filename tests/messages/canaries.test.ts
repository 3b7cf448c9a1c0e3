import { keys } from '@skills/core/keys.ts'
import type { ApiHandler } from '@skills/http/api.ts'
import { personIdOf } from '@skills/http/person.ts'
import { expect, test } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { put } from '../people/notices-scene.ts'
import { captured, useRealHandler } from '../people/real-handler.ts'

const real = useRealHandler(() => import('@skills/functions/messages/handler.ts'))
const canary = { title: '金丝雀标题', text: '金丝雀说：周三晚上我要接孩子', reason: '金丝雀举报', mobile: '19900007531' }
let requests = 0

async function send(sub: string, routeKey: string, params: Record<string, string>, body?: unknown) {
  const [method = '', path = ''] = routeKey.split(' ')
  // The handler lives by the real clock, and so must its tokens.
  const seconds = Math.floor(Date.now() / 1000)
  const token = await real.issuer.token({ sub, iat: seconds, auth_time: seconds, exp: seconds + 900 })
  const event = {
    version: '2.0',
    routeKey,
    rawPath: `/api${path}`,
    rawQueryString: '',
    headers: {
      'x-origin-secret': real.issuer.config.originSecret,
      authorization: `Bearer ${token}`,
      ...(method === 'GET' ? {} : { 'idempotency-key': `canary-message-${(requests += 1)}`, 'content-type': 'application/json' }),
    },
    pathParameters: params,
    requestContext: { requestId: `request-${requests}`, stage: 'api', http: { method } },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
  } as unknown as Parameters<ApiHandler>[0]
  const { statusCode, body: text } = await real.handler(event, { functionName: 'messages' } as Parameters<ApiHandler>[1])
  return { status: statusCode, text: String(text) }
}

test('words of people stand in no line of the log, and a number that is refused is said back nowhere', async () => {
  const { world } = real.scene
  const { run } = await makeRun(world, { capacity: 60, date: '2090-01-05' })
  const learner = personIdOf(real.issuer.config.personNamespace, 'canary-learner')
  await put(world, { ...keys.guard.key(learner, run.id), runId: run.id, enrollmentId: world.id('enrollment'), state: 'active' })
  const params = { runId: run.id }
  const refused: string[] = []
  const log = await captured(async () => {
    const { title, text, reason, mobile } = canary
    const asked = await send('canary-learner', 'POST /runs/{runId}/questions', params, { title, text })
    expect(asked.status, asked.text).toBe(201)
    const { id: threadId } = JSON.parse(asked.text) as { id: string }
    const message = { threadId, number: '1' }
    expect((await send('canary-learner', 'GET /threads/{threadId}', { threadId })).text).toContain(text)
    for (const [status, answer] of [
      [422, await send('canary-learner', 'POST /runs/{runId}/questions', params, { title, text: `${text} ${mobile}` })],
      [422, await send('canary-learner', 'POST /runs/{runId}/questions', params, { title, text, [text]: 1 })],
      [400, await send('canary-learner', 'POST /runs/{runId}/questions', params, `{"title":"${title}","text":"${text}`)],
      [409, await send('canary-stranger', 'POST /runs/{runId}/questions', params, { title, text })],
      [404, await send('canary-stranger', 'POST /threads/{threadId}/messages', { threadId }, { text })],
      [404, await send('canary-stranger', 'POST /threads/{threadId}/messages/{number}/reports', message, { reason })],
      [403, await send('canary-stranger', 'POST /threads/{threadId}/messages/{number}/decision', message, { hide: true, reason })],
    ] as const) {
      expect(answer.status, answer.text).toBe(status)
      refused.push(answer.text)
    }
    expect((await send('canary-learner', 'POST /threads/{threadId}/messages', { threadId }, { text })).status).toBe(201)
    expect((await send('canary-learner', 'POST /threads/{threadId}/messages/{number}/reports', message, { reason })).status).toBe(200)
  })
  expect(log.split('\n').length).toBeGreaterThan(9)
  for (const word of Object.values(canary))
    for (const [where, said] of Object.entries({ log, refused: refused.join('\n') })) expect(said, where).not.toContain(word)
})
