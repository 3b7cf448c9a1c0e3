import type { Actor } from '@skills/contract/actor.ts'
import type { Language } from '@skills/contract/text.ts'
import { groupPayable } from '@skills/core/employer/group-keeper.ts'
import { buyers, ownGroupOrder } from '@skills/core/employer/own-group-order.ts'
import { openPayment } from '@skills/core/order/open-payment.ts'
import type { Payments } from '@skills/core/order/payment.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  params: { groupOrderId: string }
  body: { language: Language }
}

/** Where a group order of the caller's employer is paid for, now. The page that is returned to confirms nothing. Refuses as `openPayment`, and `not-found` for another employer's. */
export async function openGroupCheckout(world: World, payments: Payments, publicUrl: string, { actor, params, body }: Call) {
  const { groupOrderId } = params
  const { language } = body
  const page = `${publicUrl}${language === 'en' ? '/en' : ''}/console/employer/?order=${groupOrderId}`
  const read = async () => groupPayable(world, payments, await ownGroupOrder(world, actor, groupOrderId, buyers), actor.personId)
  return openPayment(world, payments.provider, read, { language, returnUrl: `${page}&paid=1`, cancelUrl: page })
}
