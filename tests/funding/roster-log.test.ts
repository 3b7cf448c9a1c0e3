import { platformId } from '@skills/contract/ids.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import type { ApiHandler } from '@skills/http/api.ts'
import { personIdOf } from '@skills/http/person.ts'
import { startIssuer, type Issuer } from '@skills/http/test-issuer.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dataKey, idNumber, macKey, mobileNumber, startScene, type Scene } from '../people/people-scene.ts'
import { makeSponsor } from './funding-scene.ts'

let scene: Scene
let issuer: Issuer
let handler: ApiHandler
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
  const { handler: real } = await import('@skills/functions/people/roster-handler.ts')
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

test('nobody of a roster stands in an answer or in a line of the log, imported or refused', async () => {
  const { world } = scene
  const sponsor = await makeSponsor(world)
  const personId = personIdOf(issuer.config.personNamespace, 'roster-operator')
  const organizationName = { zh: '平台', en: 'Platform' }
  const membership = { organizationId: platformId, organizationName, roles: ['platform:operator' as const] }
  await writeMembership(world, undefined, 'system:test', personId, membership, undefined)
  const seconds = Math.floor(Date.now() / 1000)
  const token = await issuer.token({ sub: 'roster-operator', iat: seconds, exp: seconds + 900 })
  const people = Array.from({ length: 50 }, (_, n) => ({
    name: `名册测试${String.fromCodePoint(0x4e00 + n)}`,
    id: idNumber(400 + n),
    mobile: mobileNumber(400 + n),
  }))
  const rows = people.map(({ name, id, mobile }, n) => `${name},${n % 3 === 0 ? '' : id},${mobile}${n % 5 === 0 ? '0' : ''}`)
  const files = [
    `姓名,身份证号,手机号\r\n${rows.join('\r\n')}`,
    `姓名,姓名,手机号\r\n${rows.join('\r\n')}`,
    `姓名\r\n"${rows.join('\r\n')}`,
  ]
  const until = `${new Date().getFullYear() + 1}-12-31`
  const answers: string[] = []
  const log = await captured(async () => {
    for (const [n, file] of files.entries()) {
      for (const query of [`until=${until}`, `until=${until}&write=yes`]) {
        const event = {
          version: '2.0',
          routeKey: 'POST /sponsors/{sponsorId}/rosters',
          rawPath: `/api/sponsors/${sponsor.id}/rosters`,
          rawQueryString: query,
          headers: {
            'x-origin-secret': issuer.config.originSecret,
            authorization: `Bearer ${token}`,
            'idempotency-key': `roster-log-${n}-${query.length}-0000`,
            'content-type': 'text/csv',
          },
          pathParameters: { sponsorId: sponsor.id },
          requestContext: { requestId: `request-${n}`, stage: 'api', http: { method: 'POST' } },
          body: Buffer.from(file).toString('base64'),
          isBase64Encoded: true,
        } as unknown as Parameters<ApiHandler>[0]
        const { statusCode, body } = await handler(event, { functionName: 'import-roster' } as Parameters<ApiHandler>[1])
        answers.push(`${statusCode} ${body}`)
      }
    }
  })
  expect(answers.map((answer) => answer.slice(0, 3))).toEqual(['200', '200', '422', '422', '422', '422'])
  expect(log.split('\n').length).toBeGreaterThan(answers.length)
  const values = people.flatMap(({ name, id, mobile }) => [name, id, mobile])
  for (const text of [log, answers.join('\n')]) expect(values.filter((value) => text.includes(value))).toEqual([])
})
