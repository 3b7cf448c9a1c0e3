import { isTextAnswer, type Route } from '@skills/contract/route.ts'
import type { Language } from '@skills/contract/text.ts'
import * as z from 'zod/mini'
import type { WithHeaders } from './call.ts'
import { fieldErrors } from './fields.ts'

/** An answer as API Gateway takes it. */
export interface Reply {
  statusCode: number
  headers: Record<string, string>
  body: string
  isBase64Encoded?: boolean
}

/** A story answered something else than its route declares. `where` says at which paths, without values. */
export class AnswerMismatch extends Error {
  override readonly name = 'AnswerMismatch'
  readonly where: string

  constructor(where: string) {
    super('The answer does not fit its declaration')
    this.where = where
  }
}

/** The answer of a story as its route declares it; anything else never leaves. */
export function checkedAnswer(route: Route, answer: unknown): unknown {
  if (isTextAnswer(route.answer.body)) return answer
  const parsed = z.safeParse(route.answer.body, answer)
  if (parsed.success) return parsed.data
  const where = fieldErrors(parsed.error.issues, answer).map(({ pointer, code }) => `${pointer} ${code}`)
  throw new AnswerMismatch(where.slice(0, 5).join(', '))
}

/** What stands over every answer: nothing kept unless a route says so, nothing guessed, one language, the request's number. */
export function plainHeaders(told: { requestId: string; language: Language }, contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'cache-control': 'no-store',
    'content-language': told.language === 'en' ? 'en' : 'zh-CN',
    vary: 'Accept-Language',
    'x-content-type-options': 'nosniff',
    'x-request-id': told.requestId,
  }
}

/** The answer of a route. Only what anyone may see is ever kept by browsers and edges. */
export function reply(route: Route, body: unknown, told: { requestId: string; language: Language }): Reply {
  const text = isTextAnswer(route.answer.body) ? route.answer.body.text : undefined
  const headers = plainHeaders(told, text ?? 'application/json')
  if (route.cacheSeconds !== undefined && route.who === 'anyone') headers['cache-control'] = `public, max-age=${route.cacheSeconds}`
  const statusCode = route.answer.status
  if (text === undefined) return { statusCode, headers, body: JSON.stringify(body) }
  const { text: content, headers: own, next }: WithHeaders = isPlain(body) ? { text: body, headers: {} } : (body as WithHeaders)
  Object.assign(headers, own, typeof next === 'string' ? { 'x-next-cursor': next } : {})
  if (typeof content === 'string') return { statusCode, headers, body: content }
  return { statusCode, headers, body: Buffer.from(content).toString('base64'), isBase64Encoded: true }
}

const isPlain = (body: unknown): body is string | Uint8Array => typeof body === 'string' || body instanceof Uint8Array
