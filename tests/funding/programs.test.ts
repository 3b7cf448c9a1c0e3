import type { EligibilityRule, Program, ProgramTerms, RuleSet } from '@skills/contract/funding.ts'
import { checkTerms } from '@skills/core/funding/program-terms.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { issueVoucher } from '@skills/functions/sponsor/issue-voucher.ts'
import { listMoney } from '@skills/functions/sponsor/list-money.ts'
import { getProgram } from '@skills/functions/sponsor/list-programs.ts'
import { moveMoney } from '@skills/functions/sponsor/move-money.ts'
import { saveProgram } from '@skills/functions/sponsor/save-program.ts'
import { stepProgram } from '@skills/functions/sponsor/step-program.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { allocateTo, makeProgram, makeVoucher, newCommand, operator, programTerms, topUp } from './funding-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('programs')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

const today = '2026-12-01'
const ruleSet = (more: Partial<RuleSet>): RuleSet => ({
  version: '1',
  from: '2026-01-01',
  until: null,
  source: { title: '办法', document: '1 号' },
  rules: [],
  ...more,
})
const rules = (...list: EligibilityRule[]) => ({ ruleSets: [ruleSet({ rules: list })] })
/** The terms that are wrong, where, and how. */
const wrongTerms: [string, Partial<ProgramTerms>, string, string][] = [
  ['a period that ends before it begins', { period: { from: '2026-02-01', until: '2026-01-31' } }, '#/period/until', 'date-order'],
  ['a fixed sum of nothing', { funding: { kind: 'fixed', fen: 0 } }, '#/funding/fen', 'out-of-range'],
  ['a cap of nothing', { funding: { kind: 'percentage', percent: 50, capFen: 0 } }, '#/funding/capFen', 'out-of-range'],
  ['an empty list of schemes', { stacking: { kind: 'with', schemes: [] } }, '#/stacking/schemes', 'too-few'],
  ['a version without a name', { ruleSets: [ruleSet({ version: ' ' })] }, '#/ruleSets/0/version', 'length'],
  [
    'two versions of a name',
    { ruleSets: [ruleSet({ until: '2026-06-30' }), ruleSet({ from: '2026-07-01' })] },
    '#/ruleSets/1/version',
    'duplicate',
  ],
  ['a version that ends first', { ruleSets: [ruleSet({ until: '2025-12-31' })] }, '#/ruleSets/0/until', 'date-order'],
  [
    'versions that overlap in a day',
    { ruleSets: [ruleSet({ until: '2026-07-01' }), ruleSet({ version: '2', from: '2026-07-01' })] },
    '#/ruleSets/1/from',
    'rule-sets-overlap',
  ],
  ['no source', { ruleSets: [ruleSet({ source: { title: '', document: 'x' } })] }, '#/ruleSets/0/source/title', 'length'],
  ['no document', { ruleSets: [ruleSet({ source: { title: 'x', document: ' ' } })] }, '#/ruleSets/0/source/document', 'length'],
  [
    'a trade nobody knows',
    rules({ kind: 'trade', trades: ['cook', 'wizard'], levels: null }),
    '#/ruleSets/0/rules/0/trades/1',
    'trade-unknown',
  ],
  ['a trade twice', rules({ kind: 'trade', trades: ['cook', 'cook'], levels: null }), '#/ruleSets/0/rules/0/trades/1', 'duplicate'],
  ['no level', rules({ kind: 'trade', trades: ['cook'], levels: [] }), '#/ruleSets/0/rules/0/levels', 'too-few'],
  ['ages that cross', rules({ kind: 'age', min: 60, max: 16 }), '#/ruleSets/0/rules/0/max', 'out-of-range'],
  ['an age of nobody', rules({ kind: 'age', min: -1, max: null }), '#/ruleSets/0/rules/0/min', 'out-of-range'],
  ['an age rule that says nothing', rules({ kind: 'age', min: null, max: null }), '#/ruleSets/0/rules/0', 'too-few'],
  ['a rule twice', rules({ kind: 'union-member' }, { kind: 'union-member' }), '#/ruleSets/0/rules/1', 'duplicate'],
  [
    'shortage trades nobody knows',
    rules({ kind: 'per-scheme-and-year', times: 1, shortage: { trades: ['x'], extra: 1 } }),
    '#/ruleSets/0/rules/0/shortage/trades/0',
    'trade-unknown',
  ],
  ['schemes of nothing', rules({ kind: 'at-most', times: 1, period: 'year', schemes: [] }), '#/ruleSets/0/rules/0/schemes', 'too-few'],
  [
    'fewer than no missed runs',
    rules({ kind: 'attendance', withinMonths: 12, mostNoShows: -1 }),
    '#/ruleSets/0/rules/0/mostNoShows',
    'out-of-range',
  ],
]

