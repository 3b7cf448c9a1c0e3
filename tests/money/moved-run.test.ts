import type { Run } from '@skills/contract/catalog.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { readGroupOrder } from '@skills/core/employer/group-order.table.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { getMyEnrollment } from '@skills/functions/enrollment/get-my-enrollment.ts'
import { previewRefund } from '@skills/functions/enrollment/preview-refund.ts'
import { sentenceOf } from '@skills/http/sentence.ts'
import { describe, expect, test } from 'vitest'
import { employerScene, makeStaff } from '../employer/employer-scene.ts'
import { actor, makeRun } from '../enrollment/claim-scene.ts'
import {
  deliverAll,
  expectCleanBooks,
  fresh,
  hold,
  leave,
  now,
  pass,
  pay,
  priceFen,
  settle,
  usePaymentScene,
  type Held,
} from '../order/payment-scene.ts'

const scene = usePaymentScene('moved-run', 'one test')

/** The provider moves the run: its one meeting is at other times from now on. */
async function move({ run: { id } }: RunItem, startsAt: string): Promise<Run> {
  const before = await readRun(scene.world.table, id)
  if (before === undefined) throw new Error('no run')
  const run: Run = { ...before.run, meetings: before.run.meetings.map((one) => ({ ...one, startsAt, endsAt: plusMinutes(startsAt, 120) })) }
  expect(await changeRun(scene.world, { before, run, action: 'move', by: 'system:test' }, true)).toMatchObject({ answer: true })
  return run
}
async function seated(run: RunItem): Promise<Held> {
  const held = await hold(scene, run.run)
  await pay(scene, held)
  await deliverAll(scene)
  expect((await now(scene, held)).order.state).toBe('confirmed')
  return held
}
const call = ({ personId, enrollmentId }: Held) => ({ actor: actor(personId), params: { enrollmentId } })
const preview = (held: Held) => previewRefund(scene.world, call(held))

describe('who paid for a run that its provider moves', () => {
  test('leaves with all her money until the first meeting, however near that is now', async () => {
    const item = await makeRun(scene.world, { priceFen, date: '2027-06-20' })
    const held = await seated(item)
    const first = firstMeeting(await move(item, plusMinutes(scene.world.now(), 120)))
    expect(await preview(held)).toMatchObject({ percent: 100, moved: true, learnerFen: priceFen, until: first })
    expect(await getMyEnrollment(scene.world, call(held))).toMatchObject({ cancelUntil: first })
    await leave(scene, held)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ reason: 'left', amountFen: priceFen, state: 'pending' }])
    await expectCleanBooks(scene)
  })

  test('has what she bought again once it stands at the old times, and nothing more from its first meeting on', async () => {
    const item = await makeRun(scene.world, { priceFen, date: '2026-12-03' })
    const held = await seated(item)
    await move(item, instantOf('2026-12-04', '18:30'))
    expect(await preview(held)).toMatchObject({ percent: 100, moved: true })
    await move(item, firstMeeting(item.run))
    expect(await preview(held)).toMatchObject({ percent: 0, moved: false, until: instantOf('2026-12-02', '18:30') })
    const first = firstMeeting(await move(item, instantOf('2026-12-04', '18:30')))
    scene.world.moveTo(plusMinutes(first, 1))
    expect(await preview(held)).toMatchObject({ percent: 0, learnerFen: 0, until: null })
    await expect(leave(scene, held)).rejects.toMatchObject({ code: 'cancellation-closed', members: { until: first } })
  })
})

test('late money that takes a seat again in a run that was moved meanwhile can be had back whole', async () => {
  const item = await makeRun(scene.world, { priceFen, date: '2027-06-20' })
  const held = await hold(scene, item.run)
  const session = await pay(scene, held, { method: 'alipay', outcome: 'later' })
  await pass(scene, 46)
  await settle(scene)
  expect((await now(scene, held)).enrollment.state).toBe('lapsed')
  await move(item, plusMinutes(scene.world.now(), 120))
  scene.scene.stripe.settle(session, true)
  await deliverAll(scene)
  expect((await now(scene, held)).enrollment.state).toBe('active')
  expect(await preview(held)).toMatchObject({ percent: 100, moved: true, learnerFen: priceFen })
  await expectCleanBooks(scene)
})

test('a firm gets back all it paid for a seat in a run that was moved, once its order is over', async () => {
  const item = await makeRun(scene.world, { priceFen, date: '2027-06-20' })
  const firm = employerScene(scene.world)
  const order = await firm.buy(item.run.id, 1)
  await firm.pay(order.id, order.totalFen)
  const [{ personId, hash } = { personId: '', hash: '' }] = await makeStaff(scene.world, 1)
  await firm.answer(personId, await firm.inviteHash(order.id, hash))
  await firm.cancel(order.id)
  const enrollmentId = (await readGroupOrder(scene.world.table, order.id))?.invitations[0]?.enrollmentId ?? ''
  await move(item, plusMinutes(scene.world.now(), 120))
  await leave(scene, { personId, enrollmentId, runId: item.run.id, orderId: '' })
  expect(await readGroupOrder(scene.world.table, order.id)).toMatchObject({ refunds: [{ reason: 'left', amountFen: priceFen }] })
})

describe('a refund that was shown', () => {
  const leaveFor = (held: Held, learnerFen: number, command = fresh('cancelEnrollment')) =>
    cancelEnrollment(scene.world, { ...call(held), command, body: { learnerFen } })

  test('is not less when the seat is given back: then nothing happens, and both sums are said', async () => {
    // Seven full working days before it: all of it; a day later half.
    const held = await seated(await makeRun(scene.world, { priceFen: 99_999, date: '2026-12-11' }))
    const { learnerFen, percent } = await preview(held)
    expect([percent, learnerFen]).toEqual([100, 99_999])
    scene.world.moveTo(plusMinutes(scene.world.now(), 24 * 60))
    const before = await now(scene, held)
    const command = fresh('cancelEnrollment')
    const refused = await leaveFor(held, learnerFen, command).catch((error: unknown) => error as Refusal)
    expect(refused).toMatchObject({ code: 'refund-changed', members: { shownFen: 99_999, nowFen: 50_000 } })
    expect(sentenceOf('refund-changed', (refused as Refusal).members).zh).toContain('退 ¥999.99，现在退出只退 ¥500')
    expect(await now(scene, held)).toEqual(before)
    expect((await preview(held)).learnerFen).toBe(50_000)
    const left = await leaveFor(held, 50_000, command)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ amountFen: 50_000 }])
    expect(await leaveFor(held, 50_000, command)).toEqual(left)
    await expectCleanBooks(scene)
  })

  test('may be more by now', async () => {
    const item = await makeRun(scene.world, { priceFen, date: '2026-12-04' })
    const held = await seated(item)
    const { learnerFen } = await preview(held)
    expect(learnerFen).toBe(0)
    await move(item, instantOf('2026-12-05', '18:30'))
    await leaveFor(held, learnerFen)
    expect((await now(scene, held)).order.refunds).toMatchObject([{ amountFen: priceFen }])
  })
})
