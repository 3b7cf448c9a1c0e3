import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import type { OrderItem } from '@skills/core/order/order.ts'
import { groupLine, seatLine, type Attended, type Given, type ReckonedLine } from '@skills/core/payout/payout-line.ts'
import { addsUp, earnedBy, newLines, sumsOf, toDate } from '@skills/core/payout/payout.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const fen = fc.oneof(fc.nat({ max: 5_000_000 }), fc.constantFrom(0, 1, 99, 100, 1_000_000_000))
const given = fc.constantFrom<Given>('to-come', 'given', 'cancelled')
const attended = fc.option(
  fc.record({
    outcome: fc.constantFrom<Attended['outcome']>('completed', 'incomplete', 'no-show', 'not-taken'),
    minutes: fc.nat({ max: 3000 }),
    outOfMinutes: fc.nat({ max: 3000 }),
  }),
  { nil: undefined },
)

/** The money of an order as no good code makes it, too: sums that go back may be more than came. */
const money = fc.record({
  payments: fc.array(
    fc.record({
      attempt: fc.integer({ min: 1, max: 3 }),
      state: fc.constantFrom('opening', 'open', 'paid', 'paid', 'expired', 'failed'),
      amountFen: fen,
      surplus: fc.boolean(),
      paymentId: fc.constantFrom('pi_1', 'pi_2', null),
    }),
    { maxLength: 3 },
  ),
  refunds: fc.array(
    fc.record({
      attempt: fc.integer({ min: 1, max: 3 }),
      state: fc.constantFrom('pending', 'sent', 'succeeded', 'failed', 'canceled'),
      amountFen: fen,
    }),
    { maxLength: 3 },
  ),
  disputes: fc.array(
    fc.record({ state: fc.constantFrom('open', 'won', 'lost'), amountFen: fen, paymentId: fc.constantFrom('pi_1', 'pi_2', undefined) }),
    { maxLength: 2 },
  ),
})
const seat = fc
  .record({
    number: fc.integer({ min: 0, max: 12 }),
    money,
    grants: fc.array(
      fc.record({
        sponsorId: fc.constantFrom('spo_A', 'spo_B'),
        programId: fc.constantFrom('prg_A', 'prg_B'),
        fen,
        state: fc.constantFrom('spent', 'returned'),
      }),
      { maxLength: 3 },
    ),
    active: fc.boolean(),
    given,
    attended,
  })
  .map((one): ReckonedLine | undefined => {
    const order = { ...one.money, grants: one.grants, confirmedAt: '2026-12-01T00:00:00.000Z' } as unknown as OrderItem
    const enrollment = { id: `enr_${one.number}`, state: one.active ? 'active' : 'cancelled' } as unknown as EnrollmentItem['enrollment']
    return seatLine({ enrollment, maskedName: '王*', order }, one.given, one.attended, () => undefined)
  })
const group = fc
  .record({ number: fc.integer({ min: 0, max: 3 }), money, given })
  .map((one) => groupLine({ id: `gro_${one.number}`, seats: 3, state: 'paid', paidAt: '2026-12-01', ...one.money } as never, one.given))

/** A run as it is read at one time: every seat and group order once. */
const reading = fc
  .array(fc.oneof(seat, group), { maxLength: 14 })
  .map((lines) => [...new Map(lines.flatMap((line) => (line === undefined ? [] : [[line.id, line] as const]))).values()])

const total = (of: (line: ReckonedLine) => number, lines: readonly ReckonedLine[]) => lines.reduce((sum, line) => sum + of(line), 0)

test('every line adds up to the fen, whatever came and went: paid = refunded + lost + held + earned, with a reason for all that is held', () => {
  fc.assert(
    fc.property(reading, (lines) => {
      for (const line of lines) for (const part of line.parts) if (!addsUp(part)) throw new Error(JSON.stringify(part))
      const sums = sumsOf(lines)
      expect(sums.reduce((sum, { earnedFen }) => sum + earnedFen, 0)).toBe(total(earnedBy, lines))
      for (const one of sums) expect(one.paidFen).toBe(one.refundedFen + one.lostFen + one.heldFen + one.earnedFen)
    }),
    { numRuns: 20_000 },
  )
})

test('statements one after the other say each change once: all differences together are what is earned in the end', () => {
  fc.assert(
    fc.property(fc.array(reading, { minLength: 1, maxLength: 5 }), (readings) => {
      const said: ReturnType<typeof newLines> = []
      for (const lines of readings) {
        said.push(...newLines(lines, said))
        // Asked again at once there is nothing new.
        expect(newLines(lines, said)).toEqual([])
      }
      const last = readings.at(-1) ?? []
      expect(said.reduce((sum, { differenceFen }) => sum + differenceFen, 0)).toBe(total(earnedBy, last))
      expect(total(earnedBy, toDate(said, []))).toBe(total(earnedBy, last))
      expect(sumsOf(toDate(said, []))).toEqual(sumsOf(last))
    }),
    { numRuns: 3000 },
  )
})

test('nobody is paid for who gave money back, and a run that was not given earns nothing', () => {
  fc.assert(
    fc.property(money, attended, (paid, known) => {
      for (const where of ['to-come', 'cancelled'] as const) {
        const order = { ...paid, grants: [], confirmedAt: '2026-12-01T00:00:00.000Z' } as unknown as OrderItem
        const line = seatLine(
          { enrollment: { id: 'enr_1', state: 'active' } as never, maskedName: '王*', order },
          where,
          known,
          () => undefined,
        )
        expect(line === undefined ? 0 : earnedBy(line)).toBe(0)
      }
    }),
  )
})
