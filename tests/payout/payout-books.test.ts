import type { PayoutLine } from '@skills/contract/payout.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import type { PayoutLinesItem, StatementItem } from '@skills/core/payout/payout.table.ts'
import type { Item } from '@skills/core/table.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { deliverAll, hold, pay, priceFen, usePaymentScene } from '../order/payment-scene.ts'
import { afterRun, credit, payoutFaults, payoutScene } from './payout-scene.ts'

const scene = usePaymentScene('payout-books')
const ids: string[] = []

beforeAll(async () => {
  const { world } = scene
  const date = dateAt(plusMinutes(world.now(), 20 * 24 * 60))
  const item = await makeRun(world, {
    capacity: 4,
    priceFen,
    date,
    opensAt: plusMinutes(world.now(), -60),
    closesAt: plusMinutes(world.now(), 9_000),
  })
  const program = await makeProgram(world, { budgetFen: 90_000, funding: { kind: 'fixed', fen: 30_000 } })
  await allocateTo(world, program, item, { seats: 3, fen: 90_000 })
  const people = [await hold(scene, item.run), await hold(scene, item.run), await hold(scene, item.run)]
  for (const held of people) {
    await pay(scene, held)
    ids.push(held.enrollmentId)
  }
  await deliverAll(scene)
  await afterRun(scene, item.run)
  const manager = payoutScene(world, item.run)
  const [one, other] = people
  if (one === undefined || other === undefined) throw new Error('nobody came')
  await credit(world, one, 120)
  await manager.close()
  await credit(world, other, 60)
  await manager.close()
})

type Change = (item: Item) => Item | undefined
/** The books with some items changed or taken out. */
const faults = async (change: Change) => {
  const found = await payoutFaults(scene.world, (items) => items.flatMap((item) => change(structuredClone(item)) ?? []))
  return [...new Set(found.map(({ code }) => code))]
}
const line =
  (id: () => string | undefined, change: (line: PayoutLine) => void): Change =>
  (item) => {
    if (item.pk.startsWith('PAYOUT#')) for (const one of (item as unknown as PayoutLinesItem).lines) if (one.id === id()) change(one)
    return item
  }
const statement =
  (number: number, change: (one: StatementItem) => void): Change =>
  (item) => {
    const kept = item as unknown as StatementItem
    if (item.pk.startsWith('PROVIDER#') && item.sk.startsWith('PAYOUT#') && kept.statement.number === number) change(kept)
    return item
  }
const gone =
  (is: (item: Item) => boolean): Change =>
  (item) =>
    is(item) ? undefined : item

describe('the books of payouts', () => {
  it('are clean as they were written', async () => {
    expect(await payoutFaults(scene.world)).toEqual([])
  })

  it.each<[string, Change, string[]]>([
    [
      'a fen moved from what is held to what is earned',
      line(
        () => ids[2],
        ({ parts }) => {
          const [, sponsor] = parts
          if (sponsor !== undefined) Object.assign(sponsor, { heldFen: sponsor.heldFen - 1, earnedFen: sponsor.earnedFen + 1 })
        },
      ),
      ['P1', 'P2'],
    ],
    [
      'a line whose difference is another',
      line(
        () => ids[0],
        (one) => void (one.differenceFen += 1),
      ),
      ['P1'],
    ],
    ['a sum of the run that is another', statement(2, ({ statement: one }) => void (one.earnedFen += 1)), ['P1']],
    [
      'a statement that says it was closed earlier',
      statement(1, ({ statement: one }) => void (one.closedAt = '2026-12-01T00:00:00.000Z')),
      ['P1'],
    ],
    ['lines that are gone', gone(({ pk }) => pk.startsWith('PAYOUT#') && pk.endsWith('#0002')), ['P1']],
    ['the last statement gone', gone(({ sk }) => sk.startsWith('PAYOUT#') && sk.endsWith('#0002')), ['P1']],
    ['every statement gone', gone(({ sk }) => sk.startsWith('PAYOUT#')), ['P1']],
    ['the run does not know of them', gone(({ sk }) => sk === 'PAYOUT'), ['P1']],
    [
      'somebody who paid is left out',
      (item) => {
        const lines = item as unknown as PayoutLinesItem
        if (item.pk.startsWith('PAYOUT#')) lines.lines = lines.lines.filter(({ id }) => id !== ids[2])
        return item
      },
      ['P1', 'P2'],
    ],
    [
      'an enrollment whose money is another, at the same version',
      (item) => {
        if (item.sk === `ENROLLMENT#${ids[2]}`) Object.assign((item['order'] as { payments: object[] }).payments[0] ?? {}, { amountFen: 1 })
        return item
      },
      ['P2'],
    ],
    [
      'attendance that is another, at the same version',
      (item) => (item.sk.startsWith('CREDIT#') ? { ...item, minutes: 30 } : item),
      ['P2'],
    ],
  ])('find %s', async (_, change, codes) => {
    const found = await faults(change)
    for (const code of codes) expect(found).toContain(code)
  })
})
