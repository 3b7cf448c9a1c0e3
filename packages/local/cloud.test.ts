import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, it } from 'vitest'
import { credentials } from './tables.ts'
import { startSmallCloud } from './test-callers.ts'

const small = startSmallCloud()
const { echo } = small

describe('functions', () => {
  it('have the environment of the template, secrets resolved, and doubles in place of the cloud', async () => {
    const { env } = await echo('/api/open')
    expect(env).toMatchObject({
      TABLE: 'small-table',
      OIDC_ISSUER: small.cloud.urls.issuer,
      AWS_LAMBDA_FUNCTION_NAME: 'small-dev-echo',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      BUCKET: 'data-bucket',
    })
    expect(env['ORIGIN_SECRET']).toMatch(/^[A-Za-z0-9]{40}$/)
    expect(env).not.toHaveProperty('HOME')
  })

  it('answer or throw when invoked by key', async () => {
    expect(await small.cloud.invoke('echo', { hello: 1 })).toMatchObject({ statusCode: 201 })
    await expect(small.cloud.invoke('echo', { fail: true })).rejects.toThrow('TypeError: as asked')
  })

  it('are called by schedules with the input of the template', async () => {
    expect(JSON.stringify(await small.cloud.fire('tick'))).toContain('{\\"tick\\":true}')
  })
})

describe('streams', () => {
  const client = () => new DynamoDBClient({ endpoint: small.cloud.urls.dynamodb, region: 'x', credentials })
  const put = (pk: string) => client().send(new PutItemCommand({ TableName: 'small-table', Item: { pk: { S: pk }, sk: { S: '1' } } }))
  const seen = async () => {
    const { Items = [] } = await client().send(new ScanCommand({ TableName: 'small-table' }))
    return Items.flatMap(({ pk }) => (pk?.S?.startsWith('SEEN#') ? [pk.S.slice(5)] : [])).sort()
  }

  it('deliver what the filter lets pass once, lay a poisoned record aside, and go on after a restart where they were', async () => {
    for (const pk of ['P#1', 'P#2', 'P#poison', 'other', 'P#3']) await put(pk)
    await small.cloud.drain()
    expect(await seen()).toEqual(['P#1', 'P#2', 'P#3'])
    expect(small.cloud.deadLetters.read('letters')).toHaveLength(1)
    const secret = small.cloud.originSecret
    await small.restart()
    expect(small.cloud.originSecret).toBe(secret)
    await put('P#4')
    await small.cloud.drain()
    expect(await seen()).toEqual(['P#1', 'P#2', 'P#3', 'P#4'])
    expect(small.cloud.deadLetters.read('letters')).toHaveLength(1)
  })
})
