import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import { openCursor, sealCursor } from '@skills/contract/cursor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { isFileBody, type Route } from '@skills/contract/route.ts'
import type { Language } from '@skills/contract/text.ts'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod/mini'
import { acceptable, readBytes } from './accept.ts'
import type { RawCall, Story } from './call.ts'
import { canonical, commandOf, readKey } from './command.ts'
import { fieldErrors } from './fields.ts'
import { readJson } from './json.ts'
import { personIdOf } from './person.ts'
import { notAccepted } from './problem.ts'
import { readQuery } from './query.ts'
import { checkedAnswer, reply, type Reply } from './reply.ts'
import { isRecent } from './step-up.ts'
import type { tokenVerifier } from './token.ts'
import type { KeptAnswer, Wiring } from './wiring.ts'

/** What the pipeline is told of a request besides the event, and to whom it says who called. */
export interface Asked {
  requestId: string
  language: Language
  personIs: (personId: string) => void
}

const nothing = z.strictObject({})
const usualLimit = 20

/**
 * Answers one request to a known route, in this order: Accept, token, query string, role, path, media type and size, JSON,
 * Idempotency-Key, all field errors at once, age of the sign-in, story, check of the answer.
 */
export async function answerOf(
  story: Story,
  event: APIGatewayProxyEventV2,
  asked: Asked,
  wiring: Wiring,
  verify: ReturnType<typeof tokenVerifier>,
): Promise<Reply> {
  const { route } = story
  acceptable(route, event.headers['accept'])
  const signedIn = route.who === 'anyone' ? undefined : await verify(event.headers['authorization'], wiring.now())
  const personId = signedIn && personIdOf(wiring.config.personNamespace, signedIn.sub)
  if (personId !== undefined) asked.personIs(personId)
  const rawQuery = readQuery(event.rawQueryString)
  const actor = personId === undefined ? undefined : await actorOf(route, personId, wiring)
  const params = pathParams(route, event.pathParameters)
  const { query, body, key } = input(route, event, rawQuery)
  const command = key === undefined ? undefined : commandOf(personId ?? '', route, key, { params, query, body }, wiring.config.cursorSecret)
  const scope = isPaged(route)
    ? canonical([route.name, personId ?? '', params ?? null, { ...(query as object), cursor: undefined, limit: undefined }])
    : undefined
  const page = scope === undefined ? undefined : pageOf(query as PageAsked, scope, wiring)
  const signature = route.signatureHeader === undefined ? undefined : event.headers[route.signatureHeader]
  const call: RawCall = { params, query, body, actor, command, page, language: asked.language, requestId: asked.requestId, signature }
  await stepUp(story, call, signedIn?.authTime, wiring.now())
  const tell = async (): Promise<KeptAnswer> => ({
    status: route.answer.status,
    body: checkedAnswer(route, sealed(await story.tell(call), scope, wiring)),
  })
  const answer = command && route.idempotency === 'lease' ? await leased(command, personId ?? '', tell, wiring) : await tell()
  return reply(route, answer.body, asked)
}

/** Where a route asks for a recent sign-in always, or in cases of which this call is one: refuses `step-up-required`. What the case is, is read only for old sign-ins. */
async function stepUp({ route, stepUpWhen }: Story, call: RawCall, authTime: number | undefined, now: string): Promise<void> {
  if (route.stepUp === undefined || isRecent(authTime, now, route.stepUp)) return
  if (stepUpWhen === undefined || (await stepUpWhen(call))) throw new Refusal('step-up-required', { minutes: route.stepUp })
}

/** The person who calls; roles are read from the table for routes that ask for one, and a person without any of them is refused. */
async function actorOf(route: Route, personId: string, wiring: Wiring): Promise<Actor> {
  if (typeof route.who === 'string') return { personId, memberships: [] }
  const { anyOf } = route.who
  const memberships = await wiring.membershipsOf(personId)
  if (!memberships.some(({ roles }) => roles.some((role) => anyOf.includes(role)))) throw new Refusal('forbidden')
  return { personId, memberships }
}

/** An id that nothing can have is the same as one that nothing has. */
function pathParams(route: Route, given: APIGatewayProxyEventV2['pathParameters']): unknown {
  if (!route.params) return undefined
  const parsed = z.safeParse(route.params, { ...given })
  if (!parsed.success) throw new Refusal('not-found')
  return parsed.data
}

function input(
  route: Route,
  event: APIGatewayProxyEventV2,
  rawQuery: Record<string, string>,
): { query: unknown; body: unknown; key: string | undefined } {
  const bytes = route.writes ? readBytes(route, event) : undefined
  const file = isFileBody(route.body)
  const json = bytes === undefined || file ? undefined : readJson(bytes)
  const key = route.writes && route.idempotency !== 'none' ? readKey(event.headers['idempotency-key']) : undefined
  const query = z.safeParse(route.query ?? nothing, rawQuery)
  const body = bytes === undefined || file ? undefined : z.safeParse(isFileBody(route.body) ? nothing : (route.body ?? nothing), json)
  const errors = [
    ...(query.success ? [] : fieldErrors(query.error.issues, rawQuery, ['query'])),
    ...(body === undefined || body.success ? [] : fieldErrors(body.error.issues, json)),
  ]
  if (errors.length > 0) throw notAccepted(errors)
  return { query: route.query ? query.data : undefined, body: file ? bytes : route.body ? body?.data : undefined, key }
}

interface PageAsked {
  limit?: number
  cursor?: string
}

const isPaged = (route: Route) => route.query !== undefined && 'shape' in route.query && 'cursor' in (route.query.shape as object)

function pageOf({ limit, cursor }: PageAsked, scope: string, { config, now }: Wiring): Page {
  return { limit: limit ?? usualLimit, after: cursor === undefined ? undefined : openCursor(cursor, scope, config.cursorSecret, now()) }
}

/** In a page, the story's raw position becomes a sealed cursor. */
function sealed(answer: unknown, scope: string | undefined, wiring: Wiring): unknown {
  if (scope === undefined || typeof answer !== 'object' || answer === null || !('next' in answer) || typeof answer.next !== 'string')
    return answer
  return { ...answer, next: sealCursor({ position: answer.next, scope }, wiring.config.cursorSecret, wiring.now()) }
}

/** Wraps a story of many transactions, so that one key starts it once and every repetition gets the first answer. */
async function leased(command: Command, personId: string, tell: () => Promise<KeptAnswer>, { leases }: Wiring): Promise<KeptAnswer> {
  if (!leases) throw new Error('A leased route needs leases in its wiring')
  const begun = await leases.begin(command, personId)
  if (begun === 'outstanding') throw new Refusal('request-outstanding', {}, { retryAfterSeconds: 2 })
  if (begun === 'reused') throw new Refusal('idempotency-key-reused')
  if (begun !== 'started') return begun.answer
  let answer: KeptAnswer
  try {
    answer = await tell()
  } catch (error) {
    await leases.abandon(command, personId)
    throw error
  }
  await leases.finish(command, personId, answer)
  return answer
}
