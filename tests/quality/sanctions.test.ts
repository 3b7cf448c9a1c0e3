import type { Sanction } from '@skills/contract/quality.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { readStanding } from '@skills/core/provider/standing.table.ts'
import { readConduct } from '@skills/core/quality/conduct.table.ts'
import { endSanction } from '@skills/core/quality/end-sanction.ts'
import { sanctionSteps } from '@skills/core/quality/sanction-steps.ts'
import { confirmed, withdrawn, type SanctionItem } from '@skills/core/quality/sanction.ts'
import { readSanction } from '@skills/core/quality/sanction.table.ts'
import { transact, type Step } from '@skills/core/transact.ts'
import { stepRun } from '@skills/functions/catalog/step-run.ts'
import { stepStanding } from '@skills/functions/provider/standings.ts'
import { hearSanction, listSanctions, listSanctionsOf } from '@skills/functions/quality/own-sanctions.ts'
import { listSanctionCases } from '@skills/functions/quality/sanction-cases.ts'
import { sweepQuality } from '@skills/functions/quality/sweep-quality.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import {
  appeal,
  bench,
  codeOf,
  complain,
  confirm,
  decide,
  fresh,
  makeRun,
  makeSchool,
  propose,
  seated,
  stateOf,
  titlesOf,
  withdraw,
  type Bench,
  type School,
} from './quality-scene.ts'

let world: TestWorld
let stop: () => Promise<void>
let school: School
let house: Bench

beforeEach(async () => {
  const engine = await startTable()
  world = testWorld(engine.table)
  stop = engine.stop
  school = await makeSchool(world)
  house = bench(world)
})
afterEach(() => stop())

/** Five working days after Tuesday, 1 December 2026. */
const heardOut = '2026-12-08T16:00:00.000Z'
const later = (days: number) => plusMinutes(world.now(), days * 24 * 60)
const step = (runId: string, to: 'published' | 'registration-open') =>
  codeOf(stepRun(world, { actor: school.manager, command: fresh('stepRun'), params: { runId }, body: { to } }))
const read = async ({ id }: Sanction) => (await readSanction(world.table, id)) as SanctionItem
const barred = async (of = school) => (await readConduct(world.table, of.providerId))?.bars.map(({ grade }) => grade) ?? []
const standing = async () => (await readStanding(world.table, school.providerId))?.state
const broken = async () => violations(await scanTable(world.table), world.now()).filter(({ code }) => /^(A1|A2|Q)/.test(code))
/** A sanction in force, with its hearing over. */
async function inForce(more: Parameters<typeof propose>[3] = {}): Promise<Sanction> {
  const sanction = await propose(world, house, school, more)
  if (sanction.grade !== 'warning' && sanction.atOnce === null) world.moveTo(sanction.hearUntil)
  return confirm(world, house.second, sanction)
}

test('a warning is put on record and keeps the provider from nothing', async () => {
  const draft = await makeRun(world, school, { state: 'draft' })
  await inForce({ grade: 'warning' })
  expect([await barred(), await standing(), await step(draft.id, 'published')]).toEqual([[], 'approved', 'done'])
  expect((await listSanctions(world)).sanctions).toEqual([])
  expect((await titlesOf(world, school.manager)).toSorted()).toEqual(['处理已生效：警告', '拟对贵机构作出处理：警告'])
  expect(await broken()).toEqual([])
})

