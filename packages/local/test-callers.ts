import { request } from 'node:http'
import type { Cloud } from './cloud.ts'

/** What the small cloud's echoing function says it was given. */
export interface Echoed {
  event: {
    [name: string]: unknown
    headers: Record<string, string>
    requestContext: { authorizer?: { jwt: object }; stage: string; http: object }
  }
  env: Record<string, string>
}
interface Asked {
  method?: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}
export const json = { 'content-type': 'application/json' }

/** Callers of a cloud's gateway that tests share. */
export function callersOf(cloud: () => Cloud) {
  /** A request exactly as written: no client tidies its path. */
  const raw = (path: string, options: Asked = {}): Promise<{ status: number; headers: Record<string, unknown>; text: string }> =>
    new Promise((done, fail) => {
      const { hostname, port } = new URL(cloud().urls.gateway)
      const asked = request({ hostname, port, path, method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
        let text = ''
        response.on('data', (piece: Buffer) => (text += piece.toString()))
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
      })
      asked.on('error', fail)
      asked.end(options.body)
    })
  return {
    raw,
    echo: async (path: string, options: Asked = {}) => JSON.parse((await raw(path, options)).text) as Echoed,
    /** Asks the echoing function to do something. */
    told: (body: object) => raw('/api/open', { method: 'POST', headers: json, body: JSON.stringify(body) }),
  }
}
