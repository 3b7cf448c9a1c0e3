import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { createClient } from '@skills/contract/client.ts'
import { keys } from '@skills/core/keys.ts'
import { renewConsents } from '@skills/local/first-run.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStack, type Stack } from '../stack.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

test('when notices get new words a demo person agrees again to what she had agreed to, and to nothing else', async () => {
  const client = createClient({ base: stack.cloud.urls.api, token: () => stack.cloud.tokenFor('renewer'), language: 'zh' })
  const asked = async () => {
    const answer = await client.call('listConsents', {})
    if (!answer.ok) throw new Error(answer.problem.code)
    // One that is renewed, one that was withdrawn, one that was never given.
    return answer.value.consents.filter(({ purpose }) => ['identity', 'sms', 'talent-pool'].includes(purpose))
  }
  const answered = async () => (await asked()).map(({ given, givenVersion, noticeVersion }) => [given, givenVersion === noticeVersion])
  const me = await client.call('getMe', {})
  if (!me.ok) throw new Error(me.problem.code)
  for (const { purpose, noticeVersion } of await asked())
    if (purpose !== 'talent-pool') await client.call('saveConsent', { params: { purpose }, body: { given: true, noticeVersion } })
  for (const { purpose, noticeVersion } of await asked()) {
    if (purpose === 'sms') await client.call('saveConsent', { params: { purpose }, body: { given: false, noticeVersion } })
    if (purpose === 'talent-pool') continue
    // As if the words had changed since.
    await stack.table.client.send(
      new UpdateCommand({
        TableName: stack.table.name,
        Key: keys.consent.key(me.value.personId, purpose),
        UpdateExpression: 'SET #version = :older',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':older': 'older' },
      }),
    )
  }
  expect(await answered()).toEqual([
    [true, false],
    [false, false],
    [false, false],
  ])
  await renewConsents(client)
  expect(await answered()).toEqual([
    [true, true],
    [false, false],
    [false, false],
  ])
})
