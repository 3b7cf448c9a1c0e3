import type { StripeClock } from './stripe-clock.ts'
import { eventShape, type AskedBy } from './stripe-shapes.ts'
import type { StripeStore } from './stripe-store.ts'

/** Types of events that a webhook of ours asks for; the others are made and kept, and sent to nobody. */
const wanted = /^(checkout\.session\.|refund\.|charge\.(refunded$|dispute\.))/

/** What the parts of the double share: what is kept, the clock, and how things are changed. */
export interface StripeBooks {
  store: StripeStore
  clock: StripeClock
  /** Seconds since 1970, as Stripe counts. */
  seconds(): number
  /** Does a change; when it is kept, its events go out. `by`: the call that asked for it; without one it came about by itself. */
  change<T>(work: () => T, by?: AskedBy): T
  /** Says inside a change what happened to an object. */
  emit(type: string, object: object, before?: Record<string, unknown>): void
}

const nobody: AskedBy = { id: null, idempotency_key: null }

export function openStripeBooks(store: StripeStore, clock: StripeClock, send: (eventId: string) => void): StripeBooks {
  const leaving: string[] = []
  let askedBy = nobody
  const seconds = () => Math.floor(clock.now() / 1000)
  return {
    store,
    clock,
    seconds,
    change(work, by = nobody) {
      askedBy = by
      try {
        return work()
      } finally {
        store.commit()
        for (const id of leaving.splice(0)) send(id)
      }
    },
    emit(type, object, before) {
      const event = eventShape(type, structuredClone(object), seconds(), askedBy, before)
      const state = wanted.test(type) ? 'pending' : 'silent'
      store.put('event', event.id, { event, delivery: { state, attempts: 0, nextAt: clock.now() } })
      if (state === 'pending') leaving.push(event.id)
    },
  }
}