function refusalOf(terms: ProgramTerms, standing: RuleSet[] = []): Refusal | undefined {
  try {
    checkTerms(terms, '#', standing, today)
    return undefined
  } catch (error) {
    return error as Refusal
  }
}

describe('the terms of a program', () => {
  it.each(wrongTerms)('refuses %s', (_, more, pointer, code) => {
    expect(refusalOf({ ...programTerms(), ...more })?.errors).toEqual([{ pointer, code, detail: expect.anything() as never }])
  })
  it('says everything that is wrong at once', () => {
    const all = { ...programTerms(), period: { from: '2026-02-01', until: '2026-01-01' }, funding: { kind: 'fixed', fen: 0 } } as const
    expect(refusalOf(all)?.errors).toHaveLength(2)
  })
  it('keeps what is in force: only its end may be written, and new versions follow', () => {
    const standing = [ruleSet({}), ruleSet({ version: 'next', from: '2027-01-01' })]
    const terms = (ruleSets: RuleSet[]) => ({ ...programTerms(), ruleSets })
    const changed = ruleSet({ rules: [{ kind: 'union-member' }] })
    expect(refusalOf(terms([changed]), standing)?.errors[0]).toMatchObject({ pointer: '#/ruleSets/0', code: 'rules-in-force' })
    expect(refusalOf(terms([ruleSet({ version: '2' })]), standing)?.errors[0]).toMatchObject({ code: 'rules-in-force' })
    const later = ruleSet({ version: '2', from: '2026-12-02', rules: changed.rules })
    expect(refusalOf(terms([ruleSet({ until: '2026-12-01' }), later]), standing)).toBeUndefined()
    expect(refusalOf(terms([changed]))).toBeUndefined()
  })
})

const call = (programId: string, route: Parameters<typeof newCommand>[1]) => ({
  actor: operator(world),
  command: newCommand(world, route),
  params: { programId },
})
const save = (program: Program, version: number, more: Partial<ProgramTerms> = {}) =>
  saveProgram(world, { ...call(program.id, 'saveProgram'), body: { terms: { ...programTerms(), ...more }, version } })
const step = (program: Program, to: Program['state']) => stepProgram(world, { ...call(program.id, 'stepProgram'), body: { to } })
const withdraw = (program: Program, fen: number) =>
  moveMoney(world, { ...call(program.id, 'moveMoney'), body: { kind: 'withdrawal', fen, reference: world.id('request') } })

