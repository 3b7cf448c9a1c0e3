import type { Voucher } from '@skills/contract/funding.ts'
import type { FundingSubject } from './eligibility-case.ts'
import { fundingReason, type FundingReason } from './eligibility-reason.ts'

/** The most a voucher pays of a sum, in fen: its face, or for a pass whatever there is to pay. No change is given. */
export function voucherFen(voucher: Pick<Voucher, 'kind' | 'faceFen'>, toPayFen: number): number {
  return voucher.kind === 'pass' ? toPayFen : Math.min(voucher.faceFen ?? 0, toPayFen)
}

/**
 * Why a voucher itself cannot be used at an instant; its program's rules are judged beside it. `until` is the first instant it no longer holds.
 * A directed voucher names a course, a trade or both; what it names must fit.
 */
export function voucherReasons(
  voucher: Voucher,
  { courseId, trade }: Pick<FundingSubject, 'courseId' | 'trade'>,
  now: string,
  usedUp: boolean,
): FundingReason[] {
  const reasons: FundingReason[] = []
  if (voucher.state === 'frozen') reasons.push(fundingReason('voucher-frozen'))
  if (voucher.state === 'closed') reasons.push(fundingReason('voucher-closed'))
  if (voucher.until <= now) reasons.push(fundingReason('voucher-ended'))
  if (usedUp || voucher.used >= voucher.uses) reasons.push(fundingReason('voucher-used'))
  const directed = voucher.directedTo
  const wrongCourse = directed !== null && directed.courseId !== null && directed.courseId !== courseId
  const wrongTrade = directed !== null && directed.trade !== null && directed.trade !== trade
  if (wrongCourse || wrongTrade) reasons.push(fundingReason('voucher-directed'))
  return reasons
}
