import type { Earns, Program } from '@skills/contract/funding.ts'
import type { PayoutStatement } from '@skills/contract/payout.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { keys } from '@skills/core/keys.ts'
import { closeStatement, nextPayout } from '@skills/core/payout/payout.table.ts'
import { readRange, type Item } from '@skills/core/table.ts'
import { exportPayout } from '@skills/functions/payout/export-payout.ts'
import { listPayouts } from '@skills/functions/payout/payouts.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { describe, expect, it } from 'vitest'
import { employerScene } from '../employer/employer-scene.ts'
import { makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { withoutConditions } from '../money/turns.ts'
import { majeure } from '../order/majeure-scene.ts'
import { deliverAll, fresh, hold, leave, pay, priceFen, settle, usePaymentScene, type Held } from '../order/payment-scene.ts'
import { afterRun, credit, otherFaults, payoutFaults, payoutScene, providerActor } from './payout-scene.ts'

const scene = usePaymentScene('payouts')
const grantFen = 30_000
const ownFen = priceFen - grantFen
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )

/** A run in twenty days, so many of whose seats a program pays a part of. */
async function open(seats = 4, capacity = 8, earns?: Earns): Promise<RunItem> {
  const { world } = scene
  const date = dateAt(plusMinutes(world.now(), 20 * 24 * 60))
  const window = { opensAt: plusMinutes(world.now(), -60), closesAt: plusMinutes(world.now(), 15 * 24 * 60) }
  const run = await makeRun(world, { capacity, priceFen, date, ...window })
  const program = await makeProgram(world, {
    budgetFen: seats * grantFen,
    funding: { kind: 'fixed', fen: grantFen },
    ...(earns && { earns }),
  })
  await allocateTo(world, program, run, { seats, fen: seats * grantFen })
  return run
}
async function seated({ run }: RunItem): Promise<Held> {
  const held = await hold(scene, run)
  await pay(scene, held)
  await deliverAll(scene)
  return held
}
const sumOf = ({ sums }: Pick<PayoutStatement, 'sums'>, payer: string) => sums.find((sum) => sum.payer === payer)

describe('a payout statement', () => {
  it('says what learners, employers and sponsors paid, holds back what nobody proved, and is corrected by the next', async () => {
    const { world } = scene
    const item = await open()
    const { run } = item
    const manager = payoutScene(world, run)
    const [full, short, absent, left] = [await seated(item), await seated(item), await seated(item), await seated(item)]
    await leave(scene, left)
    await settle(scene)
    const firm = employerScene(world)
    const order = await firm.buy(run.id, 2)
    await firm.pay(order.id, order.totalFen)

    // Before the last meeting nothing is earned, and nothing can be closed.
    const early = await manager.look()
    expect(early.next).toMatchObject({ earnedFen: 0, heldFen: 3 * priceFen + 2 * priceFen })
    expect(await codeOf(manager.close())).toBe('payout-too-early')

    await afterRun(scene, run)
    const lines = await manager.nextLines()
    expect(lines.map(({ kind }) => kind).sort()).toEqual(['group-order', 'seat', 'seat', 'seat', 'seat'])
    expect(lines.find(({ id }) => id === full.enrollmentId)).toMatchObject({
      state: 'active',
      attended: null,
      parts: [
        { payer: 'learner', paidFen: ownFen, earnedFen: ownFen, held: [] },
        { payer: 'sponsor', paidFen: grantFen, earnedFen: 0, held: [{ reason: 'evidence-missing', fen: grantFen }] },
      ],
    })
    expect(lines.find(({ id }) => id === left.enrollmentId)).toMatchObject({
      state: 'left',
      parts: [
        { payer: 'learner', paidFen: ownFen, refundedFen: ownFen, earnedFen: 0 },
        { payer: 'sponsor', paidFen: grantFen, refundedFen: grantFen, earnedFen: 0 },
      ],
    })
    const first = await manager.close()
    expect(first).toMatchObject({
      number: 1,
      earnedFen: 3 * ownFen + 2 * priceFen,
      differenceFen: 3 * ownFen + 2 * priceFen,
      heldFen: 3 * grantFen,
    })
    expect(sumOf(first, 'employer')).toMatchObject({ paidFen: 2 * priceFen, earnedFen: 2 * priceFen })
    expect(sumOf(first, 'sponsor')?.name).toEqual({ zh: '示范工会：示范补贴', en: 'Model union: Model subsidy' })
    expect(await codeOf(manager.close(0))).toBe('payout-unchanged')

    // Evidence comes: in full from 80 %, in proportion from 25 %, nothing below.
    await credit(world, full, 96)
    await credit(world, short, 60)
    await credit(world, absent, 29)
    expect(await codeOf(manager.close(1))).toBe('payout-changed')
    // The same sum of other lines is another statement.
    expect(await codeOf(manager.close(undefined, manager.actor, '0'.repeat(64)))).toBe('payout-changed')
    const second = await manager.close()
    expect(second).toMatchObject({ number: 2, lines: 3, differenceFen: grantFen + grantFen / 2, heldFen: grantFen + grantFen / 2 })
    expect((await manager.lines(2)).find(({ id }) => id === short.enrollmentId)).toMatchObject({
      attended: { minutes: 60, outOfMinutes: 120 },
      differenceFen: grantFen / 2,
      parts: [{}, { held: [{ reason: 'attendance-short', fen: grantFen / 2 }] }],
    })

    // Money that goes back later is taken back by the next one; the others stay as they were.
    await majeure(world, full, { write: 'yes' })
    await settle(scene)
    const third = await manager.close()
    expect(third).toMatchObject({ number: 3, lines: 1, differenceFen: -priceFen })
    expect((await manager.look()).statements).toEqual([first, second, third].map((one) => ({ ...one, paidFen: 0, payments: [] })))
    expect(first.differenceFen + second.differenceFen + third.differenceFen).toBe(third.earnedFen)
    expect((await manager.look()).next).toBeNull()
    expect(await payoutFaults(world)).toEqual([])
    expect(await otherFaults(world)).toEqual([])
  })

  it('reckons by the bands of the very rules that granted, and the books read them there', async () => {
    const { world } = scene
    const item = await open(2, 8, { fullFromPercent: 50, shareFromPercent: 50, belowPercent: 10 })
    const { run } = item
    const manager = payoutScene(world, run)
    const [half, less] = [await seated(item), await seated(item)]
    await afterRun(scene, run)
    await credit(world, half, 60)
    await credit(world, less, 59)
    const statement = await manager.close()
    expect(statement).toMatchObject({ earnedFen: 2 * ownFen + grantFen + grantFen / 10, heldFen: (grantFen * 9) / 10 })
    expect(statement.rules).toMatchObject([
      { version: 'given-2026-1' },
      { basis: 'attended', fullFromPercent: 50, shareFromPercent: 50, belowPercent: 10 },
    ])
    expect(await payoutFaults(world)).toEqual([])
    // Were they other bands than when it was closed, the statement would be no rebuild of what granted it.
    const others = (items: Item[]) =>
      items.map((one) => {
        const program = one['program'] as Program | undefined
        if (one.sk !== 'PROGRAM' || program === undefined) return one
        return { ...one, program: { ...program, ruleSets: program.ruleSets.map(({ earns: _, ...set }) => set) } }
      })
    expect((await payoutFaults(world, others)).map(({ code }) => code)).toEqual(['P2', 'P2'])
  })

  it('holds back what was paid in a run that its provider cancelled, and says who knows nothing of who came', async () => {
    const { world } = scene
    const item = await open(1)
    const known = await seated(item)
    await afterRun(scene, item.run)
    await credit(world, known, 'not taken')
    const manager = payoutScene(world, item.run)
    expect((await manager.nextLines())[0]?.parts[1]?.held).toEqual([{ reason: 'evidence-missing', fen: grantFen }])
  })

  it('is closed once by two who close it at once; without the conditions each of them would', async () => {
    const { world } = scene
    const closedBy = async (of: typeof world) => {
      const item = await open(1)
      await seated(item)
      await afterRun(scene, item.run)
      const stale = await Promise.all(Array.from({ length: 8 }, () => nextPayout(of, item)))
      const outcomes = await Promise.all(
        stale.map((next) => closeStatement(of, fresh('closePayout'), next, 'per_70000000000000000000000021')),
      )
      return outcomes.filter((outcome) => 'answer' in outcome).length
    }
    expect(await closedBy(world)).toBe(1)
    expect(await payoutFaults(world)).toEqual([])
    const bare = withoutConditions(
      world,
      (pk, sk) => sk === 'PAYOUT' || sk.startsWith('PAYOUT#') || pk.startsWith('PAYOUT#') || pk.startsWith('AUDIT#'),
    )
    expect(await closedBy(bare)).toBeGreaterThan(1)
  })
})

