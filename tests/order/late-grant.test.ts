import { readGrants } from '@skills/core/funding/grant-list.table.ts'
import { expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { deliverAll, expectCleanBooks, hold, now, pass, pay, priceFen, settle, usePaymentScene } from './payment-scene.ts'

const scene = usePaymentScene('late-grant')

it('a subsidy taken again for late money is a grant of its own, and listed once', async () => {
  const program = await makeProgram(scene.world, { budgetFen: 60_000 })
  const run = await makeRun(scene.world, { priceFen, capacity: 2, date: '2026-12-20' })
  await allocateTo(scene.world, program, run, { seats: 2, fen: 60_000 })
  const held = await hold(scene, run.run)
  const session = await pay(scene, held, { method: 'alipay', outcome: 'later' })
  await pass(scene, 46)
  await settle(scene)
  const [first] = (await now(scene, held)).order.grants
  expect(first).toMatchObject({ state: 'voided' })

  scene.scene.stripe.settle(session, true)
  await deliverAll(scene)
  const { enrollment, order } = await now(scene, held)
  expect([enrollment.state, order.grants.map(({ state }) => state)]).toEqual(['active', ['spent']])
  expect(order.grants[0]?.id).not.toBe(first?.id)
  const { items } = await readGrants(scene.world.table, program.id, { limit: 100, after: undefined })
  expect(items.map(({ fen, state }) => [fen, state])).toEqual([[30_000, 'spent']])
  await expectCleanBooks(scene)
})
