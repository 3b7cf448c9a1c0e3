import { describe, expect, it } from 'vitest'
import type { Program } from '@skills/contract/funding.ts'
import { testCase, testProgram, testUse, testVoucher } from './eligibility-test-case.ts'
import { price, type PriceAsk, type PriceCandidate, type PriceVoucher } from './price.ts'

const plenty = { state: 'open', leftSeats: 10, leftFen: 1_000_000 } as const
const candidate = (program: Program, allocation: Partial<PriceCandidate['allocation']> = {}, reviewId: string | null = null) => ({
  program,
  allocation: { ...plenty, ...allocation },
  reviewId,
})
const { facts, subject, uses } = testCase()
const ask = (candidates: PriceCandidate[], changed: Partial<PriceAsk> = {}) =>
  price({ listFen: 120_000, now: '2026-11-21T02:00:00.000Z', facts, subject, uses, candidates, ...changed })
const fixed = (letter: string, fen: number, changed: Partial<Program> = {}) =>
  testProgram(letter, [], { funding: { kind: 'fixed', fen }, ...changed })
const withAll = { stacking: { kind: 'with', schemes: null } } as const
const answer = ({ lines, split }: ReturnType<typeof price>) => ({
  payable: split.payableFen,
  lines: lines.map(({ programId, fen, reasons }) => [programId.at(-1), fen > 0 ? fen : reasons.map(({ code }) => code).join()].join(' ')),
})

describe('a price', () => {
  it('without programs is payable', () => {
    expect(ask([])).toEqual({
      split: { listFen: 120_000, subsidyFen: 0, employerFen: 0, discountFen: 0, payableFen: 120_000 },
      lines: [],
      grants: [],
    })
  })
  it('with one program shows what it pays, and the grant that would be written down', () => {
    const made = ask([candidate(testProgram('A', [{ kind: 'union-member' }], { scheme: 'skills' }))])
    expect(made.split).toMatchObject({ subsidyFen: 50_000, payableFen: 70_000 })
    expect(made.grants).toEqual([
      {
        programId: made.lines[0]?.programId,
        sponsorId: made.lines[0]?.sponsorId,
        scheme: 'skills',
        fen: 50_000,
        year: '2026',
        trade: 'cook',
        level: 'level-4',
        ruleSet: '1',
        met: ['union-member'],
        reviewId: null,
        voucherId: null,
      },
    ])
  })
  it('of nothing takes nobody’s money', () => {
    expect(answer(ask([candidate(fixed('A', 50_000))], { listFen: 0 }))).toEqual({ payable: 0, lines: ['A nothing-left'] })
  })
  it('is what subsidies leave of what the discount leaves, and an employer can pay it', () => {
    const { split } = ask([candidate(fixed('A', 50_000))], { discountFen: 20_000, payer: 'employer' })
    expect(split).toEqual({ listFen: 120_000, subsidyFen: 50_000, employerFen: 50_000, discountFen: 20_000, payableFen: 0 })
    expect(ask([candidate(fixed('A', 500_000))], { discountFen: 20_000 }).split).toMatchObject({ subsidyFen: 100_000, payableFen: 0 })
  })
})

describe('exclusive programs', () => {
  it('stand alone: the one that leaves the least to pay', () => {
    expect(answer(ask([candidate(fixed('A', 30_000)), candidate(fixed('B', 50_000))]))).toEqual({
      payable: 70_000,
      lines: ['A not-together', 'B 50000'],
    })
  })
  it('of equal worth are chosen by id, in whatever order they come', () => {
    const lines = ['A 50000', 'B not-together']
    expect(answer(ask([candidate(fixed('B', 50_000)), candidate(fixed('A', 50_000))])).lines).toEqual(lines)
    expect(answer(ask([candidate(fixed('A', 50_000)), candidate(fixed('B', 50_000))])).lines).toEqual(lines)
  })
  it('give way to two that stack for more', () => {
    const made = ask([candidate(fixed('A', 50_000)), candidate(fixed('B', 30_000, withAll)), candidate(fixed('C', 30_000, withAll))])
    expect(answer(made)).toEqual({ payable: 60_000, lines: ['A not-together', 'B 30000', 'C 30000'] })
  })
})