test('without new runs nothing is published or opened again, and what is open stays open; on its date it ends by itself', async () => {
  const [draft, open, closed] = [
    await makeRun(world, school, { state: 'draft', date: '2027-02-20' }),
    await makeRun(world, school, { date: '2027-02-20' }),
    await makeRun(world, school, { state: 'registration-closed', date: '2027-02-20' }),
  ]
  const proposal = await propose(world, house, school, { days: 30 })
  expect(proposal.hearUntil).toBe(heardOut)
  expect(await codeOf(confirm(world, house.second, proposal))).toBe('still-to-be-heard')
  const hear = () =>
    hearSanction(world, { actor: school.manager, command: fresh(), params: { sanctionId: proposal.id }, body: { text: '已补课' } })
  await hear()
  expect(await codeOf(hear())).toBe('illegal-transition')
  world.moveTo(heardOut)
  const now = (await read(proposal)).version
  expect(await codeOf(confirm(world, house.first, { ...proposal, version: now }))).toBe('another-operator-needed')
  expect(await codeOf(confirm(world, house.second, proposal))).toBe('version-conflict')
  const sanction = await confirm(world, house.second, { ...proposal, version: now })
  expect(sanction).toMatchObject({ state: 'in-force', endsAt: '2027-01-07T16:00:00.000Z', appealUntil: '2026-12-30T16:00:00.000Z' })
  expect([await step(draft.id, 'published'), await step(closed.id, 'registration-open')]).toEqual([
    'provider-sanctioned',
    'provider-sanctioned',
  ])
  expect([await stateOf(world, open.id), await standing()]).toEqual(['registration-open', 'approved'])
  const { sanctions } = await listSanctions(world)
  expect(sanctions).toMatchObject([{ providerId: school.providerId, grade: 'no-new-runs', appealed: false }])
  expect(JSON.stringify(sanctions)).not.toContain(house.first.personId)

  // By the clock it is over before the sweep writes it down.
  world.moveTo('2027-01-07T16:00:00.000Z')
  expect([await step(draft.id, 'published'), (await listSanctions(world)).sanctions]).toEqual(['done', []])
  expect([await sweepQuality(world), await sweepQuality(world)].map(({ moved }) => moved)).toEqual([1, 0])
  expect([await barred(), (await read(sanction)).sanction.state, await step(closed.id, 'registration-open')]).toEqual([[], 'ended', 'done'])
  expect((await titlesOf(world, school.manager))[0]).toBe('处理已到期：停止发布新期次')
  expect(await broken()).toEqual([])
})

test('a suspension closes registration, keeps every seat, cannot be stepped away, and is over where the appeal lifts it; the third operator decides', async () => {
  const open = await makeRun(world, school, { date: '2027-02-20' })
  const { enrollmentId, actor } = await seated(world, open.id)
  const complaint = await complain(world, { enrollmentId, actor })
  const sanction = await inForce({ grade: 'suspension', complaintIds: [complaint.id] })
  expect([await stateOf(world, open.id), await standing(), await barred()]).toEqual(['registration-closed', 'suspended', ['suspension']])
  expect((await read(sanction)).closing).toBe(false)
  const reinstate = () =>
    stepStanding(world, {
      actor: house.first,
      command: fresh('stepStanding'),
      params: { providerId: school.providerId },
      body: { to: 'approved', reason: '看错了' },
    })
  expect(await codeOf(reinstate())).toBe('provider-sanctioned')
  // Who has a seat keeps it.
  expect((await scanTable(world.table)).find(({ sk }) => sk === `ENROLLMENT#${enrollmentId}`)).toMatchObject({
    enrollment: { state: 'active' },
  })

  const appealed = await appeal(world, school, sanction)
  expect(await codeOf(appeal(world, school, sanction))).toBe('illegal-transition')
  for (const by of [house.first, house.second]) expect(await codeOf(decide(world, by, appealed, 'lifted'))).toBe('another-operator-needed')
  const cases = await listSanctionCases(world, { actor: house.third })
  expect(cases.sanctions).toMatchObject([{ id: sanction.id, may: ['decide-appeal'] }])
  const lifted = await decide(world, house.third, { ...appealed, version: (await read(sanction)).version }, 'lifted')
  expect(lifted).toMatchObject({ state: 'lifted', appeal: { outcome: 'lifted' } })
  expect([await standing(), await barred(), await step(open.id, 'registration-open')]).toEqual(['approved', [], 'done'])
  expect(await broken()).toEqual([])
})