describe('who may', () => {
  it('look and close: the provider’s own people and operators, registrars only look; for others there is no such run', async () => {
    const { world } = scene
    const item = await open(1)
    await seated(item)
    await afterRun(scene, item.run)
    const manager = payoutScene(world, item.run)
    const stranger = providerActor(world.id('provider'))
    const registrar = providerActor(item.run.providerId, 'provider:registrar')
    expect(await codeOf(manager.look(stranger))).toBe('not-found')
    expect(await codeOf(manager.look(registrar))).toBe('done')
    expect(await codeOf(manager.close(ownFen, registrar))).toBe('not-found')
    expect(await codeOf(manager.close(ownFen, stranger))).toBe('not-found')
    expect(
      await codeOf(
        listPayouts(world, { actor: stranger, params: { providerId: item.run.providerId }, page: { limit: 20, after: undefined } }),
      ),
    ).toBe('not-found')
  })
})

describe('an export', () => {
  it('is masked, in text that no spreadsheet executes, and leaves a trace first', async () => {
    const { world } = scene
    const item = await open(1)
    const held = await seated(item)
    await afterRun(scene, item.run)
    const manager = payoutScene(world, item.run)
    await manager.close()
    const { runId } = held
    const call = { actor: manager.actor, params: { runId, number: 1 }, query: {}, language: 'zh' as const }
    const { text } = await exportPayout(world, call)
    expect(text).toContain(`"${held.enrollmentId}"`)
    expect(text).toContain('"学员","980","0","0","0","","980"')
    expect(text).toContain(`导出：${manager.actor.personId}`)
    expect(String(text)).not.toContain(held.personId)
    const { headers, text: book } = await exportPayout(world, { ...call, query: { format: 'xlsx' } })
    expect(headers['content-disposition']).toContain('payout-R1-1-')
    expect(book).toBeInstanceOf(Uint8Array)
    const chain = await readRange(world.table, { pk: keys.audit.key(`${item.run.providerId}/EXPORTS`, '').pk })
    expect(chain.map(({ action }) => action)).toEqual(['export payout', 'export payout'])
    expect(await codeOf(exportPayout(world, { ...call, params: { runId, number: 2 } }))).toBe('not-found')
  })
})
