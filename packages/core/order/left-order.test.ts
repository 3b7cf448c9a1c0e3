import { describe, expect, it } from 'vitest'
import type { DisputeItem } from './dispute.ts'
import { leftParts } from './left-order.ts'
import type { OrderItem, RefundItem } from './order.ts'
import { owedRefund } from './refund.ts'
import { splitOf } from './split.ts'

const at = '2026-11-21T08:00:00.000Z'
const order = (disputes: DisputeItem[], refunds: RefundItem[] = []): OrderItem =>
  ({
    split: splitOf(1_000, {}),
    grants: [],
    payments: [{ attempt: 1, state: 'paid', amountFen: 1_000, surplus: false, paymentId: 'pi_1' }],
    refunds,
    disputes,
  }) as unknown as OrderItem
const lost = (amountFen: number, setOffFen?: number): DisputeItem => ({
  ...{ disputeId: 'dp_1', paymentId: 'pi_1', at, amountFen, state: 'lost' },
  ...(setOffFen === undefined ? {} : { setOffFen }),
})

describe('what leaving gives back', () => {
  it.each([
    ['all, nothing disputed', order([]), 100, 1_000],
    ['all, less what was lost', order([lost(400)]), 100, 600],
    ['half, less what was lost: the same as when it is lost afterwards', order([lost(400)]), 50, 100],
    ['half, and more was lost', order([lost(1_000)]), 50, 0],
    ['all, while a dispute is open', order([{ ...lost(400), state: 'open' }]), 100, 1_000],
    ['all, after a part went back and the rest was lost', order([lost(700)], [gone(300)]), 100, 0],
    ['all, after a part of the loss was set off already', order([lost(400, 300)]), 100, 600],
  ])('%s', (_, from, percent, fen) => {
    const parts = leftParts(from, percent)
    expect(parts.learnerFen).toBe(fen)
    // What was paid covers what goes back, what went back, and what was lost.
    const wentBack = from.refunds.reduce((sum, { amountFen }) => sum + amountFen, 0)
    const setOff = parts.disputes.reduce((sum, dispute) => sum + (dispute.setOffFen ?? 0), 0)
    expect(fen + wentBack + setOff).toBeLessThanOrEqual(1_000)
  })
})

function gone(amountFen: number): RefundItem {
  return { ...owedRefund('rfd_1', { attempt: 1, paymentId: 'pi_1', amountFen }, 'operator', at), state: 'succeeded' }
}