test('a removal has no end; an appeal can shorten it to one; two at a time end one by one', async () => {
  const removal = await inForce({ grade: 'removal' })
  const other = await inForce({ grade: 'suspension', days: 60 })
  expect([removal.endsAt, await barred(), await standing()]).toEqual([null, ['removal', 'suspension'], 'suspended'])
  world.moveTo(later(5))
  const appealed = await appeal(world, school, await listed(removal))
  expect(await codeOf(decide(world, house.third, appealed, 'shortened'))).toBe('validation-failed')
  const short = await decide(world, house.third, appealed, 'shortened', 30)
  expect(short).toMatchObject({ state: 'in-force', days: 30, endsAt: plusMinutes(removal.from ?? '', 30 * 24 * 60) })
  expect(await codeOf(appeal(world, school, short))).toBe('illegal-transition')
  world.moveTo(short.endsAt ?? '')
  await sweepQuality(world)
  // The other goes on, and the provider stays suspended by it.
  expect([await barred(), await standing(), (await readStanding(world.table, school.providerId))?.sanctionId]).toEqual([
    ['suspension'],
    'suspended',
    other.id,
  ])
  world.moveTo(other.endsAt ?? '')
  await sweepQuality(world)
  expect([await barred(), await standing()]).toEqual([[], 'approved'])
  expect(await broken()).toEqual([])
})
const listed = async ({ id }: Sanction) =>
  (await listSanctionsOf(world, { actor: school.manager, params: { providerId: school.providerId } })).sanctions.find(
    (one) => one.id === id,
  ) as Sanction

test('danger to people does not wait for the hearing; a proposal can be withdrawn; bad ones are refused with what is wrong', async () => {
  const danger = await propose(world, house, school, { grade: 'suspension', days: 10, atOnce: '实训室漏电' })
  await confirm(world, house.second, danger)
  expect(await standing()).toBe('suspended')
  const taken = await propose(world, house, school)
  await withdraw(world, house.first, taken)
  expect(await codeOf(confirm(world, house.second, taken))).toBe('illegal-transition')
  const refused = (more: Parameters<typeof propose>[3]) => codeOf(propose(world, house, school, more))
  const elsewhere = await makeSchool(world)
  const seat = await seated(world, (await makeRun(world, elsewhere)).id)
  const theirs = await complain(world, seat)
  expect(
    await Promise.all([
      refused({ grade: 'suspension', days: null }),
      refused({ grade: 'removal', days: 3 }),
      refused({ grade: 'warning', atOnce: '急' }),
      refused({ complaintIds: [theirs.id] }),
      refused({ ruleTextId: world.id('ruleText') }),
      refused({ reason: '联系 19900001234' }),
    ]),
  ).toEqual(Array.from({ length: 6 }, () => 'validation-failed'))
  const concerned = { ...house.first, memberships: [...house.first.memberships, ...school.manager.memberships] }
  expect(await codeOf(propose(world, { ...house, first: concerned }, school))).toBe('another-operator-needed')
  expect(await codeOf(appeal(world, elsewhere, danger))).toBe('not-found')
  world.moveTo('2027-03-01T00:00:00.000Z')
  expect(await codeOf(appeal(world, school, danger))).toBe('appeal-over')
})

test('a provider that was never approved is barred too', async () => {
  const imported = await makeSchool(world, { approved: false })
  const open = await makeRun(world, imported)
  const sanction = await propose(world, house, imported, { grade: 'suspension', atOnce: '消防不合格' })
  await confirm(world, house.second, sanction)
  expect([await stateOf(world, open.id), await barred(imported)]).toEqual(['registration-closed', ['suspension']])
  expect(await broken()).toEqual([])
})

