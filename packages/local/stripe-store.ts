import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Stripe } from 'stripe'

/** How the delivery of an event stands. `silent`: nobody listens to its type; `dropped`: lost on the way, as the faults asked. */
export interface Delivery {
  state: 'silent' | 'pending' | 'delivered' | 'given-up' | 'dropped'
  attempts: number
  /** Milliseconds since 1970 of the next attempt, while pending. */
  nextAt: number
}
interface KeptAnswer {
  /** Method, path and parameters that the key was first used with. */
  request: string
  status: number
  body: object
  /** Of the call that was answered first. */
  requestId: string
  /** Milliseconds since 1970. */
  at: number
}
/** Everything the double remembers, by kind; ids are Stripe's own, and a session's id for its line item and its later outcome. */
export interface Kinds {
  session: Stripe.Checkout.Session
  item: Stripe.LineItem
  intent: Stripe.PaymentIntent
  charge: Stripe.Charge
  refund: Stripe.Refund
  dispute: Stripe.Dispute
  event: { event: StripeEvent; delivery: Delivery }
  key: KeptAnswer
  outcome: { at: number; paid: boolean }
  /** What a session's payment will be given when there is one. */
  wish: { metadata: Record<string, string> }
}
/** An event of any type; the library's own union is too large to build from. */
export type StripeEvent = Omit<Stripe.EventBase, 'data' | 'type'> & {
  type: string
  data: { object: object; previous_attributes?: Record<string, unknown> }
}

type Put = [kind: keyof Kinds, id: string, value: unknown]

export interface StripeStore {
  get<K extends keyof Kinds>(kind: K, id: string): Kinds[K] | undefined
  /** Of a kind, in the order they were made. */
  all<K extends keyof Kinds>(kind: K): Kinds[K][]
  ids(kind: keyof Kinds): string[]
  put<K extends keyof Kinds>(kind: K, id: string, value: Kinds[K] | undefined): void
  /** Makes what was put since the last time outlive the process: all of it or nothing. */
  commit(): void
}

/**
 * Keeps the double's objects in a journal: one line for each change, so that a change is kept whole or not at all, however the process ends.
 * The journal is written anew at every start.
 */
export function openStripeStore(file: string): StripeStore {
  const kinds: Record<keyof Kinds, Map<string, unknown>> = {
    session: new Map(),
    item: new Map(),
    intent: new Map(),
    charge: new Map(),
    refund: new Map(),
    dispute: new Map(),
    event: new Map(),
    key: new Map(),
    outcome: new Map(),
    wish: new Map(),
  }
  const apply = ([kind, id, value]: Put) => (value === null || value === undefined ? kinds[kind].delete(id) : kinds[kind].set(id, value))
  if (existsSync(file)) for (const line of readFileSync(file, 'utf8').split('\n')) for (const put of puts(line)) apply(put)
  mkdirSync(dirname(file), { recursive: true })
  const all: Put[] = Object.entries(kinds).flatMap(([kind, map]) => [...map].map(([id, value]): Put => [kind as keyof Kinds, id, value]))
  writeFileSync(`${file}.new`, all.map((put) => `${JSON.stringify([put])}\n`).join(''), { mode: 0o600 })
  renameSync(`${file}.new`, file)

  let changed: Put[] = []
  return {
    get: <K extends keyof Kinds>(kind: K, id: string) => kinds[kind].get(id) as Kinds[K] | undefined,
    all: <K extends keyof Kinds>(kind: K) => [...kinds[kind].values()] as Kinds[K][],
    ids: (kind) => [...kinds[kind].keys()],
    put(kind, id, value) {
      apply([kind, id, value])
      changed.push([kind, id, value ?? null])
    },
    commit() {
      if (changed.length > 0) appendFileSync(file, `${JSON.stringify(changed)}\n`)
      changed = []
    },
  }
}

/** A line of the journal; one that was cut off by the end of the process never happened. */
function puts(line: string): Put[] {
  try {
    return line === '' ? [] : (JSON.parse(line) as Put[])
  } catch {
    return []
  }
}
