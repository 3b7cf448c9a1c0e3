import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readGroupOrder } from '@skills/core/employer/group-order.table.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { readPots } from '@skills/core/funding/pot.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem, type Item } from '@skills/core/table.ts'
import { previewRefund } from '@skills/functions/enrollment/preview-refund.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, employerScene, makeStaff } from '../employer/employer-scene.ts'
import { actor, makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { withoutConditions } from '../money/turns.ts'
import { join } from '../waitlist/waitlist-scene.ts'
import { evidence, majeure, operator } from './majeure-scene.ts'
import {
  claim,
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
  startPayments,
  stripeSums,
  told,
  type Held,
  type PaymentScene,
} from './payment-scene.ts'

let scene: PaymentScene
beforeAll(async () => {
  scene = await startPayments('force-majeure')
})
afterAll(() => scene.stop())

const grantFen = 30_000
const ownFen = priceFen - grantFen
const inDays = (days: number) => dateAt(plusMinutes(scene.world.now(), days * 24 * 60))
const open = () => ({ opensAt: plusMinutes(scene.world.now(), -60), closesAt: plusMinutes(scene.world.now(), 2 * 24 * 60) })
/** A run near enough that leaving it gives nothing back, and whose seats a program pays a part of. */
async function near(capacity = 2): Promise<{ run: RunItem; programId: string }> {
  const run = await makeRun(scene.world, { capacity, priceFen, date: inDays(3), ...open() })
  const program = await makeProgram(scene.world, { budgetFen: capacity * grantFen, funding: { kind: 'fixed', fen: grantFen } })
  await allocateTo(scene.world, program, run, { seats: capacity, fen: capacity * grantFen })
  return { run, programId: program.id }
}
async function seated({ run }: RunItem): Promise<Held> {
  const held = await hold(scene, run)
  await pay(scene, held)
  await deliverAll(scene)
  return held
}
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

/** The same in a table of its own, whose clock or books are nobody else's. */
async function elsewhere(name: string, does: () => Promise<void>): Promise<void> {
  const before = scene
  scene = await startPayments(name)
  try {
    await does()
  } finally {
    await scene.stop()
    scene = before
  }
}

describe('force majeure', () => {
  it('is reckoned first and writes nothing then; done, each who paid gets all of it, and the seat is offered to the next', async () => {
    const { run, programId } = await near(1)
    const held = await seated(run)
    const [waiting = ''] = await makePeople(scene.world, 1)
    await join(scene.world, waiting, run.run.id)
    expect(await previewRefund(scene.world, { actor: actor(held.personId), params: { enrollmentId: held.enrollmentId } })).toMatchObject({
      percent: 0,
      learnerFen: 0,
    })
    const sums = { learnerFen: ownFen, employerFen: 0, subsidyFen: grantFen, disputed: false, grants: [{ fen: grantFen }] }
    expect(await majeure(scene.world, held)).toMatchObject({ ...sums, written: false })
    expect((await now(scene, held)).enrollment.state).toBe('active')

    expect(await majeure(scene.world, held, { write: 'yes' })).toMatchObject({ ...sums, written: true })
    const { enrollment, order } = await now(scene, held)
    expect([enrollment.state, order.state, order.grants[0]?.state]).toEqual(['cancelled', 'cancelled', 'returned'])
    expect(order.refunds).toMatchObject([{ reason: 'force-majeure', state: 'pending', amountFen: ownFen }])
    expect((await readPots(scene.world.table, programId, run.run.id, 1))[0]).toMatchObject({ spentFen: 0, availableFen: grantFen })
    expect((await readItem(scene.world.table, keys.waitingFor.key(waiting, run.run.id)))?.['state']).toBe('offered')
    expect(await told(scene, held)).toEqual(expect.arrayContaining(['force-majeure']))
    expect(await told(scene, held)).not.toContain('seat-given-back')
    await settle(scene)
    expect(stripeSums(scene, held.orderId)).toEqual({ captured: ownFen, returned: ownFen })
    await expectCleanBooks(scene)
  })

  it('keeps who recorded what and when, and the books notice when that is changed', async () => {
    const { run } = await near()
    const held = await seated(run)
    await majeure(scene.world, held, { write: 'yes' })
    const items = (await scanTable(scene.world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
    const stored = items.find(({ sk }) => sk === `ENROLLMENT#${held.enrollmentId}`) as Item
    expect(stored['forceMajeure']).toMatchObject({ ...evidence, by: operator.personId })
    expect(violations(items, scene.world.now())).toEqual([])
    stored['forceMajeure'] = { ...(stored['forceMajeure'] as object), evidence: '另一句话' }
    expect(violations(items, scene.world.now())).toMatchObject([{ code: 'A1' }])
  })

  it('whose answer was lost is done once: the same key gets the same answer, another thing under it is refused', async () => {
    const { run } = await near()
    const held = await seated(run)
    const key = fresh('recordForceMajeure')
    const first = await majeure(scene.world, held, { write: 'yes', key })
    expect(await majeure(scene.world, held, { write: 'yes', key })).toEqual(first)
    expect(await codeOf(majeure(scene.world, held, { write: 'yes', key: { ...key, fingerprint: 'other' } }))).toBe('idempotency-key-reused')
    expect(await codeOf(majeure(scene.world, held, { write: 'yes' }))).toBe('illegal-transition')
    await settle(scene)
    expect(stripeSums(scene, held.orderId).returned).toBe(ownFen)
  })

  it('is not recorded for oneself, for a hold, for what is unknown, or with numbers of a person', async () => {
    const { run } = await near()
    const held = await hold(scene, run.run)
    expect(await codeOf(majeure(scene.world, held, { write: 'yes' }))).toBe('illegal-transition')
    await pay(scene, held)
    await deliverAll(scene)
    expect(await codeOf(majeure(scene.world, held, { by: { ...operator, personId: held.personId } }))).toBe('forbidden')
    expect(await codeOf(majeure(scene.world, { ...held, personId: 'per_70000000000000000000000009' }))).toBe('not-found')
    for (const words of ['身份证 990000 19900101 0012', '电话 199 0001 2345', ' '])
      expect(await codeOf(majeure(scene.world, held, { body: { ...evidence, evidence: words } }))).toBe('validation-failed')
  })

  it('gives back the seat of a free run too, where nothing was paid', async () => {
    const { run } = await makeRun(scene.world, {
      date: inDays(3),
      opensAt: plusMinutes(scene.world.now(), -60),
      closesAt: plusMinutes(scene.world.now(), 60),
    })
    const [personId = ''] = await makePeople(scene.world, 1)
    const { id: enrollmentId } = await claim(scene.world, personId, run.id)
    const sums = { learnerFen: 0, employerFen: 0, subsidyFen: 0, grants: [] }
    expect(await majeure(scene.world, { personId, enrollmentId }, { write: 'yes' })).toMatchObject({ ...sums, written: true })
    await expectCleanBooks(scene)
  })

  it('is not recorded long after', () =>
    elsewhere('force-majeure-late', async () => {
      const held = await seated((await near()).run)
      await pass(scene, 92 * 24 * 60)
      expect(await majeure(scene.world, held)).toMatchObject({ learnerFen: ownFen })
      await pass(scene, 2 * 24 * 60)
      expect(await codeOf(majeure(scene.world, held, { write: 'yes' }))).toBe('force-majeure-late')
    }))

  it('of a payment that is disputed waits with its money for the end of that', async () => {
    const { run } = await near()
    const held = await seated(run)
    const dispute = scene.scene.stripe.openDispute(String((await now(scene, held)).order.payments[0]?.paymentId))
    await deliverAll(scene)
    expect(await majeure(scene.world, held, { write: 'yes' })).toMatchObject({ learnerFen: ownFen, disputed: true })
    await settle(scene)
    expect(stripeSums(scene, held.orderId).returned).toBe(0)
    scene.scene.stripe.closeDispute(dispute.id, 'won')
    await settle(scene)
    await settle(scene)
    expect(stripeSums(scene, held.orderId).returned).toBe(ownFen)
    await expectCleanBooks(scene)
  })
})

describe('beside its person, who leaves at the same moment', () => {
  const rounds = 6
  /** How often both were told that they did it. */
  async function race(world: PaymentScene['world']): Promise<number> {
    let both = 0
    const { run } = await near(rounds)
    for (let round = 0; round < rounds; round += 1) {
      const held = await seated(run)
      const done = await Promise.all([codeOf(majeure(world, held, { write: 'yes' })), codeOf(leave({ ...scene, world }, held))])
      if (done.every((code) => code === 'done')) both += 1
      else expect(done.filter((code) => code === 'done')).toHaveLength(1)
    }
    return both
  }

  it('one of the two happens, and no money goes back twice', async () => {
    expect(await race(scene.world)).toBe(0)
    await settle(scene)
    await expectCleanBooks(scene)
  })

  it('control: without the conditions of the transaction both happen', () =>
    elsewhere('force-majeure-control', async () => {
      const careless = withoutConditions(scene.world, (pk) => /^(PERSON|AUDIT|POT|SHARD)#/.test(pk))
      expect(await race(careless)).toBeGreaterThan(0)
    }))
})

describe('a seat that an employer bought', () => {
  async function accepted(payBy: 'stripe' | 'transfer') {
    const run = await makeRun(scene.world, {
      ...{ capacity: 5, priceFen, date: inDays(10) },
      opensAt: plusMinutes(scene.world.now(), -60),
      closesAt: plusMinutes(scene.world.now(), 5 * 24 * 60),
    })
    const firm = employerScene(scene.world)
    const order = await firm.buy(run.run.id, 3, { payBy })
    await firm.pay(order.id, order.totalFen)
    const [one = { personId: '', hash: '' }] = await makeStaff(scene.world, 1)
    await firm.answer(one.personId, await firm.inviteHash(order.id, one.hash))
    const { invitations } = (await readGroupOrder(scene.world.table, order.id)) ?? { invitations: [] }
    const enrollmentId = invitations[0]?.enrollmentId ?? ''
    return { run, firm, order, held: { personId: one.personId, enrollmentId } }
  }

  it('goes back with all of its price to the employer, and the order goes on with the others', async () => {
    const { run, firm, order, held } = await accepted('transfer')
    expect(await majeure(scene.world, held)).toMatchObject({ learnerFen: 0, employerFen: priceFen, written: false })
    expect(await majeure(scene.world, held, { write: 'yes' })).toMatchObject({ employerFen: priceFen, written: true })
    expect(await accounts(scene.world, run)).toEqual({ free: 3, held: 0, sold: 0, blocked: 2 })
    const after = await readGroupOrder(scene.world.table, order.id)
    expect(after).toMatchObject({
      ...{ state: 'paid', seatsBack: 1, buyerId: firm.manager.personId },
      refunds: [{ reason: 'force-majeure', state: 'pending', amountFen: priceFen }],
      invitations: [{ state: 'declined' }],
    })
    const events = (await scanTable(scene.world.table)).filter(({ pk }) => pk.startsWith('OUTBOX#')).map((item) => item['event'])
    expect(events).toContainEqual({ type: 'group-force-majeure', personId: firm.manager.personId, runId: run.run.id, fen: priceFen })
    await firm.sendBack(order.id, priceFen)
    await expectCleanBooks(scene)
    // The two that are left are cancelled by the order's own policy.
    await firm.cancel(order.id)
    await settle(scene)
    await expectCleanBooks(scene)
    expect((await readHeads(scene.world.table, run.run.id, run.shards))[0]).toMatchObject({ free: 5 })
  })

  it('of an order that is over gives all of its price back as well', async () => {
    const { firm, order, held } = await accepted('transfer')
    await firm.cancel(order.id)
    const before = (await readGroupOrder(scene.world.table, order.id))?.refunds.length ?? 0
    expect(await majeure(scene.world, held, { write: 'yes' })).toMatchObject({ employerFen: priceFen })
    const after = await readGroupOrder(scene.world.table, order.id)
    expect(after?.refunds.slice(before)).toMatchObject([{ reason: 'force-majeure', amountFen: priceFen }])
    await expectCleanBooks(scene)
  })
})