describe('stackable programs', () => {
  it('stand together when each allows the other’s scheme', () => {
    const one = fixed('A', 30_000, { stacking: { kind: 'with', schemes: ['scheme-b'] } })
    const other = fixed('B', 20_000, { stacking: { kind: 'with', schemes: ['scheme-x'] } })
    expect(answer(ask([candidate(one), candidate(other)])).lines).toEqual(['A 30000', 'B not-together'])
    expect(answer(ask([candidate(one), candidate({ ...other, ...withAll })]))).toEqual({ payable: 70_000, lines: ['A 30000', 'B 20000'] })
  })
  it('never pay more than the price: the last is cut, and one that would pay nothing is not used', () => {
    const all = [fixed('A', 80_000, withAll), fixed('B', 80_000, withAll), fixed('C', 80_000, withAll)].map((program) => candidate(program))
    expect(answer(ask(all))).toEqual({ payable: 0, lines: ['A 80000', 'B 40000', 'C nothing-left'] })
  })
  it('are not used up where one alone pays all', () => {
    const all = [fixed('A', 60_000, withAll), fixed('B', 60_000, withAll), testProgram('C', [], { funding: { kind: 'full' }, ...withAll })]
    expect(answer(ask(all.map((program) => candidate(program))))).toEqual({
      payable: 0,
      lines: ['A nothing-left', 'B nothing-left', 'C 120000'],
    })
  })
  it('keep their limits beside each other', () => {
    const yearly = (letter: string, fen: number) =>
      testProgram(letter, [{ kind: 'at-most', times: 1, period: 'year', schemes: null }], { funding: { kind: 'fixed', fen }, ...withAll })
    expect(answer(ask([candidate(yearly('A', 10_000)), candidate(yearly('B', 20_000))])).lines).toEqual(['A not-together', 'B 20000'])
    const apart = testProgram('C', [{ kind: 'not-with', schemes: ['scheme-d'] }], withAll)
    expect(answer(ask([candidate(apart), candidate(fixed('D', 60_000, withAll))])).lines).toEqual(['C not-together', 'D 60000'])
    const twice = { ...withAll, scheme: 'one' }
    const perScheme = (letter: string) => testProgram(letter, [{ kind: 'per-scheme-and-year', times: 1, shortage: null }], twice)
    expect(answer(ask([candidate(perScheme('A')), candidate(perScheme('B'))])).lines).toEqual(['A 50000', 'B not-together'])
  })
  it('may pay for one trade and level together, which is then subsidized once', () => {
    const once = (letter: string) =>
      testProgram(letter, [{ kind: 'once-per-trade-and-level' }], { ...withAll, funding: { kind: 'fixed', fen: 1000 } })
    expect(answer(ask([candidate(once('A')), candidate(once('B'))])).payable).toBe(118_000)
    expect(answer(ask([candidate(once('A'))], { uses: [testUse()] })).lines).toEqual(['A already-subsidized'])
  })
  it('are decided in a short time however many there are', () => {
    const many = [...'0123456789ABCDEFGHJKMNPQRSTVWX'].map((letter) => candidate(fixed(letter, 100, withAll)))
    expect(ask(many).split.subsidyFen).toBe(1000)
  })
})

describe('money, dates and states', () => {
  const program = fixed('A', 50_000)
  it.each([
    ['program-frozen', candidate({ ...program, state: 'frozen' })],
    ['program-closed', candidate({ ...program, state: 'closing' })],
    ['program-closed', candidate({ ...program, state: 'closed' })],
    ['outside-period', candidate({ ...program, period: { from: '2026-01-01', until: '2026-12-09' } })],
    ['outside-period', candidate({ ...program, period: { from: '2026-12-11', until: '2026-12-31' } })],
    ['allocation-frozen', candidate(program, { state: 'frozen' })],
    ['allocation-closed', candidate(program, { state: 'closed' })],
    ['allocation-used', candidate(program, { leftSeats: 0 })],
    ['allocation-used', candidate(program, { leftFen: 49_999 })],
    ['program-frozen,allocation-used', candidate({ ...program, state: 'frozen' }, { leftFen: 0 })],
  ])('refuse with %s', (codes, one) => {
    expect(answer(ask([one]))).toEqual({ payable: 120_000, lines: [`A ${codes}`] })
    expect(ask([one]).lines[0]?.reviewable).toBe(false)
  })
  it('let the last fen of an allocation be used, and what is cut needs no more than that', () => {
    expect(answer(ask([candidate(program, { leftFen: 50_000 })])).lines).toEqual(['A 50000'])
    expect(answer(ask([candidate(program, { leftFen: 30_000 })], { listFen: 30_000 })).lines).toEqual(['A 30000'])
  })
})

