import type { StripeBooks } from './stripe-books.ts'
import { pageOf, type StripeList } from './stripe-lists.ts'
import { createdWithin, type Parameters } from './stripe-parameters.ts'
import { StripeRefusal } from './stripe-refusal.ts'
import type { Kinds, StripeEvent } from './stripe-store.ts'

/** Seconds that Stripe keeps events for its list: thirty days. */
const keptSeconds = 30 * 86_400

/** An event as it is shown and sent: with how many webhooks still wait for it. */
export function viewEvent({ event, delivery }: Kinds['event']): StripeEvent {
  return { ...event, pending_webhooks: delivery.state === 'pending' || delivery.state === 'dropped' ? 1 : 0 }
}

/** Events of the last thirty days, newest first: by type (`*` at the end means any), by when, by whether every webhook took them. */
export function listEvents(books: StripeBooks, given: Parameters): StripeList<StripeEvent> {
  const types = [...given].filter(([name]) => name === 'type' || name.startsWith('types[')).map(([, value]) => value)
  if (types.length > 20) throw new StripeRefusal('You may pass up to 20 event types.', { param: 'types' })
  const matches = ({ type }: StripeEvent) =>
    types.length === 0 || types.some((one) => (one.endsWith('*') ? type.startsWith(one.slice(0, -1)) : type === one))
  const within = createdWithin(given)
  const success = given.get('delivery_success')
  const delivered = ({ delivery: { state } }: Kinds['event']) => state === 'delivered' || state === 'silent'
  const found = books.store
    .all('event')
    .filter(({ event }) => event.created > books.seconds() - keptSeconds && matches(event) && within(event))
    .filter((kept) => success === undefined || delivered(kept) === (success === 'true'))
  return pageOf('/v1/events', found.map(viewEvent), given)
}
