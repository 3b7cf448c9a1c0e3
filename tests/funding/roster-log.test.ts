import { platformId } from '@skills/contract/ids.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import type { ApiHandler } from '@skills/http/api.ts'
import { personIdOf } from '@skills/http/person.ts'
import { expect, test } from 'vitest'
import { idNumber, mobileNumber } from '../people/people-scene.ts'
import { captured, useRealHandler } from '../people/real-handler.ts'
import { makeSponsor } from './funding-scene.ts'

const real = useRealHandler(() => import('@skills/functions/people/roster-handler.ts'))

test('nobody of a roster stands in an answer or in a line of the log, imported or refused', async () => {
  const { world } = real.scene
  const sponsor = await makeSponsor(world)
  const personId = personIdOf(real.issuer.config.personNamespace, 'roster-operator')
  const organizationName = { zh: '平台', en: 'Platform' }
  const membership = { organizationId: platformId, organizationName, roles: ['platform:operator' as const] }
  await writeMembership(world, undefined, 'system:test', personId, membership, undefined)
  const seconds = Math.floor(Date.now() / 1000)
  const token = await real.issuer.token({ sub: 'roster-operator', iat: seconds, exp: seconds + 900 })
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
            'x-origin-secret': real.issuer.config.originSecret,
            authorization: `Bearer ${token}`,
            'idempotency-key': `roster-log-${n}-${query.length}-0000`,
            'content-type': 'text/csv',
          },
          pathParameters: { sponsorId: sponsor.id },
          requestContext: { requestId: `request-${n}`, stage: 'api', http: { method: 'POST' } },
          body: Buffer.from(file).toString('base64'),
          isBase64Encoded: true,
        } as unknown as Parameters<ApiHandler>[0]
        const { statusCode, body } = await real.handler(event, { functionName: 'import-roster' } as Parameters<ApiHandler>[1])
        answers.push(`${statusCode} ${body}`)
      }
    }
  })
  expect(answers.map((answer) => answer.slice(0, 3))).toEqual(['200', '200', '422', '422', '422', '422'])
  expect(log.split('\n').length).toBeGreaterThan(answers.length)
  const values = people.flatMap(({ name, id, mobile }) => [name, id, mobile])
  for (const text of [log, answers.join('\n')]) expect(values.filter((value) => text.includes(value))).toEqual([])
})
