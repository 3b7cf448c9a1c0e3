import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { moments, mortal } from './crash.ts'
import { majeure } from './majeure-scene.ts'
import {
  deliverAll,
  expectCleanBooks,
  fresh,
  hold,
  now,
  pay,
  priceFen,
  settle,
  startPayments,
  stripeSums,
  type PaymentScene,
} from './payment-scene.ts'

let scene: PaymentScene
beforeAll(async () => {
  scene = await startPayments('majeure-crash')
})
afterAll(() => scene.stop())

it('an operator’s process that dies at any call leaves force majeure done once or not at all', async () => {
  const [seats, grantFen] = [60, 30_000]
  const run = await makeRun(scene.world, { capacity: seats, priceFen, date: dateAt(plusMinutes(scene.world.now(), 3 * 24 * 60)) })
  const program = await makeProgram(scene.world, { budgetFen: seats * grantFen, funding: { kind: 'fixed', fen: grantFen } })
  await allocateTo(scene.world, program, run, { seats, fen: seats * grantFen })
  const seated = async () => {
    const held = await hold(scene, run.run)
    await pay(scene, held)
    await deliverAll(scene)
    return held
  }
  const ownFen = priceFen - grantFen
  const whole = mortal(scene.world, scene.payments)
  await majeure(whole.world, await seated(), { write: 'yes' })
  expect(whole.calls()).toBeGreaterThan(2)
  for (let at = 1; at <= whole.calls(); at += 1) {
    for (const moment of whole.effects(at) ? moments : moments.slice(0, 1)) {
      const held = await seated()
      const key = fresh('recordForceMajeure')
      const dying = mortal(scene.world, scene.payments, at, moment)
      await majeure(dying.world, held, { write: 'yes', key }).catch(() => undefined)
      // Nobody heard the end of it, and it is asked for again.
      expect(await majeure(scene.world, held, { write: 'yes', key })).toMatchObject({ written: true, learnerFen: ownFen })
      const { enrollment, order } = await now(scene, held)
      expect([enrollment.state, order.refunds.map(({ amountFen }) => amountFen)]).toEqual(['cancelled', [ownFen]])
      await settle(scene)
      expect(stripeSums(scene, held.orderId)).toEqual({ captured: ownFen, returned: ownFen })
    }
  }
  await expectCleanBooks(scene)
}, 120_000)
