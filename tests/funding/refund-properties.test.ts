import { refundStates } from '@skills/contract/order.ts'
import { invoiceParts, redParts } from '@skills/core/order/invoice-parts.ts'
import { refundParts } from '@skills/core/order/refund-parts.ts'
import { refundBand, refundDates, standardPolicy } from '@skills/core/order/refund-policy.ts'
import { shares, splitOf } from '@skills/core/order/split.ts'
import { dateAt, instantOf } from '@skills/contract/time.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const weight = fc.nat({ max: 5 })
const percent = fc.integer({ min: 0, max: 100 })
const sum = (list: readonly { fen: number }[]) => list.reduce((total, { fen }) => total + fen, 0)

/** An order that was paid as it should be: in one to three payments, some of it already given back. */
const orders = fc
  .record({
    listFen: fc.integer({ min: 1, max: 1_000_000_000 }),
    weights: fc.tuple(weight, weight, weight, weight).filter((list) => list.some((one) => one > 0)),
    grants: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
    payments: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
    given: fc.array(fc.record({ percent, state: fc.constantFrom(...refundStates) }), { maxLength: 3 }),
  })
  .map(({ listFen, weights, grants, payments, given }) => {
    const [subsidyFen = 0, employerFen = 0, discountFen = 0, payableFen = 0] = shares(listFen, weights)
    const captured = shares(payableFen, payments)
    return {
      split: splitOf(listFen, { subsidyFen, employerFen, discountFen }),
      grants: shares(subsidyFen, grants).map((fen, place) => ({
        id: `g${place}`,
        sponsorId: `s${place % 2}`,
        fen,
        state: 'spent' as const,
      })),
      payments: captured.map((amountFen, place) => ({ attempt: place + 1, state: 'paid' as const, amountFen, surplus: false })),
      refunds: given.slice(0, captured.length).map((one, place) => ({
        attempt: place + 1,
        amountFen: shares(captured[place] as number, [one.percent, 100 - one.percent])[0] as number,
        state: one.state,
      })),
    }
  })

test('a refund never gives back more than was paid and kept, of any payment or in all, and rounds by less than a fen', () => {
  fc.assert(
    fc.property(orders, percent, (order, share) => {
      const parts = refundParts(order, share)
      const keptOf = (attempt: number) =>
        order.payments.reduce((total, one) => total + (one.attempt === attempt ? one.amountFen : 0), 0) -
        order.refunds.reduce((total, one) => total + (one.attempt === attempt && one.state !== 'canceled' ? one.amountFen : 0), 0)
      const kept = order.payments.reduce((total, { attempt }) => total + keptOf(attempt), 0)
      expect(sum(parts.learner)).toBe(parts.learnerFen)
      for (const { attempt, fen } of parts.learner) expect(fen).toBeLessThanOrEqual(keptOf(attempt))
      expect(parts.learnerFen).toBeLessThanOrEqual(kept)
      expect(parts.employerFen).toBeLessThanOrEqual(order.split.employerFen)
      expect(Math.abs((parts.learnerFen + parts.employerFen) * 100 - (kept + order.split.employerFen) * share)).toBeLessThan(100)
      expect(sum(parts.grants)).toBe(order.split.subsidyFen)
      if (share === 100) expect([parts.learnerFen, parts.employerFen]).toEqual([kept, order.split.employerFen])
      if (share === 0) expect([parts.learnerFen, parts.employerFen]).toEqual([0, 0])
    }),
    { numRuns: 3000 },
  )
})

test('invoices add up to the fee charged, and red ones never take back more than the blue ones they name', () => {
  fc.assert(
    fc.property(orders, percent, (order, share) => {
      const blue = invoiceParts(order.split, order.grants).map((part, place) => ({ ...part, id: `b${place}`, redFen: 0 }))
      expect(sum(blue)).toBe(order.split.listFen - order.split.discountFen)
      const back = refundParts(order, share)
      const red = redParts(blue, back)
      expect(sum(red)).toBe(back.learnerFen + back.employerFen + back.subsidyFen)
      for (const { of, fen } of red) expect(fen).toBeLessThanOrEqual(blue.find(({ id }) => id === of)?.fen ?? 0)
    }),
    { numRuns: 2000 },
  )
})

test('waiting never gives more back, and the dates shown are those that the percent follows', () => {
  const day = fc.date({ min: new Date('2025-02-01'), max: new Date('2027-12-01'), noInvalidDate: true }).map((date) => date.toISOString())
  fc.assert(
    fc.property(day, fc.nat({ max: 40 * 24 * 60 }), fc.nat({ max: 24 * 60 }), (first, minutes, later) => {
      const before = new Date(Date.parse(first) - minutes * 60_000).toISOString()
      const after = new Date(Date.parse(before) + later * 60_000).toISOString()
      expect(refundBand(standardPolicy, after, first).percent).toBeLessThanOrEqual(refundBand(standardPolicy, before, first).percent)
      for (const { until, percent: shown } of refundDates(standardPolicy, first)) {
        expect(refundBand(standardPolicy, instantOf(until, '23:59'), first).percent).toBe(shown)
      }
      const [full] = refundDates(standardPolicy, first)
      expect(refundBand(standardPolicy, before, first).percent === 100).toBe(before < first && dateAt(before) <= (full?.until ?? ''))
    }),
    { numRuns: 1000 },
  )
})
