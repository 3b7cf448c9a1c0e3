import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { File as HouseFile } from '@skills/contract/files.ts'
import { keys } from '@skills/core/keys.ts'
import { writeFile } from '@skills/core/files/file.table.ts'
import { askedFile } from '@skills/core/files/file.ts'
import { readRange } from '@skills/core/table.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pngOf } from '@skills/local/png.ts'
import { startStack, type Stack } from '../stack.ts'
import { testWorld } from '../test-world.ts'

let stack: Stack
let tokens: Record<'owner' | 'other' | 'operator', string>
const picture = pngOf(320, 240)
let said = 0

beforeAll(async () => {
  stack = await startStack()
  tokens = {
    owner: stack.cloud.tokenFor('files-owner'),
    other: stack.cloud.tokenFor('files-other'),
    operator: stack.cloud.tokenFor('files-operator'),
  }
  await stack.cloud.invoke('appoint-operator', { subject: 'files-operator' })
})
afterAll(() => stack.stop())

async function ask(token: string, method: string, path: string, body?: unknown) {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(method === 'GET' ? {} : { 'idempotency-key': `files-tests-request-${(said += 1)}`, 'content-type': 'application/json' }),
  }
  const answer = await fetch(stack.cloud.urls.api + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

interface Form {
  url: string
  fields: Record<string, string>
}
const wanted = (bytes: Buffer, more: object = {}) => ({
  kind: 'licence',
  type: 'image/png',
  bytes: bytes.length,
  name: '执照.png',
  ...more,
})

async function asked(bytes: Buffer, more: object = {}): Promise<{ file: HouseFile; form: Form }> {
  const { status, body } = await ask(tokens.owner, 'POST', '/me/files', wanted(bytes, more))
  expect(status).toBe(201)
  return body as unknown as { file: HouseFile; form: Form }
}

async function send({ url, fields }: Form, bytes: Buffer): Promise<number> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([new Uint8Array(bytes)], { type: fields['content-type'] ?? '' }))
  const answer = await fetch(url, { method: 'POST', body: form, headers: { origin: stack.cloud.urls.site } })
  await answer.arrayBuffer()
  return answer.status
}

const inspect = (token: string, file: HouseFile) => ask(token, 'POST', `/me/files/${file.id}/inspection`)
const me = async (token: string) => String((await ask(token, 'GET', '/me')).body['personId'])
const bucketFolder = () =>
  stack.cloud.doubles.bucketFolder(stack.cloud.functions.all.map(({ config }) => config.env['FILES_BUCKET']).find(Boolean) ?? '')
const objects = (folder: string) => {
  try {
    return readdirSync(join(bucketFolder(), folder))
  } catch {
    return []
  }
}

test('a file goes straight to the bucket, counts once it was inspected, and is read by its owner and, with a purpose, by a reviewer', async () => {
  const { file, form } = await asked(picture)
  expect(await inspect(tokens.owner, file)).toMatchObject({ status: 409, body: { code: 'file-missing' } })
  expect(await send(form, picture)).toBe(201)
  expect(await inspect(tokens.other, file)).toMatchObject({ status: 404 })
  expect(await inspect(tokens.owner, file)).toMatchObject({
    status: 200,
    body: { state: 'accepted', width: 320, height: 240, until: null },
  })
  expect(objects('incoming')).not.toContain(file.id)

  const own = await ask(tokens.owner, 'GET', `/me/files/${file.id}`)
  const read = await fetch(String(own.body['url']))
  expect([read.status, read.headers.get('content-type'), read.headers.get('content-disposition')]).toEqual([
    200,
    'image/png',
    "inline; filename*=UTF-8''%E6%89%A7%E7%85%A7.png",
  ])
  await read.arrayBuffer()
  expect((await fetch(String(own.body['url']).replace(/Signature=../, 'Signature=00'))).status).toBe(403)
  expect((await fetch(String(own.body['url']).split('?')[0] ?? '')).status).toBe(403)

  const personId = await me(tokens.owner)
  const path = `/people/${personId}/files/${file.id}/readings`
  expect(await ask(tokens.other, 'POST', path, { purpose: 'application-review' })).toMatchObject({ status: 403 })
  const shown = await ask(tokens.operator, 'POST', path, { purpose: 'application-review' })
  expect([shown.status, (await fetch(String(shown.body['url']))).status]).toEqual([201, 200])
  const audit = await readRange(stack.table, { pk: keys.audit.key(file.id, '').pk })
  expect(audit.map(({ action }) => action)).toEqual(['ask', 'accept', 'shown: application-review'])
  expect(audit.at(-1)?.['by']).toBe(await me(tokens.operator))
})

