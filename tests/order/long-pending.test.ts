import { scanTable } from '@skills/core/books/books.table.ts'
import { enrollmentItemOf, storedEnrollment } from '@skills/core/enrollment/enrollment-item.ts'
import { groupOrderDueAt, newGroupOrder, type GroupOrderParts } from '@skills/core/employer/group-order.ts'
import { keys } from '@skills/core/keys.ts'
import { lookedAtNow, orderDueAt } from '@skills/core/order/order.ts'
import { owedRefund } from '@skills/core/order/refund.ts'
import { settleOrder } from '@skills/core/order/settle-order.ts'
import { readItem } from '@skills/core/table.ts'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { enrollmentIdOf, orderIdOf } from '@skills/contract/order.ts'
import { settlePayments } from '@skills/functions/orders/settle-payments.ts'
import { expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { deliverAll, hold, leave, now, pass, pay, priceFen, settle, usePaymentScene, type Held } from './payment-scene.ts'

const scene = usePaymentScene('long-pending')

/** More than a sweep takes of one bucket of the index. */
const many = 130

/** The payment provider, where refunds that were sent are on their way for ever. */
const slow = () => {
  const { provider, livemode } = scene.payments
  const pending = <One extends { state: unknown }>(one: One) => ({ ...one, state: 'pending' as const })
  return {
    livemode,
    provider: {
      ...provider,
      readRefund: async (id: string) => pending(await provider.readRefund(id)),
      refundsOf: async (id: string) => (await provider.refundsOf(id)).map(pending),
    },
  }
}

it('refunds that are on their way for ever do not keep a hold from lapsing', async () => {
  const { run } = await makeRun(scene.world, { priceFen, date: '2026-12-20' })
  const paid = await hold(scene, run)
  await pay(scene, paid, { method: 'wechat_pay' })
  await deliverAll(scene)
  await leave(scene, paid)
  await settle(scene)
  expect((await now(scene, paid)).order.refunds).toMatchObject([{ state: 'sent' }])

  // Others like it, in the bucket of the hold.
  const held = await hold(scene, run)
  const stored = enrollmentItemOf(await readItem(scene.world.table, keys.enrollment.key(paid.personId, paid.enrollmentId)))
  if (stored === undefined || stored.order === null) throw new Error('no order')
  const last = held.enrollmentId.slice(-1)
  for (let place = 0; place < many; place += 1) {
    const id = enrollmentIdOf(orderIdOf(`${paid.enrollmentId.slice(0, -4)}${String(place).padStart(3, '0')}${last}`))
    const enrollment = { ...stored.enrollment, id }
    const order = { ...stored.order, id: orderIdOf(id), enrollmentId: id }
    const Item = storedEnrollment({ ...stored, enrollment, order, auditHash: '' })
    await scene.world.table.client.send(new PutCommand({ TableName: scene.world.table.name, Item }))
  }

  for (let minutes = 0; minutes < 45; minutes += 15) {
    await pass(scene, 15)
    await settlePayments(scene.world, slow())
  }
  await pass(scene, 1)
  await settlePayments(scene.world, slow())
  expect((await now(scene, held)).enrollment.state).toBe('lapsed')
  await looksRarer(paid)
})

/** The pauses between looks grow, and news is taken in at the next. */
async function looksRarer(paid: Held): Promise<void> {
  const due = async () => String(orderDueAt((await now(scene, paid)).order))
  const pauses: number[] = []
  for (let look = 0; look < 6; look += 1) {
    const at = await due()
    const minutes = Math.ceil((Date.parse(at) - Date.parse(scene.world.now())) / 60_000)
    await pass(scene, Math.max(0, minutes))
    pauses.push(minutes)
    await settleOrder(scene.world, slow(), paid.personId, paid.orderId)
  }
  expect(pauses.slice(1)).toEqual(pauses.slice(1).toSorted((a, b) => a - b))
  expect(pauses.at(-1)).toBe(6 * 60)
  const looks = (await scanTable(scene.world.table)).filter((item) => item.pk === `AUDIT#${paid.enrollmentId}` && item['action'] === 'look')
  expect(looks.length).toBeGreaterThan(3)
  await pass(scene, 6 * 60)
  await settle(scene)
  expect((await now(scene, paid)).order.refunds).toMatchObject([{ state: 'succeeded' }])
}

it('a group order rests in the same way, and not while anything else is due', () => {
  const at = '2026-12-01T02:00:00.000Z'
  const refund = owedRefund('ref_1', { attempt: 1, paymentId: 'pi_1', amountFen: 1 }, 'left', at)
  const order = {
    ...newGroupOrder({ pools: [], seatFen: 1 } as unknown as GroupOrderParts, at, at),
    state: 'paid' as const,
    refunds: [{ ...refund, state: 'sent' as const }],
  }
  expect(groupOrderDueAt(order)).toBe('2026-12-01T02:10:00.000Z')
  const looked = lookedAtNow(order, groupOrderDueAt, '2026-12-01T03:10:00.000Z')
  expect(looked === undefined ? undefined : groupOrderDueAt(looked)).toBe('2026-12-01T04:10:00.000Z')
  expect(lookedAtNow({ ...order, invoicesAt: at }, groupOrderDueAt, '2026-12-01T03:10:00.000Z')).toBeUndefined()
})
