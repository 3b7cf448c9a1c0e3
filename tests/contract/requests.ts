import { request } from 'node:http'
import { bodyExamples, parameterExamples } from '@skills/contract/examples.ts'
import { refusals, type RefusalCode } from '@skills/contract/refusals.ts'
import { isFileBody, isTextAnswer, type Route } from '@skills/contract/route.ts'
import { routes } from '@skills/contract/routes.ts'
import type { Cloud } from '@skills/local/cloud.ts'
import { afterAll, beforeAll, expect } from 'vitest'
import { startStack, type Stack } from '../stack.ts'

let running: Stack

/** A live stack for the tests of this file, with somebody appointed as its first operator and a provider's manager. */
export function useStack(): void {
  beforeAll(async () => {
    running = await startStack()
    await running.cloud.invoke('appoint-operator', { subject: 'contract-operator' })
    // What a provider says for itself no operator can say: the caller of these tests manages one too.
    const { body } = await send(routes.getMe as Route, operator())
    const params = { personId: String(body['personId']), organizationId: parameterExamples['providerId'] ?? '' }
    const membership = { organizationName: { zh: '契约测试', en: 'Contract tests' }, roles: ['provider:manager'] }
    const appointed = await send(routes.saveMembership as Route, operator(), { params, body: JSON.stringify(membership) })
    expect(appointed.status, appointed.text).toBe(200)
  })
  afterAll(() => running.stop())
}
export const cloud = (): Cloud => running.cloud
export const table = () => running.table
/** A token of somebody who may call every route, so that what is refused is refused for its input. */
export const operator = () => cloud().tokenFor('contract-operator')

export const all = Object.values(routes) as Route[]
/** Stands wherever a test sends a wrong value; no answer may say it back. */
export const canary = 'canary-王麻子-7f3a'
export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

export interface Given {
  params?: Record<string, string>
  /** The query as it is written, without `?`. */
  query?: string
  /** A header that is `undefined` is left out. */
  headers?: Record<string, string | undefined>
  body?: string | Uint8Array
  method?: string
  /** The address as it is written, in place of the route's. */
  path?: string
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  body: Record<string, unknown> & { errors?: { pointer: string; code: string; detail: string }[] }
}

let keys = 0
/** A key that no other request of this run has. */
const newKey = () => `contract-tests-${process.pid}-${Date.now()}-${(keys += 1)}`

/** The smallest import sheet that is read. */
const sheet = 'provider_code\r\n'

function queryOf({ query }: Route): string {
  if (query === undefined || !('shape' in query)) return ''
  const needed = Object.entries(query.shape as Record<string, { _zod: { optin?: string } }>).filter(
    ([, field]) => field._zod.optin === undefined,
  )
  return needed.map(([name]) => `${name}=${encodeURIComponent(parameterExamples[name] ?? '')}`).join('&')
}

/** Sends what the contract's examples say, with what is given laid over it, exactly as written. */
export async function send(route: Route, token: string | undefined, given: Given = {}): Promise<Answer> {
  const params = { ...parameterExamples, ...given.params }
  const path = given.path ?? route.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
  const query = given.query ?? queryOf(route)
  const example = isFileBody(route.body) ? sheet : bodyExamples[route.name]
  const body = given.body ?? (typeof example === 'object' ? JSON.stringify(example) : (example as string | undefined))
  const headers: Record<string, string | undefined> = {
    accept: isTextAnswer(route.answer.body) ? '*/*' : 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(route.writes && { 'idempotency-key': newKey() }),
    ...(body !== undefined && {
      'content-type': isFileBody(route.body) ? (route.body.file[0] ?? '') : 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }),
    ...given.headers,
  }
  return exchange(given.method ?? route.method, `${new URL(cloud().urls.api).pathname}${path}${query && `?${query}`}`, headers, body)
}

/** One exchange over HTTP without any tidying of the address, which `fetch` would do. */
function exchange(
  method: string,
  path: string,
  headers: Record<string, string | undefined>,
  body: string | Uint8Array | undefined,
): Promise<Answer> {
  const { hostname, port } = new URL(cloud().urls.api)
  const kept = Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: kept }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString()
        const json = String(response.headers['content-type']).includes('json')
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: (json ? JSON.parse(text) : {}) as Answer['body'],
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** That an answer is the problem document of this code, whole, in this language, and says nothing back that was sent. */
export function expectProblem(answer: Answer, code: RefusalCode, language: Language = 'zh'): void {
  const { status, title, retry } = refusals[code]
  expect(answer.body['code'] ?? answer.text).toBe(code)
  expect(answer.status).toBe(status)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'content-language': language === 'en' ? 'en' : 'zh-CN',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  const { type, instance, detail } = answer.body
  expect(answer.body).toMatchObject({ title: title[language], status, retry })
  expect(String(type)).toMatch(new RegExp(`^https?://[^/]+/problems/${code}/$`))
  expect(instance).toBe(`urn:request:${String(answer.headers['x-request-id'])}`)
  expect(/\p{Script=Han}/u.test(String(detail))).toBe(language === 'zh')
  expect(String(detail)).not.toMatch(/\{\w+\}/)
  for (const error of answer.body.errors ?? []) {
    expect(error).toEqual({
      pointer: expect.stringMatching(/^#/) as string,
      code: expect.stringMatching(/^[a-z-]+$/) as string,
      detail: expect.any(String) as string,
    })
    expect(/\p{Script=Han}/u.test(error.detail)).toBe(language === 'zh')
  }
  expect(answer.text).not.toContain('canary')
  expect(answer.text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.ts\b/)
}