test('a form takes exactly its key, type and size, and only signed fields', async () => {
  const { form } = await asked(picture)
  expect(await send(form, Buffer.concat([picture, Buffer.from('x')]))).toBe(400)
  expect(await send(form, picture.subarray(1))).toBe(400)
  const changed = (fields: Record<string, string>) => send({ ...form, fields: { ...form.fields, ...fields } }, picture)
  expect(await changed({ key: 'kept/fil_01KAJ3V0M0AAAAAAAAAAAAAAAA' })).toBe(403)
  expect(await changed({ 'content-type': 'text/html' })).toBe(403)
  expect(await changed({ acl: 'public-read' })).toBe(403)
  const policy = Buffer.from(form.fields['policy'] ?? '', 'base64').toString()
  expect(await changed({ policy: Buffer.from(policy.replace(/"expiration":"\d+/, '"expiration":"2999')).toString('base64') })).toBe(403)
})

test('what fails inspection is told with its reason, does not count, and is taken away; sending the form again changes nothing', async () => {
  const page = Buffer.concat([Buffer.from('<html><script>alert(1)</script>'), picture])
  const { file, form } = await asked(page)
  expect(await send(form, page)).toBe(201)
  const refused = await inspect(tokens.owner, file)
  expect(refused).toMatchObject({ status: 422, body: { code: 'file-rejected', reason: 'not-this-type' } })
  expect(refused.body['detail']).toContain('PDF')
  expect(await ask(tokens.owner, 'GET', `/me/files/${file.id}`)).toMatchObject({ status: 404 })
  expect([objects('incoming').includes(file.id), objects('kept').includes(file.id)]).toEqual([false, false])
  expect(await send(form, page)).toBe(201)
  expect(await inspect(tokens.owner, file)).toMatchObject({ status: 422, body: { reason: 'not-this-type' } })
  expect(objects('kept')).not.toContain(file.id)
})

test.each([
  [{ name: '执照.exe.png' }, 'name'],
  [{ bytes: 0 }, 'empty'],
  [{ bytes: 10 * 1024 * 1024 + 1 }, 'size'],
  [{ kind: 'venue-photo', type: 'application/pdf', name: 'a.pdf' }, 'not-this-type'],
])('no form is signed for %j', async (more, reason) => {
  expect(await ask(tokens.owner, 'POST', '/me/files', wanted(picture, more))).toMatchObject({
    status: 422,
    body: { code: 'file-rejected', reason },
  })
})

test('a repeated request gets the same file with a form that works, and no more than thirty are under way', async () => {
  const token = stack.cloud.tokenFor('files-many')
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'files-tests-the-same-again', 'content-type': 'application/json' }
  const once = async () =>
    (await (
      await fetch(`${stack.cloud.urls.api}/me/files`, { method: 'POST', headers, body: JSON.stringify(wanted(picture)) })
    ).json()) as { file: HouseFile; form: Form }
  const [first, second] = [await once(), await once()]
  expect(second.file).toEqual(first.file)
  expect(await send(second.form, picture)).toBe(201)
  for (let more = 1; more < 30; more += 1) expect((await ask(token, 'POST', '/me/files', wanted(picture))).status).toBe(201)
  expect(await ask(token, 'POST', '/me/files', wanted(picture))).toMatchObject({ status: 409, body: { code: 'too-many-files' } })
})

test('what nobody finished within an hour is taken away', async () => {
  const then = testWorld(stack.table, '2026-01-05T02:00:00.000Z')
  const personId = await me(tokens.other)
  const file = askedFile(then.id('file'), { kind: 'licence', type: 'image/png', bytes: picture.length, name: 'a.png' }, then.now())
  await writeFile(then, undefined, { before: undefined, personId, file, action: 'ask', by: personId })
  mkdirSync(join(bucketFolder(), 'incoming'), { recursive: true })
  writeFileSync(join(bucketFolder(), 'incoming', file.id), picture)
  expect(await inspect(tokens.other, file)).toMatchObject({ status: 409, body: { code: 'file-missing' } })
  expect(await stack.cloud.invoke('sweep-files', null)).toEqual({ due: 1, removed: 1 })
  expect(objects('incoming')).not.toContain(file.id)
  expect(await inspect(tokens.other, file)).toMatchObject({ status: 422 })
  expect(await stack.cloud.invoke('sweep-files', null)).toEqual({ due: 0, removed: 0 })
})