describe('a review', () => {
  const program = testProgram('A', [{ kind: 'age', min: 40, max: null }])
  it('can be asked for where only a rule stands in the way', () => {
    expect(ask([candidate(program)]).lines[0]).toMatchObject({ fen: 0, reviewable: true, reasons: [{ code: 'age-too-low' }] })
  })
  it('can be asked for beside what may pass; granted, what is missing besides is said', () => {
    const used = (reviewId: string | null) => ask([candidate(program, { leftSeats: 0 }, reviewId)]).lines[0]
    expect(used(null)).toMatchObject({ reviewable: true, reasons: [{ code: 'allocation-used' }, { code: 'age-too-low' }] })
    expect(used('rev_1')).toMatchObject({ fen: 0, reviewable: false, reasons: [{ code: 'allocation-used' }] })
  })
  it('waives the rules and is kept in the grant', () => {
    const made = ask([candidate(program, {}, 'rev_1')])
    expect(made.grants).toMatchObject([{ fen: 50_000, reviewId: 'rev_1', met: [] }])
  })
  it('waives neither money nor a missing rule set', () => {
    expect(answer(ask([candidate(program, { leftFen: 0 }, 'rev_1')])).lines).toEqual(['A allocation-used'])
    expect(answer(ask([candidate({ ...program, ruleSets: [] }, {}, 'rev_1')])).lines).toEqual(['A no-rules'])
  })
})

describe('a voucher', () => {
  const bring = (changed: Partial<PriceVoucher> = {}, voucher: Partial<PriceVoucher['voucher']> = {}): PriceVoucher => ({
    voucher: testVoucher(voucher),
    program: testProgram('V', [], withAll),
    leftFen: 1_000_000,
    reviewId: null,
    ...changed,
  })
  const union = candidate(fixed('A', 50_000, withAll))
  const face = { kind: 'face-value', faceFen: 30_000 } as const
  it('of a face value pays that, beside a program', () => {
    const made = ask([union], { voucher: bring({}, face) })
    expect(answer(made)).toEqual({ payable: 40_000, lines: ['A 50000', 'V 30000'] })
    expect(made.grants[1]).toMatchObject({ voucherId: 'vch_00000000000000000000000001', fen: 30_000 })
  })
  it('gives no change', () => {
    expect(answer(ask([], { voucher: bring({}, face), listFen: 20_000 }))).toEqual({ payable: 0, lines: ['V 20000'] })
  })
  it('that is a pass pays what the others leave, as far as its budget goes', () => {
    const fifty = candidate(fixed('A', 50_000, withAll))
    expect(answer(ask([fifty], { voucher: bring({ leftFen: 100_000 }) }))).toEqual({ payable: 0, lines: ['A 50000', 'V 70000'] })
    expect(answer(ask([fifty], { voucher: bring({ leftFen: 60_000 }) }))).toEqual({ payable: 10_000, lines: ['A 50000', 'V 60000'] })
  })
  it('is kept where it changes nothing', () => {
    const full = candidate(testProgram('Z', [], { funding: { kind: 'full' }, ...withAll }))
    expect(answer(ask([full], { voucher: bring() })).lines).toEqual(['Z 120000', 'V nothing-left'])
  })
  it('follows its program: exclusive stands alone, rules are judged, never twice on one seat', () => {
    const alone = bring({ program: testProgram('V', []), leftFen: 20_000 })
    expect(answer(ask([union], { voucher: alone })).lines).toEqual(['A 50000', 'V not-together'])
    const ruled = bring({ program: testProgram('V', [{ kind: 'region', regions: ['11'] }], withAll) })
    expect(answer(ask([], { voucher: ruled })).lines).toEqual(['V region-not-covered'])
    const same = candidate(testProgram('V', [], withAll))
    expect(answer(ask([same], { voucher: bring({}, face) })).lines).toEqual(['V 50000', 'V not-together'])
  })
  it.each([
    ['voucher-ended', { until: '2026-11-21T02:00:00.000Z' }, {}],
    ['voucher-frozen', { state: 'frozen' }, {}],
    ['voucher-closed', { state: 'closed' }, {}],
    ['voucher-used', { used: 10 }, {}],
    ['voucher-used', {}, { leftFen: 0 }],
    ['voucher-used', face, { leftFen: 29_999 }],
    ['voucher-directed', { directedTo: { courseId: 'crs_00000000000000000000000002', trade: null } }, {}],
    ['voucher-directed', { directedTo: { courseId: null, trade: 'barista' } }, {}],
  ] as const)('is refused with %s: %j %j', (code, voucher, changed) => {
    expect(answer(ask([], { voucher: bring(changed, voucher) })).lines).toEqual([`V ${code}`])
  })
  it('that is directed is good for what it names', () => {
    const directedTo = { courseId: 'crs_00000000000000000000000001', trade: 'cook' }
    expect(answer(ask([], { voucher: bring({}, { directedTo }) })).payable).toBe(0)
  })
})
