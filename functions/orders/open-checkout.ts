import type { Actor } from '@skills/contract/actor.ts'
import type { Language } from '@skills/contract/text.ts'
import { changeOrder } from '@skills/core/enrollment/change-order.ts'
import { orderReferences } from '@skills/core/order/apply-payment.ts'
import { openPayment, type Payable } from '@skills/core/order/open-payment.ts'
import { readOrder } from '@skills/core/order/order.table.ts'
import type { Payments } from '@skills/core/order/payment.ts'
import { takeCheckout } from '@skills/core/order/receive-event.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  params: { orderId: string }
  body: { language: Language }
}

/** Where the caller pays for an order of hers, now. The page that she returns to confirms nothing. Refuses as `openPayment`, and `not-found` for somebody else's. */
export async function openCheckout(world: World, payments: Payments, publicUrl: string, { actor, params, body }: Call) {
  const { orderId } = params
  const { language } = body
  const pages = `${publicUrl}${language === 'en' ? '/en' : ''}/orders`
  return openPayment(world, payments.provider, () => payableOf(world, payments, actor.personId, orderId), {
    language,
    returnUrl: `${pages}/return/?order=${orderId}`,
    cancelUrl: `${pages}/pay/?order=${orderId}`,
  })
}

async function payableOf(world: World, payments: Payments, personId: string, orderId: string): Promise<Payable | undefined> {
  const read = await readOrder(world.table, personId, orderId)
  if (read === undefined) return undefined
  const { item } = read
  const { order } = item
  return {
    ...order,
    amountFen: order.split.payableFen,
    references: orderReferences(personId),
    async save(next, action) {
      const outcome = await changeOrder(world, undefined, item, { ...order, payments: next }, { action, by: personId })
      return 'answer' in outcome
    },
    take: (checkout) => takeCheckout(world, payments, checkout),
  }
}
