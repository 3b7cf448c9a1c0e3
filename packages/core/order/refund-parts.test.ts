import { describe, expect, it } from 'vitest'
import { refundParts, type Refundable } from './refund-parts.ts'
import { splitOf } from './split.ts'

const payment = (attempt: number, amountFen: number, changed: Partial<Refundable['payments'][number]> = {}) =>
  ({ attempt, state: 'paid', amountFen, surplus: false, ...changed }) as const
const grant = (id: string, fen: number, state: 'reserved' | 'spent' | 'voided' | 'returned' = 'spent') => ({
  id,
  sponsorId: `of-${id}`,
  fen,
  state,
})
const order = (changed: Partial<Refundable> = {}): Refundable => ({
  split: splitOf(120_000, { subsidyFen: 50_000, discountFen: 20_001 }),
  grants: [grant('one', 30_000), grant('two', 20_000)],
  payments: [payment(1, 49_999)],
  refunds: [],
  ...changed,
})

describe('a refund', () => {
  it('of all gives everybody back what they gave', () => {
    expect(refundParts(order(), 100)).toEqual({
      learner: [{ attempt: 1, fen: 49_999 }],
      learnerFen: 49_999,
      employerFen: 0,
      grants: [
        { id: 'one', sponsorId: 'of-one', fen: 30_000 },
        { id: 'two', sponsorId: 'of-two', fen: 20_000 },
      ],
      subsidyFen: 50_000,
    })
  })
  it('of half rounds for the payer, and the subsidy goes back whole', () => {
    expect(refundParts(order(), 50)).toMatchObject({ learnerFen: 25_000, subsidyFen: 50_000 })
    expect(refundParts(order(), 0)).toMatchObject({ learner: [], learnerFen: 0, employerFen: 0, subsidyFen: 50_000 })
  })
  it('is shared with an employer by what each paid', () => {
    const shared = order({ split: splitOf(100, { employerFen: 67 }), grants: [], payments: [payment(1, 33)] })
    expect(refundParts(shared, 50)).toMatchObject({ learnerFen: 17, employerFen: 33 })
    expect(refundParts(shared, 100)).toMatchObject({ learnerFen: 33, employerFen: 67 })
    expect(refundParts(shared, 100, 0)).toMatchObject({ learnerFen: 33, employerFen: 0 })
  })
  it('of an order nobody paid is only the subsidy', () => {
    expect(refundParts(order({ payments: [] }), 100)).toMatchObject({ learnerFen: 0, subsidyFen: 50_000 })
    expect(refundParts(order({ payments: [payment(1, 49_999, { state: 'open' })] }), 100).learner).toEqual([])
  })
  it('comes from the latest payment first, and never more than is left of each', () => {
    const split = splitOf(100, {})
    const twice = order({ split, grants: [], payments: [payment(1, 60), payment(2, 40)] })
    expect(refundParts(twice, 50).learner).toEqual([
      { attempt: 2, fen: 40 },
      { attempt: 1, fen: 10 },
    ])
    const refunds = [
      { attempt: 2, amountFen: 30, state: 'failed' },
      { attempt: 2, amountFen: 10, state: 'canceled' },
    ] as const
    expect(refundParts({ ...twice, refunds }, 100).learner).toEqual([
      { attempt: 2, fen: 10 },
      { attempt: 1, fen: 60 },
    ])
  })
  it('leaves surplus payments and grants that were given back alone', () => {
    const more = order({
      payments: [payment(1, 49_999), payment(2, 49_999, { surplus: true })],
      grants: [grant('one', 50_000, 'returned')],
    })
    expect(refundParts(more, 100)).toMatchObject({ learner: [{ attempt: 1, fen: 49_999 }], grants: [], subsidyFen: 0 })
  })
})
