import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { settleRun } from '@skills/core/order/settle-run.ts'
import { readItem } from '@skills/core/table.ts'
import { deliverEvent } from '@skills/functions/notices/deliver-event.ts'
import type { Channels } from '@skills/functions/notices/channels.ts'
import { expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import {
  deliverAll,
  expectCleanBooks,
  hold,
  leave,
  now,
  pay,
  priceFen,
  settle,
  stripeSums,
  usePaymentScene,
  type Held,
} from './payment-scene.ts'

const scene = usePaymentScene('run-cancelled')

/** Nobody here agreed to text messages, so no number is opened and nothing is sent. */
const nobody = { sendSms: () => Promise.reject(new Error('no text message')), lost: () => undefined } as unknown as Channels

async function cancel(runId: string): Promise<void> {
  const before = await readRun(scene.world.table, runId)
  if (before === undefined) throw new Error('no run')
  const run = { ...before.run, state: 'cancelled' as const }
  const outcome = await changeRun(scene.world, { before, run, by: 'system:test', action: 'cancel' }, null)
  expect(outcome).toMatchObject({ answer: null })
}

it('everybody gets back all that was paid, those who hold, those who are seated, and nobody twice', async () => {
  // So near to the first meeting that leaving would give nothing back.
  const { run } = await makeRun(scene.world, { priceFen, date: '2026-12-02', capacity: 6 })
  const seated: Held[] = []
  for (let count = 0; count < 3; count += 1) {
    const held = await hold(scene, run)
    await pay(scene, held)
    seated.push(held)
  }
  await deliverAll(scene)
  const waiting = await hold(scene, run)
  const page = await hold(scene, run)
  await pay(scene, page, { method: 'alipay', outcome: 'later' })
  const gone = await hold(scene, run)
  await leave(scene, gone)
  await cancel(run.id)
  expect(await settle(scene)).toMatchObject({ givenBack: 5 })
  expect(await settle(scene)).toMatchObject({ givenBack: 0 })
  await deliverAll(scene)
  for (const held of seated) {
    const { enrollment, order } = await now(scene, held)
    expect([enrollment.state, order.refunds]).toMatchObject([
      'cancelled',
      [{ reason: 'run-cancelled', amountFen: priceFen, state: 'succeeded' }],
    ])
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
    expect(await readItem(scene.world.table, keys.guard.key(held.personId, run.id))).toMatchObject({
      state: 'released',
      runCancelled: true,
    })
  }
  // Whether the notice of the cancellation leaves before or after the money, everybody who had a seat hears of it, and not that a seat was given back.
  for (const { pk, sk } of await scanTable(scene.world.table))
    if (pk.startsWith('OUTBOX#')) await deliverEvent(scene.world, nobody, { pk, sk })
  const heard = async ({ personId }: Held) => (await latestNotices(scene.world, personId)).map(({ title }) => title.zh)
  expect((await heard(seated[0] as Held)).sort()).toEqual(['这一期已取消', '退款已发出'])
  expect(await heard(waiting)).toEqual(['这一期已取消'])
  expect(await heard(gone)).not.toContain('这一期已取消')
  expect((await now(scene, waiting)).order).toMatchObject({ state: 'cancelled', refunds: [] })
  // Money that was on its way when the run was cancelled arrives, and goes back.
  const { order } = await now(scene, page)
  scene.scene.stripe.settle(order.payments[0]?.checkoutId ?? '', true)
  await deliverAll(scene)
  await settle(scene)
  expect(stripeSums(scene, page.orderId)).toEqual({ captured: priceFen, returned: priceFen })
  await expectCleanBooks(scene)
})

it('a job that is stopped at any seat goes on where it was', async () => {
  const { run } = await makeRun(scene.world, { priceFen, capacity: 6 })
  const seats: Held[] = []
  for (let count = 0; count < 6; count += 1) {
    const held = await hold(scene, run)
    await pay(scene, held)
    seats.push(held)
  }
  await deliverAll(scene)
  await cancel(run.id)
  for (let stopAfter = 0; stopAfter < 3; stopAfter += 1) {
    let left = stopAfter
    const stopping = { ...scene.world, id: (kind: Parameters<typeof scene.world.id>[0]) => stopped(kind, () => (left -= 1) < 0) }
    await expect(settleRun(stopping, run.id)).rejects.toThrow('stopped')
  }
  await settle(scene)
  await settle(scene)
  for (const held of seats) expect(stripeSums(scene, held.orderId)).toEqual({ captured: priceFen, returned: priceFen })
  await expectCleanBooks(scene)
  function stopped(kind: Parameters<typeof scene.world.id>[0], stops: () => boolean): string {
    if (kind === 'refund' && stops()) throw new Error('stopped')
    return scene.world.id(kind)
  }
})
