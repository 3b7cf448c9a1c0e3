import type { StripeClock } from './stripe-clock.ts'
import { eventShape } from './stripe-shapes.ts'
import type { StripeStore } from './stripe-store.ts'

/** Types of events that a webhook of ours asks for; the others are made and kept, and sent to nobody. */
const wanted = /^(checkout\.session\.|refund\.|charge\.(refunded$|dispute\.))/

/** What the parts of the double share: what is kept, the clock, and how things are changed. */
export interface StripeBooks {
  store: StripeStore
  clock: StripeClock
  /** Seconds since 1970, as Stripe counts. */
  seconds(): number
  /** Does a change; when it is kept, its events go out. `key`: the idempotency key it was asked with. */
  change<T>(work: () => T, key?: string | null): T
  /** Says inside a change what happened to an object. */
  emit(type: string, object: object, before?: Record<string, unknown>): void
}

export function openStripeBooks(store: StripeStore, clock: StripeClock, send: (eventId: string) => void): StripeBooks {
  const leaving: string[] = []
  let askedWith: string | null = null
  const seconds = () => Math.floor(clock.now() / 1000)
  return {
    store,
    clock,
    seconds,
    change(work, key = null) {
      askedWith = key
      try {
        return work()
      } finally {
        store.commit()
        for (const id of leaving.splice(0)) send(id)
      }
    },
    emit(type, object, before) {
      const event = eventShape(type, structuredClone(object), seconds(), askedWith, before)
      const state = wanted.test(type) ? 'pending' : 'silent'
      store.put('event', event.id, { event, delivery: { state, attempts: 0, nextAt: clock.now() } })
      if (state === 'pending') leaving.push(event.id)
    },
  }
}
