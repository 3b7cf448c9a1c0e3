import { describe, expect, it } from 'vitest'
import { invoiceParts, keepInvoiceUntil, redParts, type BluePart } from './invoice-parts.ts'
import { splitOf } from './split.ts'

const grants = [
  { id: '1', sponsorId: 'city', fen: 30_000 },
  { id: '2', sponsorId: 'province', fen: 15_000 },
  { id: '3', sponsorId: 'city', fen: 5000 },
]
const split = splitOf(120_000, { subsidyFen: 50_000, employerFen: 10_000, discountFen: 20_000 })
const blue = (redFen = 0): BluePart[] => invoiceParts(split, grants).map((part, place) => ({ ...part, id: `blue-${place}`, redFen }))

describe('invoices of one seat', () => {
  it('are one for each payer and add up to the fee charged', () => {
    const parts = invoiceParts(split, grants)
    expect(parts).toEqual([
      { payer: 'person', sponsorId: null, fen: 40_000 },
      { payer: 'employer', sponsorId: null, fen: 10_000 },
      { payer: 'sponsor', sponsorId: 'city', fen: 35_000 },
      { payer: 'sponsor', sponsorId: 'province', fen: 15_000 },
    ])
    expect(parts.reduce((sum, { fen }) => sum + fen, 0)).toBe(split.listFen - split.discountFen)
  })
  it('are none where nothing was charged', () => {
    expect(invoiceParts(splitOf(0, {}), [])).toEqual([])
    expect(invoiceParts(splitOf(100, { discountFen: 100 }), [])).toEqual([])
  })
  it('are refused when the grants are not the subsidy', () => {
    expect(() => invoiceParts(split, grants.slice(1))).toThrow(RangeError)
  })
})

describe('red-letter parts', () => {
  const back = { learnerFen: 20_000, employerFen: 5000, grants }
  it('are linked to the blue ones they take back', () => {
    expect(redParts(blue(), back)).toEqual([
      { payer: 'person', sponsorId: null, fen: 20_000, of: 'blue-0' },
      { payer: 'employer', sponsorId: null, fen: 5000, of: 'blue-1' },
      { payer: 'sponsor', sponsorId: 'city', fen: 35_000, of: 'blue-2' },
      { payer: 'sponsor', sponsorId: 'province', fen: 15_000, of: 'blue-3' },
    ])
  })
  it('need a blue one', () => {
    expect(redParts(blue().slice(0, 1), back)).toEqual([{ payer: 'person', sponsorId: null, fen: 20_000, of: 'blue-0' }])
    expect(redParts([], back)).toEqual([])
  })
  it('never take back more than was invoiced', () => {
    expect(() => redParts(blue(10_000), back)).toThrow(RangeError)
    expect(() => redParts(blue(), { ...back, learnerFen: 40_001 })).toThrow(RangeError)
  })
})

it('an invoice is kept for five years', () => {
  expect(keepInvoiceUntil('2026-11-21')).toBe('2031-11-21')
  expect(keepInvoiceUntil('2028-02-29')).toBe('2033-02-28')
})
