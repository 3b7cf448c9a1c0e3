import { createHmac } from 'node:crypto'
import type { StripeClock } from './stripe-clock.ts'
import { viewEvent } from './stripe-events.ts'
import type { StripeFaults } from './stripe-faults.ts'
import type { Delivery, StripeStore } from './stripe-store.ts'

export interface StripeDeliveries {
  /** Sends an event that was made, when there is an address, and again until it is taken. */
  send(eventId: string): void
  /** From now on events go to this address; those that waited for one go first. */
  deliverTo(url: string): void
  /** Resolves when everything that is due was sent; sends what was held back to be shuffled. */
  drain(): Promise<void>
  /** Sends once more everything that did not arrive, dropped and given-up events too, and waits for it. */
  redeliver(): Promise<void>
  stop(): Promise<void>
}

/** Milliseconds between attempts: soon at first, then further apart, for three days (docs.stripe.com/webhooks#automatic-retries). */
const waits = [2_000, 10_000, 60_000, 5 * 60_000, 30 * 60_000, ...[1, 2, 4, 8, 16, 16, 16].map((hours) => hours * 3_600_000)]
/** An address has so long to answer, in milliseconds. */
const patienceMs = 10_000

/** The header that Stripe sends: the instant in seconds, and HMAC-SHA-256 of instant and body (docs.stripe.com/webhooks/signature). */
export function stripeSignature(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

interface Parts {
  store: StripeStore
  clock: StripeClock
  faults: StripeFaults
  secret: string
}

export function createStripeDeliveries({ store, clock, faults, secret }: Parts): StripeDeliveries {
  const underWay = new Set<Promise<void>>()
  const held: string[] = []
  const ending = new AbortController()
  let address: string | undefined
  let stopped = false

  function mark(id: string, change: Partial<Delivery>): void {
    const kept = store.get('event', id)
    if (kept) store.put('event', id, { ...kept, delivery: { ...kept.delivery, ...change } })
    store.commit()
  }
  async function post(id: string): Promise<boolean> {
    const kept = store.get('event', id)
    if (!kept || address === undefined) return false
    const body = JSON.stringify(viewEvent(kept))
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': stripeSignature(body, secret, Math.floor(clock.now() / 1000)),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(patienceMs)]),
      })
      await answer.arrayBuffer()
      return answer.ok
    } catch {
      return false
    }
  }
  async function attempt(id: string, copies = 1): Promise<void> {
    const arrived = await Promise.all(Array.from({ length: copies }, () => post(id)))
    const delivery = store.get('event', id)?.delivery
    if (stopped || !delivery || delivery.state === 'delivered') return
    if (arrived.includes(true)) return mark(id, { state: 'delivered', attempts: delivery.attempts + 1 })
    const wait = waits[delivery.attempts]
    if (wait === undefined) return mark(id, { state: 'given-up', attempts: delivery.attempts + 1 })
    mark(id, { state: 'pending', attempts: delivery.attempts + 1, nextAt: clock.now() + wait })
    plan(id)
  }
  function track(work: Promise<void>): Promise<void> {
    underWay.add(work)
    return work.finally(() => underWay.delete(work))
  }
  /** Sets the timer of the next attempt. */
  function plan(id: string): void {
    const { nextAt = 0 } = store.get('event', id)?.delivery ?? {}
    const copies = () => 1 + Math.floor(faults.chance() * faults.webhooks.copies)
    const go = () => (stopped || store.get('event', id)?.delivery.state !== 'pending' ? undefined : track(attempt(id, copies())))
    const ms = nextAt - clock.now()
    if (ms <= 0) void go()
    else clock.later(ms, go)
  }
  const pending = () => store.all('event').filter(({ delivery }) => delivery.state === 'pending')

  const deliveries: StripeDeliveries = {
    send(id) {
      if (address === undefined || stopped) return
      if (faults.webhooks.drop > 0 && faults.chance() < faults.webhooks.drop) return mark(id, { state: 'dropped' })
      if (faults.webhooks.shuffle) return void held.push(id)
      if (faults.webhooks.delayMs > 0) mark(id, { nextAt: clock.now() + Math.ceil(faults.chance() * faults.webhooks.delayMs) })
      plan(id)
    },
    deliverTo(url) {
      const first = address === undefined
      address = url
      if (first) for (const { event } of pending()) plan(event.id)
    },
    async drain() {
      while (underWay.size > 0 || held.length > 0) {
        while (held.length > 0) plan(...(held.splice(Math.floor(faults.chance() * held.length), 1) as [string]))
        await Promise.allSettled(underWay)
      }
    },
    async redeliver() {
      await deliveries.drain()
      const lost = store.all('event').filter(({ delivery }) => !['delivered', 'silent'].includes(delivery.state))
      await Promise.all(lost.map(({ event }) => track(attempt(event.id))))
      await deliveries.drain()
    },
    async stop() {
      stopped = true
      ending.abort()
      await Promise.allSettled(underWay)
    },
  }
  return deliveries
}
