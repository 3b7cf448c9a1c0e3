import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { platformId } from '@skills/contract/ids.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { checkMatters } from '@skills/core/books/matter-books.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { openBooks } from '@skills/core/books/books.ts'
import { storedEnrollment } from '@skills/core/enrollment/enrollment-item.ts'
import { quarantine, readOrder } from '@skills/core/order/order.table.ts'
import { withRetriedRefund } from '@skills/core/order/refund.ts'
import type { Item } from '@skills/core/table.ts'
import { closeMoneyMatter, listMoneyMatters, resendRefund } from '@skills/functions/orders/money-matters.ts'
import { describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import {
  deliverAll,
  fresh,
  hold,
  leave,
  now,
  pass,
  pay,
  priceFen,
  settle,
  stripeSums,
  told,
  usePaymentScene,
  type Held,
} from './payment-scene.ts'

const scene = usePaymentScene('money-matters')
const operator = (end: number) => ({
  personId: `per_7000000000000000000000006${end}`,
  memberships: [{ organizationId: platformId, roles: ['platform:operator' as const] }],
})
const list = async (state: 'open' | 'done' = 'open') =>
  (await listMoneyMatters(scene.world, { query: { state }, page: { limit: 50, after: undefined } })).items
const faults = async (change: (item: Item) => Item | undefined = (item) => item) =>
  checkMatters(
    openBooks(
      (await scanTable(scene.world.table)).flatMap((item) => change(structuredClone(item)) ?? []),
      scene.world.now(),
    ),
  )

const halfFen = priceFen / 2
/** Somebody who left, and whose refund failed days later; so many days before the run that half of it came back. */
async function failed(days?: number): Promise<{ held: Held; matterId: string }> {
  const date = days === undefined ? '2026-12-20' : dateAt(plusMinutes(scene.world.now(), days * 24 * 60))
  const { run } = await makeRun(scene.world, { priceFen, date })
  const held = await hold(scene, run)
  await pay(scene, held)
  await deliverAll(scene)
  await leave(scene, held)
  await settle(scene)
  await deliverAll(scene)
  await pass(scene, 24 * 60)
  const [refund] = scene.scene.stripe.store.all('refund').filter(({ metadata }) => metadata?.['orderId'] === held.orderId)
  scene.scene.stripe.failRefund(refund?.id ?? '')
  await deliverAll(scene)
  const matter = (await list()).find(({ orderId }) => orderId === held.orderId)
  expect(matter).toMatchObject({
    kind: 'refund-failed',
    stands: true,
    fen: days === undefined ? priceFen : halfFen,
    personId: held.personId,
  })
  return { held, matterId: matter?.id ?? '' }
}
const send = (matterId: string, end: number, command = fresh('resendRefund')) =>
  resendRefund(scene.world, { actor: operator(end), command, params: { matterId } })

const paymentIdOf = async (held: Held) => String((await now(scene, held)).order.payments[0]?.paymentId)

describe('money that a person must look at', () => {
  it('what a lost dispute left of a failed refund is before an operator under its own name, and is sent', async () => {
    const { held, matterId } = await failed()
    const { stripe } = scene.scene
    const lost = stripe.openDispute(await paymentIdOf(held))
    // Its bank takes less than all of it back.
    stripe.store.put('dispute', lost.id, { ...lost, amount: 60_000 })
    stripe.closeDispute(lost.id, 'lost')
    await deliverAll(scene)
    const rest = (await now(scene, held)).order.refunds[1]
    expect(rest).toMatchObject({ state: 'failed', amountFen: priceFen - 60_000 })
    expect((await told(scene, held)).filter((type) => type === 'refund-failed')).toHaveLength(2)
    const matters = (await list()).filter(({ orderId }) => orderId === held.orderId)
    expect(matters.find(({ id }) => id === matterId)).toMatchObject({ stands: false })
    const left = matters.find(({ refundId }) => refundId === rest?.id)
    expect(left).toMatchObject({ kind: 'refund-failed', stands: true, fen: priceFen - 60_000 })
    expect(await faults()).toEqual([])
    await send(left?.id ?? '', 1)
    const { refunds } = (await now(scene, held)).order
    expect(refunds.map(({ state, amountFen }) => [state, amountFen])).toEqual([
      ['canceled', priceFen],
      ['canceled', priceFen - 60_000],
      ['pending', priceFen - 60_000],
    ])
    await settle(scene)
  })

  it('a failed refund is sent again once, however many operators press, and goes back once', async () => {
    const { held, matterId } = await failed()
    const all = await Promise.allSettled(Array.from({ length: 6 }, (_, end) => send(matterId, end)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of all) if (one.status === 'rejected') expect((one.reason as { code: string }).code).toMatch(/illegal-transition|busy/)
    expect((await now(scene, held)).order.refunds.map(({ state }) => state)).toEqual(['canceled', 'pending'])
    await settle(scene)
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    expect((await list()).map(({ id }) => id)).not.toContain(matterId)
    expect((await list('done'))[0]).toMatchObject({ id: matterId, end: 'resent', stands: false })
  })

  it('and several would be told that they sent it without the versions (the control)', async () => {
    const { held, matterId } = await failed()
    const { table } = scene.world
    const before = (await readOrder(table, held.personId, held.orderId))?.item
    if (before === undefined) throw new Error('no order')
    // Both read before either writes, and nothing asks whether the order still stands so.
    const read = await Promise.all([readOrder(table, held.personId, held.orderId), readOrder(table, held.personId, held.orderId)])
    const all = await Promise.allSettled(
      read.map(async (one) => {
        const { item } = one ?? { item: before }
        const again = withRetriedRefund(item.order.refunds, item.order.refunds[0]?.id ?? '', scene.world.id('refund'), scene.world.now())
        if (again === undefined) throw new Error('nothing failed')
        const order = { ...item.order, refunds: again }
        await table.client.send(new PutCommand({ TableName: table.name, Item: storedEnrollment({ ...item, order }) }))
      }),
    )
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(1)
    await table.client.send(new PutCommand({ TableName: table.name, Item: storedEnrollment(before) }))
    await send(matterId, 1)
    await settle(scene)
  })

  it('what an operator gave back at the provider instead is owed no more, and cannot be sent once more', async () => {
    const { held, matterId } = await failed(6)
    const paymentId = await paymentIdOf(held)
    const byHand = (fen: number, name: string) =>
      scene.payments.provider.refund({ refundId: `${name}-${held.orderId}`, paymentId, amountFen: fen, references: {} })
    const owed = async () => (await now(scene, held)).order.refunds.map(({ reason, state, amountFen }) => [reason, state, amountFen])
    const stands = async () => (await list()).find(({ id }) => id === matterId)?.stands
    await byHand(1_000, 'too-little')
    await deliverAll(scene)
    expect([(await owed())[0], await stands()]).toEqual([['left', 'failed', halfFen], true])
    await byHand(halfFen, 'all-of-it')
    await deliverAll(scene)
    expect(await owed()).toEqual([
      ['left', 'canceled', halfFen],
      ['operator', 'succeeded', 1_000],
      ['operator', 'succeeded', halfFen],
    ])
    expect(await stands()).toBe(false)
    await expect(send(matterId, 2)).rejects.toMatchObject({ code: 'illegal-transition' })
    await settle(scene)
    expect(stripeSums(scene, held.orderId).returned).toBe(halfFen + 1_000)
    expect(await faults()).toEqual([])
  })

  it('what was closed while it is still owed can be sent, once, and keeps the words of who closed it', async () => {
    const { held, matterId } = await failed()
    const close = (said: string) =>
      closeMoneyMatter(scene.world, { actor: operator(1), command: fresh('closeMoneyMatter'), params: { matterId }, body: { said } })
    await close('等她换一张卡')
    expect((await list('done')).find(({ id }) => id === matterId)).toMatchObject({ end: 'closed', stands: true })
    const all = await Promise.allSettled([send(matterId, 2), send(matterId, 3), send(matterId, 4)])
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(close('再说一次')).rejects.toMatchObject({ code: 'illegal-transition' })
    expect((await list('done')).find(({ id }) => id === matterId)).toMatchObject({ end: 'resent', said: '等她换一张卡', stands: false })
    await settle(scene)
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    expect(await faults()).toEqual([])
  })

  it('a repeated press of one operator gets the first answer', async () => {
    const { matterId } = await failed()
    const command = fresh('resendRefund')
    expect(await send(matterId, 2, command)).toEqual(await send(matterId, 2, command))
    await settle(scene)
  })

  it('what was set aside waits until somebody says what it was, in words without numbers of people', async () => {
    await quarantine(scene.world, 'evt_strange', 'amount', 'cs_strange')
    await quarantine(scene.world, 'unknown-pi_strange', 'no-order', 'pi_strange', 4_200)
    const waiting = await list()
    const [unknown, event] = [waiting.find(({ kind }) => kind === 'money-unknown'), waiting.find(({ why }) => why === 'amount')]
    expect(unknown).toMatchObject({ kind: 'money-unknown', fen: 4_200, about: ['pi_strange'], stands: true })
    expect(event).toMatchObject({ kind: 'event-quarantined', why: 'amount', about: ['evt_strange', 'cs_strange'] })
    await expect(send(event?.id ?? '', 3)).rejects.toMatchObject({ code: 'illegal-transition' })
    const close = (said: string) =>
      closeMoneyMatter(scene.world, {
        actor: operator(3),
        command: fresh('closeMoneyMatter'),
        params: { matterId: event?.id ?? '' },
        body: { said },
      })
    await expect(close('请打 13800138000')).rejects.toMatchObject({ code: 'validation-failed' })
    expect(await close('测试账户的通知，与我们无关')).toMatchObject({ state: 'done', end: 'closed', said: '测试账户的通知，与我们无关' })
    await expect(close('再说一次')).rejects.toMatchObject({ code: 'illegal-transition' })
    expect((await list('done')).map(({ id }) => id)).toContain(event?.id)
  })

  it('stands in the books, and the books see what nobody would look at', async () => {
    await failed()
    expect(await faults()).toEqual([])
    const gone = await faults(({ pk, ...item }) => (pk.startsWith('MONEY-MATTER#') ? undefined : { pk, ...item }))
    expect(new Set(gone.map(({ code }) => code))).toEqual(new Set(['O8']))
    const unlisted = await faults(({ pk, ...item }) => (pk === 'MONEY-MATTERS#open' ? undefined : { pk, ...item }))
    expect(unlisted.map(({ code }) => code)).toContain('O8')
  })
})
