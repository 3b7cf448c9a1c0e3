import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Assembly } from './assembly.ts'
import { createKmsDouble } from './kms-double.ts'
import { close, listen } from './ports.ts'
import { credentials } from './tables.ts'

const ref = '33333333-3333-4333-8333-333333333333'
const folder = mkdtempSync(join(tmpdir(), 'kms-'))
let server: Server
let url: string
beforeAll(async () => {
  const assembly: Assembly = {
    of: (type) => (type === 'AWS::KMS::Key' ? [{ stack: 'test', id: ref, type, ref, properties: {} }] : []),
    assetFolder: (name) => name,
  }
  const double = createKmsDouble(assembly, join(folder, 'kms.json'))
  server = createServer((request, response) => void double(request, response, '/'))
  url = `http://127.0.0.1:${await listen(server, 0)}`
})
afterAll(async () => {
  await close(server)
  rmSync(folder, { recursive: true })
})

const ask = async (call: string, body: string) => {
  const answer = await fetch(url, { method: 'POST', headers: { 'x-amz-target': `TrentService.${call}` }, body })
  const { __type: type } = (await answer.json()) as { __type?: string }
  return [answer.status, type]
}

it('answers whatever goes wrong with its status and name, and goes on', async () => {
  expect(await ask('Decrypt', 'no json')).toEqual([400, 'SerializationException'])
  expect(await ask('Decrypt', 'null')).toEqual([500, 'KMSInternalException'])
  expect(await ask('DoSomethingElse', '{}')).toEqual([400, 'UnsupportedOperationException'])
  expect(await ask('Decrypt', JSON.stringify({ CiphertextBlob: 'AAAA' }))).toEqual([400, 'InvalidCiphertextException'])
  expect(await ask('GenerateDataKey', JSON.stringify({ KeyId: ref }))).toEqual([200, undefined])
})

it('is understood by the SDK when a key was wrapped elsewhere', async () => {
  const kms = new KMSClient({ endpoint: url, region: 'x', credentials })
  const { CiphertextBlob } = await kms.send(new GenerateDataKeyCommand({ KeyId: ref, KeySpec: 'AES_256' }))
  await expect(kms.send(new DecryptCommand({ CiphertextBlob: CiphertextBlob?.subarray(1) }))).rejects.toMatchObject({
    name: 'InvalidCiphertextException',
  })
  kms.destroy()
})
