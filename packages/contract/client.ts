import type * as z from 'zod/mini'
import { paths, type RouteName } from './paths.ts'
import type { Routes } from './routes.ts'

type Shape<R, K extends string> =
  R extends Record<K, infer S> ? (S extends z.ZodMiniType ? z.input<S> : S extends { file: unknown } ? BodyInit : never) : undefined
/** One route at a time: the parts of all routes combined would be too many for the compiler. */
/** One route at a time (`R extends unknown`), or the compiler multiplies what all routes take. */
type Input<R> = R extends unknown
  ? (R extends { params: z.ZodMiniType } ? { params: Shape<R, 'params'> } : { params?: undefined }) &
      (R extends { query: z.ZodMiniType } ? { query?: Shape<R, 'query'> } : { query?: undefined }) &
      (R extends { body: unknown } ? { body: Shape<R, 'body'> } : { body?: undefined }) & { key?: string; headers?: Record<string, string> }
  : never
type Answer<R> = R extends { answer: { body: infer B } } ? (B extends z.ZodMiniType ? z.output<B> : string) : never

/** A problem document (RFC 9457) as the house answers it. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: string
  retry: 'never' | 'after-change' | 'same-key' | 'later'
  errors?: { pointer: string; code: string; detail: string }[]
  [member: string]: unknown
}
export type Outcome<T> = { ok: true; status: number; value: T } | { ok: false; status: number; problem: Problem }

export interface ClientParts {
  /** Where the routes stand, without a slash at the end: `/api` or `https://…/api`. */
  base: string
  token?: () => Promise<string | undefined> | string | undefined
  language?: 'zh' | 'en'
  /** A new Idempotency-Key; pass `key` to a call to retry with the same one. */
  newKey?: () => string
  fetch?: typeof fetch
}

/** A client typed by the contract: `call(name, input)` answers with the route's answer or with the problem, and throws only when nothing answered. */
export function createClient(parts: ClientParts) {
  const send = parts.fetch ?? fetch
  return {
    async call<N extends RouteName>(name: N, input: Input<Routes[N]>): Promise<Outcome<Answer<Routes[N]>>> {
      const [method = '', template = ''] = paths[name].split(' ')
      const given = input as {
        params?: Record<string, string>
        query?: Record<string, unknown>
        body?: unknown
        key?: string
        headers?: Record<string, string>
      }
      const path = template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(given.params?.[key] ?? ''))
      const query = new URLSearchParams()
      for (const [key, value] of Object.entries(given.query ?? {})) if (value !== undefined) query.set(key, String(value))
      const headers: Record<string, string> = {
        accept: 'application/json, application/problem+json, */*;q=0.1',
        'accept-language': parts.language === 'en' ? 'en' : 'zh-CN',
      }
      const token = await parts.token?.()
      if (token) headers['authorization'] = `Bearer ${token}`
      let body: BodyInit | undefined
      if (method !== 'GET') {
        headers['idempotency-key'] = given.key ?? parts.newKey?.() ?? crypto.randomUUID()
        if (given.body !== undefined) {
          const plain = Object.getPrototypeOf(given.body) === Object.prototype
          body = plain ? JSON.stringify(given.body) : (given.body as BodyInit)
          headers['content-type'] = plain ? 'application/json' : 'application/octet-stream'
        }
      }
      const response = await send(`${parts.base}${path}${query.size ? `?${query}` : ''}`, {
        method,
        headers: { ...headers, ...given.headers },
        ...(body === undefined ? {} : { body }),
      })
      const type = response.headers.get('content-type') ?? ''
      const value: unknown = type.includes('json') ? await response.json() : await response.text()
      if (response.ok) return { ok: true, status: response.status, value: value as Answer<Routes[N]> }
      const problem = type.includes('json') && value !== null && typeof value === 'object' ? (value as Problem) : unread(response.status)
      return { ok: false, status: response.status, problem: { ...unread(response.status), ...problem } }
    },
  }
}

/** What is said where the gateway or the edge answered in words that are not ours. */
function unread(status: number): Problem {
  const code =
    status === 401 ? 'token-invalid' : status === 413 ? 'too-large' : status === 429 ? 'rate-limited' : status >= 500 ? 'busy' : 'forbidden'
  return {
    type: 'about:blank',
    title: '',
    status,
    detail: '',
    instance: '',
    code,
    retry: status >= 500 ? 'same-key' : status === 429 ? 'later' : 'after-change',
  }
}
