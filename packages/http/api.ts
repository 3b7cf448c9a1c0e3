import { createHash, timingSafeEqual } from 'node:crypto'
import middy from '@middy/core'
import { Refusal } from '@skills/contract/refusals.ts'
import { preferredLanguage, type Language } from '@skills/contract/text.ts'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import { answerOf, type Asked } from './answer.ts'
import type { Story } from './call.ts'
import { noRoute } from './fallback.ts'
import { errorFields, log, type LogLine } from './log.ts'
import { problemReply } from './problem.ts'
import type { Reply } from './reply.ts'
import { tokenVerifier } from './token.ts'
import type { Wiring } from './wiring.ts'

/** What is known of a request while it is answered; it becomes its line in the log. */
interface Trace extends Asked {
  language: Language
  line: LogLine
  begun: string
}

export type ApiHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Reply>

/**
 * The handler of a function that answers routes: the only door between API Gateway and the stories. From outside in: one line of log per request,
 * every error a problem document, only what came through the edge, then the route's pipeline (`answer.ts`).
 */
export function api(wiring: Wiring, stories: readonly Story[]): ApiHandler {
  const { config } = wiring
  const byKey = new Map(stories.map((story) => [`${story.route.method} ${story.route.path}`, story]))
  const verify = tokenVerifier(config)
  const edge = digest(config.originSecret)
  const traces = new WeakMap<object, Trace>()
  const traceOf = (event: APIGatewayProxyEventV2, context?: Context): Trace => {
    const known = traces.get(event)
    if (known) return known
    const language = preferredLanguage(event.headers['accept-language'])
    const requestId = wiring.newRequestId?.() ?? event.requestContext.requestId
    const line: LogLine = { requestId, function: context?.functionName }
    const trace: Trace = { language, requestId, line, begun: wiring.now(), personIs: (personId) => (line.personId = personId) }
    traces.set(event, trace)
    return trace
  }
  const write = (trace: Trace, status: number, error?: unknown) => {
    const at = wiring.now()
    const ms = Date.parse(at) - Date.parse(trace.begun)
    const refused = error instanceof Refusal
    const code = error === undefined ? undefined : refused ? error.code : 'internal'
    const unexpected = error === undefined || (refused && error.code !== 'internal') ? {} : errorFields(error)
    log({ at, level: status >= 500 ? 'error' : 'info', ...trace.line, status, ms, code, ...unexpected }, wiring.write)
  }

  const onion = middy<APIGatewayProxyEventV2, Reply>({ timeoutEarlyInMillis: 0 })
    .use({
      before: ({ event, context }) => void traceOf(event, context),
      after: ({ event, response }) => write(traceOf(event), response?.statusCode ?? 500),
      onError: ({ event, response, error }) => write(traceOf(event), response?.statusCode ?? 500, error),
    })
    .onError((request) => {
      const { requestId, language } = traceOf(request.event)
      request.response = problemReply(request.error, { requestId, language, publicUrl: config.publicUrl })
    })
    .before(({ event }) => throughEdge(event.headers['x-origin-secret'], edge))
    .handler(async (event: APIGatewayProxyEventV2) => {
      const trace = traceOf(event)
      const story = byKey.get(event.routeKey)
      if (!story) throw noRoute(event.requestContext.http.method, event.rawPath, event.requestContext.stage)
      trace.line.route = story.route.name
      return answerOf(story, event, trace, wiring, verify)
    })
  return async (event, context) => (await onion(event, context)) as Reply
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Only the edge knows the secret header; its digests are compared in constant time. */
function throughEdge(given: string | undefined, secret: Buffer): void {
  if (!timingSafeEqual(digest(given ?? ''), secret)) throw new Refusal('request-not-through-edge')
}
