import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { plusMinutes } from '@skills/contract/time.ts'
import { keys } from '../keys.ts'
import { readItem, readItems } from '../table.ts'
import type { World } from '../world.ts'
import { eventDone, quarantine, readPaymentOwner } from './order.table.ts'
import type { Payments } from './payment.ts'
import { ProviderFailed, type ProviderMoney } from './payment-provider.ts'
import { takeCheckout } from './receive-event.ts'

const dayMinutes = 24 * 60
/** How far back each look goes: what a wallet settles days after it was tried is seen by one of the looks that follow. */
const backMinutes = 7 * dayMinutes
/** Money so young may still be told of by its own event. */
const youngMinutes = 60

/** The name under which money that no order knows is set aside, once. */
const asideName = (paymentId: string) => `unknown-${paymentId}`

/**
 * Looks once a day for money at the payment provider that no order knows (the other half of O6): of the last seven days, but for the last hour. What turns out to be for an order after all
 * is taken in; what is nobody's is set aside for a person, once. One that cannot be judged holds up no other, and is looked at again with the next six looks. The first look only remembers when
 * it was. Out: the payments that were set aside now, and why others could not be judged; undefined where it is too early to look. Throws `ProviderFailed` where the provider does not list its
 * money: then all of it is looked at again.
 */
export async function findUnknownMoney(world: World, payments: Payments): Promise<{ aside: string[]; failed: unknown[] } | undefined> {
  const now = world.now()
  const key = keys.lastLook.key('stripe-money')
  const last = (await readItem(world.table, key))?.['at'] as string | undefined
  if (last !== undefined && now < plusMinutes(last, dayMinutes)) return undefined
  const aside: string[] = []
  const failed: unknown[] = []
  let after: string | undefined
  if (last !== undefined)
    do {
      const { money, next } = await payments.provider.moneyIn(plusMinutes(now, -backMinutes), plusMinutes(now, -youngMinutes), after)
      for (const one of await withoutOwner(world, money))
        await setAside(world, payments, one).then(
          (done) => void (done && aside.push(one.paymentId)),
          (error: unknown) => void failed.push(error),
        )
      after = next
    } while (after !== undefined)
  // Two looks at once set nothing aside twice; without a condition an older instant only means one look more.
  await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: { ...key, at: now } }))
  return { aside, failed }
}

async function withoutOwner(world: World, page: readonly ProviderMoney[]): Promise<ProviderMoney[]> {
  const owners = await readItems(
    world.table,
    page.map(({ paymentId }) => keys.payment.key(paymentId)),
  )
  return page.filter((_, place) => owners[place] === undefined)
}

/** Whether money was set aside now. Its checkout is asked first: where every event of it was lost, it still says whose it is. */
async function setAside(world: World, payments: Payments, { paymentId, amountFen }: ProviderMoney): Promise<boolean> {
  if (await eventDone(world.table, asideName(paymentId))) return false
  const checkout = await payments.provider.checkoutOfPayment(paymentId).catch((error: unknown) => {
    // Money that came another way than by a checkout: there is no such payment to ask for.
    if (error instanceof ProviderFailed && error.certain) return undefined
    throw error
  })
  const taken = checkout === undefined ? 'unknown' : await takeCheckout(world, payments, checkout)
  if ((taken === 'applied' || taken === 'same') && (await readPaymentOwner(world.table, paymentId)) !== undefined) return false
  await quarantine(world, asideName(paymentId), 'no-order', paymentId, amountFen)
  return true
}
