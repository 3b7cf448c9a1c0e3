import { describe, expect, it } from 'vitest'
import { disputedNow, lessLosses, setOffFen, withDispute, type Disputed, type DisputeItem } from './dispute.ts'
import type { RefundItem } from './order.ts'
import { owedRefund } from './refund.ts'

const at = '2026-11-21T08:00:00.000Z'
const later = '2026-11-22T08:00:00.000Z'
const refund = (id: string, amountFen: number, changed: Partial<RefundItem> = {}): RefundItem => ({
  ...owedRefund(id, { attempt: 1, paymentId: 'pi_1', amountFen }, 'left', at),
  ...changed,
})
const dispute = (state: DisputeItem['state'], amountFen = 1_000, changed: Partial<DisputeItem> = {}): DisputeItem => ({
  ...{ disputeId: 'dp_1', paymentId: 'pi_1', at, amountFen, state },
  ...changed,
})
const order = (refunds: RefundItem[], disputes: DisputeItem[] = []): Disputed => ({ refunds, disputes })
const said = (before: Disputed, news: DisputeItem) => withDispute(before, news, later, () => 'rfd_rest')
const sums = ({ refunds, disputes }: Disputed) => [
  refunds.map(({ state, amountFen }) => `${state} ${amountFen}`),
  disputes.map(({ setOffFen: off = 0 }) => off),
]

describe('a dispute', () => {
  it('that is open holds back what is owed of its payment, and of no other', () => {
    const before = said(order([refund('rfd_1', 500)]), dispute('open')) as Disputed
    expect(sums(before)).toEqual([['pending 500'], [0]])
    expect([disputedNow(before, 'pi_1'), disputedNow(before, 'pi_2')]).toEqual([true, false])
  })
  it('that is won leaves all of it owed', () => {
    const after = said(order([refund('rfd_1', 500)], [dispute('open')]), dispute('won')) as Disputed
    expect(sums(after)).toEqual([['pending 500'], [0]])
    expect(disputedNow(after, 'pi_1')).toBe(false)
  })
  it.each([
    ['less than is owed', 400, ['canceled 500', 'pending 100'], 400],
    ['all that is owed', 500, ['canceled 500'], 500],
    ['more than is owed', 1_000, ['canceled 500'], 500],
  ])('that is lost takes the sum lost off what is owed: %s', (_, lostFen, refunds, off) => {
    const after = said(order([refund('rfd_1', 500)], [dispute('open', lostFen)]), dispute('lost', lostFen)) as Disputed
    expect(sums(after)).toEqual([refunds, [off]])
    expect(setOffFen(after, 'pi_1')).toBe(off)
    expect(said(after, dispute('lost', lostFen))).toBeUndefined()
  })
  it('that is lost takes nothing off what went back, and off what failed after all', () => {
    expect(sums(said(order([refund('rfd_1', 500, { state: 'succeeded' })]), dispute('lost')) as Disputed)).toEqual([['succeeded 500'], [0]])
    expect(sums(said(order([refund('rfd_1', 500, { state: 'sent' })]), dispute('lost')) as Disputed)).toEqual([['sent 500'], [0]])
    const failed = said(order([refund('rfd_1', 500, { state: 'failed', settledAt: at })]), dispute('lost', 300)) as Disputed
    expect(sums(failed)).toEqual([['canceled 500', 'failed 200'], [300]])
  })
  it('is set off once, however many sums are owed one after the other', () => {
    const first = lessLosses([dispute('lost', 400)], 'pi_1', 300)
    expect(first.fen).toBe(0)
    const second = lessLosses(first.disputes, 'pi_1', 300)
    expect(second.fen).toBe(200)
    expect(lessLosses(second.disputes, 'pi_1', 300).fen).toBe(300)
    expect(lessLosses([dispute('lost', 400)], 'pi_2', 300).fen).toBe(300)
  })
  it('keeps how it ended, whichever event comes last', () => {
    const lost = said(order([]), dispute('lost')) as Disputed
    expect(said(lost, dispute('open'))).toBeUndefined()
    expect(said(lost, dispute('won'))).toBeUndefined()
  })
})