describe('a program', () => {
  it('is saved only at the version its editor saw', async () => {
    const program = await makeProgram(world)
    expect(await save(program, 1, { scheme: 'other' })).toMatchObject({ version: 2, program: { scheme: 'other', state: 'active' } })
    await expect(save(program, 1)).rejects.toMatchObject({ code: 'version-conflict' })
    const [first, second] = await Promise.allSettled([save(program, 2), save(program, 2)])
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('keeps its rules once money was set aside, and not before', async () => {
    const program = await makeProgram(world, { budgetFen: 100_000 })
    const stricter = { ruleSets: [ruleSet({ rules: [{ kind: 'union-member' }] })] }
    await save(program, 1, stricter)
    await makeVoucher(world, program)
    await expect(save(program, 2)).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '#/terms/ruleSets/0', code: 'rules-in-force' }],
    })
    await expect(save(program, 2, stricter)).resolves.toMatchObject({ version: 3 })
  })
  it('takes and gives money: only what is free, in a ledger that adds up, once for each command', async () => {
    const program = await makeProgram(world, { budgetFen: 50_000 })
    const run = await makeRun(world, { priceFen: 30_000 })
    await allocateTo(world, program, run, { seats: 1, fen: 30_000 })
    await expect(withdraw(program, 20_001)).rejects.toMatchObject({ code: 'budget-insufficient', members: { freeFen: 20_000 } })
    const again = call(program.id, 'moveMoney')
    const body = { kind: 'withdrawal' as const, fen: 5_000, reference: 'w' }
    const first = await moveMoney(world, { ...again, body })
    expect(await moveMoney(world, { ...again, body })).toEqual(first)
    // The same document under another key, once and many at once: nothing is moved again.
    const twice = Array.from({ length: 3 }, () => moveMoney(world, { ...call(program.id, 'moveMoney'), body }))
    for (const one of await Promise.allSettled(twice))
      expect(one).toMatchObject({ status: 'rejected', reason: { errors: [{ pointer: '#/reference', code: 'used-before' }] } })
    expect(first).toEqual({
      toppedUpFen: 50_000,
      withdrawnFen: 5_000,
      freeFen: 15_000,
      availableFen: 30_000,
      reservedFen: 0,
      spentFen: 0,
    })
    const params = { programId: program.id }
    const read = async (after: string | undefined) => listMoney(world, { actor: operator(world), params, page: { limit: 2, after } })
    const page = await read(undefined)
    const rest = await read(page.next ?? undefined)
    expect([...page.items, ...rest.items].map(({ from, to, fen, runId }) => [from, to, fen, runId]).toSorted()).toEqual([
      ['free', 'outside', 5_000, null],
      ['free', 'set-aside', 30_000, run.run.id],
      ['outside', 'free', 50_000, null],
    ])
    expect([page.items.length, rest.items.length, rest.next]).toEqual([2, 1, null])
    await expect(topUp(world, program.id, 100_000_000_000)).rejects.toMatchObject({ code: 'validation-failed' })
  })
  it('many movements at once: nothing is lost', async () => {
    const program = await makeProgram(world, { budgetFen: 1_000 })
    await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? topUp(world, program.id, 10) : withdraw(program, 7))))
    const { budget } = await getProgram(world, { actor: operator(world), params: { programId: program.id } })
    expect(budget).toMatchObject({ toppedUpFen: 1_050, withdrawnFen: 35, freeFen: 1_015 })
  })
})

describe('steps of a program', () => {
  it('frozen it takes nothing new, resumed it does, closing it drains, and closed it holds nothing', async () => {
    const program = await makeProgram(world, { budgetFen: 100_000 })
    const runs = [await makeRun(world, { priceFen: 30_000 }), await makeRun(world, { priceFen: 30_000 })] as const
    await allocateTo(world, program, runs[0], { seats: 1, fen: 30_000 })
    expect((await step(program, 'frozen')).program.state).toBe('frozen')
    const frozen = { code: 'program-not-active', members: { current: 'frozen' } }
    await expect(allocateTo(world, program, runs[1], { seats: 1, fen: 30_000 })).rejects.toMatchObject(frozen)
    await expect(topUp(world, program.id, 1)).rejects.toMatchObject(frozen)
    const voucher = { kind: 'pass', faceFen: null, uses: 1, budgetFen: 1, directedTo: null, until: '2027-01-01T00:00:00.000Z' } as const
    await expect(issueVoucher(world, quoteSecret, { ...call(program.id, 'issueVoucher'), body: voucher })).rejects.toMatchObject(frozen)
    await expect(step(program, 'frozen')).resolves.toMatchObject({ program: { state: 'frozen' } })
    await expect(step(program, 'closed')).rejects.toMatchObject({ code: 'illegal-transition', members: { allowed: ['active', 'closing'] } })
    await step(program, 'active')
    await expect(allocateTo(world, program, runs[1], { seats: 1, fen: 30_000 })).resolves.toMatchObject({ seatsLeft: 1 })

    const closing = await step(program, 'closing')
    expect(closing.budget).toMatchObject({ freeFen: 100_000, availableFen: 0 })
    await expect(step(program, 'active')).rejects.toMatchObject({ code: 'illegal-transition', members: { allowed: [] } })
    await expect(step(program, 'closed')).rejects.toMatchObject({ code: 'illegal-transition' })
    await expect(save(program, closing.version)).rejects.toMatchObject({ code: 'illegal-transition' })
    await withdraw(program, 100_000)
    await expect(step(program, 'closed')).resolves.toMatchObject({ program: { state: 'closed' } })
  })
})