/** Writes a change of a sanction as the story does, without reading again: with the defence, or without the conditions that are it. */
async function write(before: SanctionItem, sanction: SanctionItem['sanction'], by: string, defended: boolean) {
  const after = { ...before, sanction, confirmedBy: sanction.state === 'in-force' ? by : before.confirmedBy, closing: false }
  const steps = await sanctionSteps(world, undefined, {
    before,
    after,
    action: sanction.state,
    by,
    tells: sanction.state === 'in-force' ? 'in-force' : 'withdrawn',
  })
  const bare = steps.map((one): Step => {
    const { put } = one
    if (defended || put === undefined) return one
    const { condition: _condition, values: _values, names: _names, ...open } = put
    return { ...one, put: open }
  })
  return 'answer' in (await transact(world, undefined, bare, true))
}

test('confirming against withdrawing, and two who confirm: one of them happens; without the conditions both do', async () => {
  const race = async (defended: boolean, rival: 'withdraw' | 'confirm') => {
    const sanction = await propose(world, house, school, { atOnce: '漏电' })
    const before = await read(sanction)
    const yes = (by: string) => write(before, confirmed(before, by, world.now()), by, defended)
    const no = () => write(before, withdrawn(before.sanction, '已整改', world.now()), house.first.personId, defended)
    const { answers } = await atOnce([0, 1], 2, (turn) =>
      turn === 0 ? yes(house.second.personId) : rival === 'withdraw' ? no() : yes(house.third.personId),
    )
    return answers.filter(Boolean).length
  }
  for (const rival of ['withdraw', 'confirm'] as const) expect(await race(true, rival)).toBe(1)
  expect(await broken()).toEqual([])
  let both = 0
  for (const rival of ['withdraw', 'confirm'] as const) both += Number((await race(false, rival)) > 1)
  expect(both).toBeGreaterThan(0)
})

test('many at once confirm and withdraw over the stories: the sanction has one end, and the provider is told once', async () => {
  for (let round = 0; round < 4; round += 1) {
    const sanction = await propose(world, house, school, { atOnce: '漏电', days: 1 })
    const told = (await titlesOf(world, school.manager)).length
    const turns = [house.second, house.third, house.second, house.third].map((by) => codeOf(confirm(world, by, sanction)))
    const codes = await Promise.all([
      ...turns,
      codeOf(withdraw(world, house.first, sanction)),
      codeOf(withdraw(world, house.second, sanction)),
    ])
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect((await titlesOf(world, school.manager)).length - told).toBe(1)
    const { state } = (await read(sanction)).sanction
    expect((await barred()).length).toBe(state === 'in-force' ? 1 : 0)
    world.moveTo(later(2))
    await sweepQuality(world)
  }
  expect(await broken()).toEqual([])
})

test('an appeal that is decided while the end comes, and publishing while a sanction is confirmed: each sees the other or waits', async () => {
  const sanction = await inForce({ days: 3 })
  const appealed = await appeal(world, school, sanction)
  world.moveTo(sanction.endsAt ?? '')
  const [decision, ended] = await Promise.all([
    codeOf(decide(world, house.third, appealed, 'lifted')),
    endSanction(world, sanction.id, 'system:test'),
  ])
  const after = (await read(sanction)).sanction
  // Either the end came first, and the decision was asked to look again, or it was decided and there was nothing left to end but what it left.
  expect([decision, ended]).toSatisfy(([code, did]: [string, boolean]) => code === 'done' || (code === 'version-conflict' && did))
  expect([after.state, await barred()]).toEqual(['ended', []])

  for (let round = 0; round < 4; round += 1) {
    const draft = await makeRun(world, school, { state: 'draft', date: '2027-02-20' })
    const next = await propose(world, house, school, { grade: 'suspension', atOnce: '漏电', days: 1 })
    await Promise.all([step(draft.id, 'published'), confirm(world, house.second, next)])
    await sweepQuality(world)
    // Published before, it was closed again; otherwise it is a draft. Never public while suspended.
    expect(['draft', 'registration-closed']).toContain(await stateOf(world, draft.id))
    world.moveTo(later(2))
    await sweepQuality(world)
  }
  expect(await broken()).toEqual([])
})
