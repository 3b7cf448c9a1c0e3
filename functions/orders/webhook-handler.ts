import { receiveStripeEvent as receiveRoute } from '@skills/contract/orders.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { once } from '@skills/core/once.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { receiveStripeEvent } from './receive-stripe-event.ts'

const world = realWorld()
/** Loaded by the first event; until then what came to the wrong address costs nothing. */
const payments = once(async () => (await import('@skills/core/order/open-payments.ts')).openPayments())

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(receiveRoute, async (call) => receiveStripeEvent(world, await payments(), call)),
])
