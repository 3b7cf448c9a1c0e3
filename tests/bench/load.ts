import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

/** What a load run is told (a JSON file named on the command line) and what it prints as JSON. */
export interface LoadPlan {
  url: string
  inFlight: number
  /** Sent with every request. */
  headers: Record<string, string>
  requests: LoadRequest[]
  /** Sent where a request has none of its own. */
  body: string
}
/** One request: its own headers, and where it differs, its own path and body. */
export interface LoadRequest {
  headers: Record<string, string>
  path?: string
  body?: string
}
export interface LoadResult {
  /** Milliseconds from the first request to the last answer, and to the last 201. */
  allMs: number
  lastSeatMs: number
  statuses: Record<string, number>
  codes: Record<string, number>
  /** Milliseconds per request, of winners (201) and of everybody else, sorted. */
  winners: number[]
  losers: number[]
  /** Of the losers, those who asked after the last seat was gone. */
  late: number[]
}

/** Sends all requests of a plan over kept-alive connections, so many at a time. */
async function run(plan: LoadPlan): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.inFlight })
  const { hostname, port, pathname } = new URL(plan.url)
  const result: LoadResult = { allMs: 0, lastSeatMs: 0, statuses: {}, codes: {}, winners: [], losers: [], late: [] }
  const asked: [number, number][] = []
  let next = 0
  const began = performance.now()
  const one = ({ headers, path = pathname, body = plan.body }: LoadRequest) =>
    new Promise<void>((resolve, reject) => {
      const started = performance.now()
      const sent = request({ agent, hostname, port, path, method: 'POST', headers: { ...plan.headers, ...headers } }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => {
          const now = performance.now()
          const status = response.statusCode ?? 0
          result.statuses[status] = (result.statuses[status] ?? 0) + 1
          if (status === 201) {
            result.winners.push(now - started)
            result.lastSeatMs = now - began
          } else {
            result.losers.push(now - started)
            asked.push([started - began, now - started])
            const code = /"code":"([a-z-]+)"/.exec(Buffer.concat(parts).toString())?.[1] ?? 'none'
            result.codes[code] = (result.codes[code] ?? 0) + 1
          }
          resolve()
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  await Promise.all(
    Array.from({ length: plan.inFlight }, async () => {
      for (let mine = next++; mine < plan.requests.length; mine = next++) await one(plan.requests[mine] ?? { headers: {} })
    }),
  )
  result.allMs = performance.now() - began
  agent.destroy()
  result.winners.sort((a, b) => a - b)
  result.losers.sort((a, b) => a - b)
  result.late = asked.flatMap(([at, took]) => (at > result.lastSeatMs ? [took] : [])).sort((a, b) => a - b)
  return result
}

const plan = process.argv[2]
if (plan !== undefined) console.log(JSON.stringify(await run(JSON.parse(readFileSync(plan, 'utf8')) as LoadPlan)))
