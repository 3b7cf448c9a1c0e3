import { receiveStripeEvent as receiveRoute } from '@skills/contract/orders.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { openPayments } from './open-payments.ts'
import { receiveStripeEvent } from './receive-stripe-event.ts'

const world = realWorld()
const payments = openPayments()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(receiveRoute, (call) => receiveStripeEvent(world, payments, call)),
])
