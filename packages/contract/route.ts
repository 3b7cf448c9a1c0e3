import type * as z from 'zod/mini'
import type { RefusalCode } from './refusals.ts'
import type { Text } from './text.ts'
import { paths, type RouteName } from './paths.ts'

/** A role a membership gives, written `organization kind:role`. Roles live in the table, never in a token. */
export const roles = [
  'platform:operator',
  'provider:manager',
  'provider:registrar',
  'provider:instructor',
  'sponsor:manager',
  'sponsor:reviewer',
  'employer:manager',
  'employer:nominator',
] as const
export type Role = (typeof roles)[number]

/** Who may call: anyone, any signed-in person, or a person with one of these roles. What is owned is checked by the story. */
export type Who = 'anyone' | 'person' | { anyOf: readonly Role[] }

/** The Lambda functions that answer routes. */
export type ApiFunction =
  | 'docs'
  | 'catalog'
  | 'import-catalog'
  | 'claim-seat'
  | 'enrollment'
  | 'orders'
  | 'stripe-webhook'
  | 'waitlist'
  | 'sponsor'
  | 'import-roster'
  | 'employer'
  | 'people'
  | 'files'
  | 'provider'
  | 'instructor'
  | 'attendance'
  | 'timetable'
  | 'planning'
  | 'payout'
  | 'notices'
  | 'messages'
  | 'quality'
  | 'roster'
  | 'audit'
  | 'rating'

/** A body that is a file as it is (bytes), with the media types it may have and its greatest size in bytes. */
export interface FileBody {
  file: readonly string[]
  maxBytes: number
}

/** An answer that is not JSON: a calendar, a page, a template. */
export interface TextAnswer {
  text: string
}

/** What counts as a recent sign-in, in minutes: long enough for one piece of work, too short for a device that was left alone. */
export const recently = 15

type Schema = z.ZodMiniType

export interface RouteParts {
  name: RouteName
  summary: Text
  tag:
    | 'catalog'
    | 'enrollment'
    | 'orders'
    | 'files'
    | 'providers'
    | 'waitlist'
    | 'sponsors'
    | 'employers'
    | 'instructors'
    | 'planning'
    | 'attendance'
    | 'payouts'
    | 'ratings'
    | 'quality'
    | 'notices'
    | 'messages'
    | 'people'
    | 'audit'
    | 'docs'
  function: ApiFunction
  who: Who
  params?: Schema
  query?: Schema
  body?: Schema | FileBody
  answer: { status: 200 | 201; body: Schema | TextAnswer }
  /** The sign-in of who calls may be at most so many minutes old (RFC 9470): for what sends money, or takes a copy of data away. Otherwise `step-up-required`. */
  stepUp?: number
  /** Only in some cases, said here in words; the function that answers the route says which call is one. Left out: always. */
  stepUpWhen?: Text
  /** The header that carries a signature of the body as it came, for callers that prove themselves so; its story checks it. */
  signatureHeader?: string
  /** The refusals of this route's own story; those of transport, token and input follow from the declaration. */
  refusals: readonly RefusalCode[]
  /** Answers may be kept by browsers and edges for this many seconds; without it: no-store. */
  cacheSeconds?: number
  /**
   * The command record is written by the story's own transaction (default), or leased around a story of many transactions; `none` where the caller
   * is a machine that cannot send a key and the story has a guard of its own (a webhook: the event's id).
   */
  idempotency?: 'transaction' | 'lease' | 'none'
}

export type Route<P extends RouteParts = RouteParts> = P & { method: string; path: string; writes: boolean }

/** Declares a route: its line in `paths` and everything else that is to be known of it. */
export function route<const P extends RouteParts>(parts: P): Route<P> {
  const [method = '', path = ''] = paths[parts.name].split(' ')
  return { ...parts, method, path, writes: method !== 'GET' }
}

export function isFileBody(body: RouteParts['body']): body is FileBody {
  return body !== undefined && 'file' in body
}

export function isTextAnswer(body: RouteParts['answer']['body']): body is TextAnswer {
  return 'text' in body
}
