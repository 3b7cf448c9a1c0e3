import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { paths } from '@skills/contract/paths.ts'
import type { Route } from '@skills/contract/route.ts'
import type { Language, Text } from '@skills/contract/text.ts'
import type * as z from 'zod/mini'

type Schema = z.ZodMiniType
type Out<R, K extends string> =
  R extends Record<K, infer S> ? (S extends Schema ? z.output<S> : S extends { file: unknown } ? Uint8Array : undefined) : undefined
type Paged<R> = R extends { query: infer Q }
  ? Q extends Schema
    ? 'cursor' extends keyof z.output<Q>
      ? Page
      : undefined
    : undefined
  : undefined
type Writes<R extends Route> = (typeof paths)[R['name']] extends `GET ${string}` ? false : true

/** What a story is told: everything parsed by the route's schemas, and who calls. */
export interface Call<R extends Route = Route> {
  params: Out<R, 'params'>
  query: Out<R, 'query'>
  body: Out<R, 'body'>
  actor: R['who'] extends 'anyone' ? undefined : Actor
  command: Writes<R> extends true ? Command : undefined
  page: Paged<R>
  language: Language
  requestId: string
  /** The header that the route names as the signature of its body. */
  signature: string | undefined
}

/** A text answer that needs headers of its own, such as a file name or another content type. */
export interface WithHeaders {
  text: string | Uint8Array
  headers: Record<string, string>
  /** Where a file that is one of several goes on: the raw position, which leaves as a sealed cursor in `x-next-cursor`; null at the end. */
  next?: string | null
}

/** What a story answers; in a page, `next` is the raw position, which leaves as a sealed cursor. */
export type Answer<R extends Route> = R['answer']['body'] extends infer B
  ? B extends Schema
    ? z.input<B>
    : string | Uint8Array | WithHeaders
  : never

/** A call as the pipeline builds it, before the types of a route are known. */
export interface RawCall {
  params: unknown
  query: unknown
  body: unknown
  actor: Actor | undefined
  command: Command | undefined
  page: Page | undefined
  language: Language
  requestId: string
  signature: string | undefined
}

/** A route and who answers it; the types of the route are gone, `on` has checked them. */
export interface Story {
  route: Route
  tell: (call: RawCall) => Promise<unknown>
  /** Whether this call is a case in which the route asks for a recent sign-in; left out: each is. */
  stepUpWhen?: (call: RawCall) => boolean | Promise<boolean>
}

/** Whether a call is such a case; a route that names one (`stepUpWhen`) is not tied without it. */
type StepUpWhen<R extends Route> = (call: Call<R>) => boolean | Promise<boolean>
type Conditions<R extends Route> = R extends { stepUpWhen: Text } ? [stepUpWhen: StepUpWhen<R>] : []

/** Ties a route of the contract to its story, typed by the route's declaration. */
export function on<R extends Route>(
  route: R,
  story: (call: Call<R>) => Promise<Answer<R>> | Answer<R>,
  ...conditions: Conditions<R>
): Story {
  const [when] = conditions as [StepUpWhen<R>?]
  return {
    route,
    tell: async (call) => story(call as unknown as Call<R>),
    ...(when && { stepUpWhen: (call) => when(call as unknown as Call<R>) }),
  }
}
