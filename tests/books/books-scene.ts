import type { EligibilityRule } from '@skills/contract/funding.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import type { Item } from '@skills/core/table.ts'
import { employerScene } from '../employer/employer-scene.ts'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram, makeVoucher } from '../funding/funding-scene.ts'
import { claimAt } from '../money/money-scene.ts'
import { checkout, deliverAll, leave, pass, pay, priceFen, settle, type PaymentScene } from '../order/payment-scene.ts'
import { join } from '../waitlist/waitlist-scene.ts'

/** Two of the scheme in a year and one more of a shortage trade, three over all schemes: somebody in the scene has used up the first. */
const limits: EligibilityRule[] = [
  { kind: 'once-per-trade-and-level' },
  { kind: 'per-scheme-and-year', times: 2, shortage: { trades: ['barista'], extra: 1 } },
  { kind: 'at-most', times: 3, period: 'year', schemes: null },
]

/**
 * A table in which everything that money knows stands once: seats held, paid, subsidized, by voucher, lapsed, given back, paid too late, offered, waited for, bought
 * by an employer paid and unpaid. Gives its items without the outbox, which no stream empties here.
 */
export async function setBooksScene(scene: PaymentScene): Promise<Item[]> {
  const { world } = scene
  const far = await makeRun(world, { capacity: 20, priceFen, date: '2026-12-21' })
  const near = await makeRun(world, { capacity: 5, priceFen })
  const people = await makePeople(world, 9)
  const who = (place: number) => people[place] ?? ''
  const program = await makeProgram(world, { budgetFen: 1_000_000, rules: limits })
  const vouchers = await makeProgram(world, { budgetFen: 200_000, scheme: 'vouchers' })
  await allocateTo(world, program, near, { seats: 3, fen: 90_000 })
  await allocateTo(world, program, far, { seats: 5, fen: 150_000 })
  const { code } = await makeVoucher(world, vouchers, { faceFen: 40_000, budgetFen: 40_000 })

  // A hold that ends unpaid, and one whose money comes when its person has another seat in that run.
  await claimAt(world, who(0), near.run.id)
  const late = await claimAt(world, who(8), far.run.id)
  const { url } = await checkout(scene, late)
  scene.scene.stripe.pay(url.split('/').at(-1) ?? '', { method: 'alipay', outcome: 'later' })
  await pass(scene, 46)
  await settle(scene)
  await claimAt(world, who(8), far.run.id)
  scene.scene.stripe.settle(url.split('/').at(-1) ?? '', true)

  // Paid with a subsidy and kept; twice, in two runs.
  const both = [await claimAt(world, who(1), near.run.id), await claimAt(world, who(1), far.run.id)]
  for (const held of both) await pay(scene, held)
  // Paid with a subsidy and given back, so that somebody who waits is offered the seat.
  const leaver = await claimAt(world, who(2), near.run.id)
  await pay(scene, leaver)
  await claimAt(world, who(3), near.run.id)
  await pay(scene, await claimAt(world, who(4), near.run.id, code))
  await pay(scene, await claimAt(world, who(5), near.run.id))
  await deliverAll(scene)
  await join(world, who(6), near.run.id)
  await join(world, who(7), near.run.id)
  await leave(scene, leaver)
  await settle(scene)
  await deliverAll(scene)

  const employer = employerScene(world)
  await employer.buy(far.run.id, 2)
  const bought = await employer.buy(far.run.id, 3)
  await employer.pay(bought.id, bought.totalFen)
  return (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
}
