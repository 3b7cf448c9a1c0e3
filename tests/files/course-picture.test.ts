import { CourseSnapshot } from '@skills/contract/snapshot.ts'
import { framePicture } from '@skills/core/files/frame-picture.ts'
import { jpegSize } from '@skills/core/files/picture-size.ts'
import { pngOf } from '@skills/local/png.ts'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { startStack, type Stack } from '../stack.ts'

describe('a picture in the shape of the shelves', () => {
  it.each([
    ['wide, cut', 800, 300, 'crop', 533, 300],
    ['wide, whole', 800, 300, 'contain', 800, 450],
    ['high, cut', 300, 800, 'crop', 300, 169],
    ['high, whole', 300, 800, 'contain', 1_280, 720],
    ['large', 2_400, 1_350, 'crop', 1_280, 720],
  ] as const)('%s', async (_, width, height, fit, wide, high) => {
    const framed = await framePicture(pngOf(width, height), fit)
    expect([framed.width, framed.height]).toEqual([wide, high])
    expect(jpegSize(Buffer.from(framed.bytes))).toMatchObject({ width: wide, height: high })
  })
})

let stack: Stack
let tokens: Record<'operator' | 'other', string>
let said = 0
beforeAll(async () => {
  stack = await startStack()
  tokens = { operator: stack.cloud.tokenFor('picture-operator'), other: stack.cloud.tokenFor('picture-other') }
  await stack.cloud.invoke('appoint-operator', { subject: 'picture-operator' })
})
afterAll(() => stack.stop())

async function ask(token: string, method: string, path: string, body?: unknown, type = 'application/json') {
  const key = { 'idempotency-key': `picture-tests-request-${(said += 1)}`, 'content-type': type }
  const headers = { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : key) }
  const sent = body === undefined ? {} : { body: type === 'application/json' ? JSON.stringify(body) : String(body) }
  const answer = await fetch(stack.cloud.urls.api + path, { method, headers, ...sent })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

async function uploaded(kind: string): Promise<string> {
  const bytes = pngOf(800, 300)
  const asked = await ask(tokens.operator, 'POST', '/me/files', { kind, type: 'image/png', bytes: bytes.length, name: '课堂.png' })
  const { file, form } = asked.body as unknown as { file: { id: string }; form: { url: string; fields: Record<string, string> } }
  const parts = new FormData()
  for (const [name, value] of Object.entries(form.fields)) parts.append(name, value)
  parts.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }))
  expect((await fetch(form.url, { method: 'POST', body: parts, headers: { origin: stack.cloud.urls.site } })).status).toBe(201)
  expect((await ask(tokens.operator, 'POST', `/me/files/${file.id}/inspection`)).status).toBe(200)
  return file.id
}

const sheet = [
  'provider_code,provider_name,provider_about,provider_region,course_code,title,summary,audience,industry,family,delivery,theory_hours,practice_hours,fee_yuan,course_state',
  'PIC,图片学校,简介,海口市,PIC-1,图片课程,简介,职工,旅游业,培训结业,直播,2,0,0,发布',
].join('\r\n')

test('a course gets its picture from an inspected file of its editor: framed, public beside the catalog, with words in both languages', async () => {
  expect((await ask(tokens.operator, 'POST', '/catalog/imports?write=yes', sheet, 'text/csv')).status).toBe(200)
  const shelf = `${stack.cloud.urls.site}/catalog`
  const index = async () =>
    (await (await fetch(`${shelf}/index.json`)).json().catch(() => undefined)) as { rows: { file: string }[] } | undefined
  await expect.poll(async () => (await index())?.rows.length ?? 0).toBeGreaterThan(0)
  const file = (await index())?.rows[0]?.file ?? ''
  const [row] = ((await (await fetch(`${shelf}/${file}`)).json()) as { rows: { id: string }[] }).rows
  const courseId = row?.id ?? ''
  const snapshot = async () => CourseSnapshot.parse(await (await fetch(`${shelf}/courses/${courseId}.json`)).json())

  const fileId = await uploaded('course-picture')
  const alt = { zh: '学员在学习', en: 'Learners at work' }
  const save = (token: string, body: object) => ask(token, 'PUT', `/courses/${courseId}/picture`, body)
  const picture = { fileId, fit: 'crop', alt }
  expect((await save(tokens.other, { version: 1, picture })).status).toBe(403)
  expect(await save(tokens.operator, { version: 9, picture })).toMatchObject({ status: 412, body: { code: 'version-conflict' } })
  expect(await save(tokens.operator, { version: 1, picture: { ...picture, alt: { zh: '学员', en: '' } } })).toMatchObject({ status: 422 })
  expect(await save(tokens.operator, { version: 1, picture: { ...picture, fileId: await uploaded('licence') } })).toMatchObject({
    status: 409,
    body: { code: 'file-not-accepted' },
  })
  const saved = await save(tokens.operator, { version: 1, picture })
  expect(saved).toMatchObject({ status: 200, body: { courseId, picture: { width: 533, height: 300, alt } } })
  const { src } = saved.body['picture'] as { src: string }
  const shown = await fetch(stack.cloud.urls.site + src)
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  expect(jpegSize(Buffer.from(await shown.arrayBuffer()))).toMatchObject({ width: 533, height: 300 })
  await expect.poll(async () => (await snapshot()).course.images).toEqual([{ src, width: 533, height: 300, alt }])

  const version = Number(saved.body['version'])
  expect(await save(tokens.operator, { version, picture: null })).toMatchObject({ status: 200, body: { picture: null } })
  await expect.poll(async () => (await snapshot()).course.images).toEqual([])
})
