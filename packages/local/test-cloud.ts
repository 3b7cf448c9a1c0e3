import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { api, data, site } from './test-template.ts'

/** The code of the small cloud's functions: it tells what it was given, or does what the body asks. */
const echo = `
import { DynamoDBClient, PutItemCommand, GetItemCommand } from ${JSON.stringify(import.meta.resolve('@aws-sdk/client-dynamodb'))}
let count = 0
export const handler = async (event, context) => {
  if (event.fail) throw new TypeError('as asked')
  const body = event.body && !event.isBase64Encoded ? JSON.parse(event.body) : {}
  if (body.sleep) await new Promise((done) => setTimeout(done, body.sleep))
  if (body.exit) process.exit(3)
  if (body.spin) for (;;);
  if (body.throw) throw new Error('as asked')
  if (body.put) await new DynamoDBClient({}).send(new PutItemCommand({ TableName: process.env.TABLE, Item: body.put }))
  console.log(JSON.stringify({ message: 'called', requestId: context.awsRequestId }))
  if ('answer' in body) return body.answer
  return { statusCode: 201, headers: { 'X-Env': process.env.OIDC_ISSUER ?? '' }, cookies: ['a=1', 'b=2'], body: JSON.stringify({ event, count: (count += 1), left: context.getRemainingTimeInMillis(), env: process.env }) }
}`

/** Writes every stream record it gets behind its own key; refuses records whose key begins with \`P#poison\`. */
const consumer = `
import { DynamoDBClient, PutItemCommand } from ${JSON.stringify(import.meta.resolve('@aws-sdk/client-dynamodb'))}
const client = new DynamoDBClient({})
export const handler = async ({ Records }) => {
  const failures = []
  for (const { eventID, dynamodb } of Records) {
    const pk = dynamodb.Keys.pk.S
    if (pk.startsWith('P#poison')) { failures.push({ itemIdentifier: dynamodb.SequenceNumber }); break }
    await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { pk: { S: 'SEEN#' + pk }, sk: { S: eventID } } }))
  }
  return { batchItemFailures: failures }
}`

/** Writes a small synthesized cloud of three stacks into a fresh folder; gives the folder and one for its data. */
export function writeSmallCloud(): { cdkOut: string; dataDir: string } {
  const folder = mkdtempSync(join(tmpdir(), 'small-cloud-'))
  const cdkOut = join(folder, 'cdk.out')
  for (const [asset, code] of Object.entries({ echo, consumer })) {
    mkdirSync(join(cdkOut, `asset.${asset}`), { recursive: true })
    writeFileSync(join(cdkOut, `asset.${asset}`, 'handler.mjs'), code)
  }
  for (const [name, template] of Object.entries({ data, api, site }))
    writeFileSync(join(cdkOut, `${name}.template.json`), JSON.stringify(template))
  const files = Object.fromEntries(
    ['echo', 'consumer'].map((asset) => [
      asset,
      { source: { path: `asset.${asset}` }, destinations: { here: { objectKey: `${asset}.zip` } } },
    ]),
  )
  writeFileSync(join(cdkOut, 'api.assets.json'), JSON.stringify({ files }))
  return { cdkOut, dataDir: join(folder, 'data') }
}
