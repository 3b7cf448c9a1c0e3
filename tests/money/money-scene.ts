import type { Enrollment } from '@skills/contract/claim.routes.ts'
import type { Price } from '@skills/contract/price.routes.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import type { World } from '@skills/core/world.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { actor, makePeople, quoteSecret } from '../enrollment/claim-scene.ts'
import { fresh, type Held, type PaymentScene } from '../order/payment-scene.ts'

/** The price of a run for a person, with what she carries away of it; a voucher's code where she has one. */
export const priceFor = (world: World, personId: string, runId: string, voucher?: string): Promise<Price> =>
  getPrice(world, quoteSecret, { actor: actor(personId), params: { runId }, ...(voucher === undefined ? {} : { voucher }) })

/** Claims at a price that was seen before. */
export const take = (world: World, personId: string, runId: string, quote: string, command = fresh()): Promise<Enrollment> =>
  claimSeat({ world, memory: seatMemory(world), quoteSecret }, { actor: actor(personId), params: { runId }, command, body: { quote } })

/** Sees the price and claims at it. */
export async function claimAt(world: World, personId: string, runId: string, voucher?: string): Promise<Held> {
  const { quote } = await priceFor(world, personId, runId, voucher)
  const { id, orderId } = await take(world, personId, runId, quote)
  return { personId, runId, enrollmentId: id, orderId: orderId ?? '' }
}

/** A person nobody met before. */
export async function somebody({ world }: Pick<PaymentScene, 'world'>): Promise<string> {
  const [personId = ''] = await makePeople(world, 1)
  return personId
}
