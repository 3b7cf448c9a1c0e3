import { request } from 'node:http'
import { afterAll, beforeAll } from 'vitest'
import { startCloud, type Cloud } from './cloud.ts'
import { writeSmallCloud } from './test-cloud.ts'

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

/** Callers of a cloud's gateway. */
function callersOf(cloud: () => Cloud) {
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

/** A small cloud for the tests of one file, started before them and stopped after them; `cloud` can be read inside a test. With callers of its gateway. */
export function startSmallCloud() {
  const parts = writeSmallCloud()
  let cloud: Cloud
  const start = async () => {
    cloud = await startCloud(parts)
  }
  beforeAll(start)
  afterAll(() => cloud.stop())
  return {
    ...callersOf(() => cloud),
    get cloud() {
      return cloud
    },
    /** Stops the cloud and starts it again on the same data. */
    async restart() {
      await cloud.stop()
      await start()
    },
  }
}
