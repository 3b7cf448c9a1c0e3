import type { Allocation, Program, Voucher } from '@skills/contract/funding.ts'
import type { Grant, Split } from '@skills/contract/order.ts'
import type { Text } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import { splitOf } from '../order/split.ts'
import { fundingYear, type FundingCase, type FundingUse } from './eligibility-case.ts'
import { fundingReason, reviewable, type FundingReason } from './eligibility-reason.ts'
import { eligibility } from './eligibility.ts'
import { paidBy } from './funding-rule.ts'
import { voucherFen, voucherReasons } from './price-voucher.ts'
import { bestCombination, partOf, stackable, type FundingOption } from './stacking.ts'

/** A program that has set money aside for the run, as it stands now; `reviewId` where people granted this person an exception from its rules. */
export interface PriceCandidate {
  program: Program
  allocation: Pick<Allocation, 'state'> & { leftSeats: number; leftFen: number }
  reviewId: string | null
}

/** The voucher a person brings: with its program, and the fen of its budget that are not promised yet. */
export interface PriceVoucher {
  voucher: Voucher
  program: Program
  leftFen: number
  reviewId: string | null
}

/** What a price is judged on. Fen, and the instant of the decision. */
export interface PriceAsk extends Omit<FundingCase, 'on' | 'beside'> {
  listFen: number
  now: string
  candidates: readonly PriceCandidate[]
  voucher?: PriceVoucher | undefined
  /** Taken off before anybody pays. */
  discountFen?: number
  /** Who pays what subsidies leave: the learner, unless an employer nominated her. */
  payer?: 'learner' | 'employer'
}

/** What one program does for this seat: pays, or does not with all the reasons. */
interface PriceLine {
  programId: string
  sponsorId: string
  name: Text
  scheme: string
  voucherId: string | null
  fen: number
  reasons: FundingReason[]
  ruleSet: string | null
  met: string[]
  reviewId: string | null
  /** Whether people could decide otherwise. */
  reviewable: boolean
}

export interface Price {
  split: Split
  /** Every program considered, by id; the voucher's last. */
  lines: PriceLine[]
  /** What would be written into the order, without the id and state that the transaction gives. */
  grants: Omit<Grant, 'id' | 'state'>[]
}

interface Judged {
  line: PriceLine
  option: FundingOption
}

/**
 * Decides who pays what of a seat: each program is judged alone, then the combination that leaves the least to pay is chosen. What is left in an allocation
 * advises; the transaction that takes the money decides.
 */
export function price(ask: PriceAsk): Price {
  const toPayFen = ask.listFen - (ask.discountFen ?? 0)
  const judged = ask.candidates
    .toSorted((a, b) => (a.program.id < b.program.id ? -1 : a.program.id > b.program.id ? 1 : 0))
    .map((candidate) => judgeCandidate(candidate, ask, toPayFen))
  if (ask.voucher !== undefined) judged.push(judgeVoucher(ask.voucher, ask, toPayFen))
  const chosen = bestCombination(
    toPayFen,
    judged.filter(({ line }) => line.reasons.length === 0).map(({ option }) => option),
  )
  const lines = judged.map(({ line, option }): PriceLine => {
    const fen = chosen.find((one) => one.option === option)?.fen ?? 0
    if (fen > 0 || line.reasons.length > 0) return { ...line, fen, reviewable: reviewable(line.reasons) }
    const together = stackable([...chosen.map((one) => one.option), option])
    return { ...line, reasons: [fundingReason(together ? 'nothing-left' : 'not-together')] }
  })
  const subsidyFen = chosen.reduce((sum, { fen }) => sum + fen, 0)
  const employerFen = ask.payer === 'employer' ? toPayFen - subsidyFen : 0
  const { trade, level } = ask.subject
  return {
    split: splitOf(ask.listFen, { subsidyFen, employerFen, discountFen: ask.discountFen ?? 0 }),
    lines,
    grants: lines
      .filter(({ fen }) => fen > 0)
      .map(({ programId, sponsorId, scheme, fen, ruleSet, met, reviewId, voucherId }) => {
        const year = fundingYear(ask.subject)
        return { programId, sponsorId, scheme, fen, year, trade, level, ruleSet: ruleSet ?? '', met, reviewId, voucherId }
      }),
  }
}

function judgeCandidate({ program, allocation, reviewId }: PriceCandidate, ask: PriceAsk, toPayFen: number): Judged {
  const option = optionOf(program, reviewId, ask, { fen: paidBy(program.funding, ask.listFen), leftFen: allocation.leftFen })
  const money = [
    ...programReasons(program, ask.subject.startsOn),
    ...allocationReasons(allocation, toPayFen > 0 && partOf(option, toPayFen) <= 0),
  ]
  return { option, line: lineOf(program, reviewId, ask, money) }
}

function judgeVoucher({ voucher, program, leftFen, reviewId }: PriceVoucher, ask: PriceAsk, toPayFen: number): Judged {
  const partly = voucher.kind === 'pass'
  const fen = voucherFen(voucher, toPayFen)
  const option = optionOf(program, reviewId, ask, { fen, leftFen, partly, voucherId: voucher.id })
  const usedUp = toPayFen > 0 && partOf(option, toPayFen) <= 0
  const money = [...programReasons(program, ask.subject.startsOn), ...voucherReasons(voucher, ask.subject, ask.now, usedUp)]
  return { option, line: { ...lineOf(program, reviewId, ask, money), voucherId: voucher.id } }
}

/** A program grants while it is active, for runs that begin in its period. */
function programReasons({ state, period }: Program, startsOn: string): FundingReason[] {
  const reasons: FundingReason[] = []
  if (state === 'frozen') reasons.push(fundingReason('program-frozen'))
  if (state === 'closing' || state === 'closed') reasons.push(fundingReason('program-closed'))
  if (startsOn < period.from || period.until < startsOn) reasons.push(fundingReason('outside-period', period))
  return reasons
}

function allocationReasons({ state, leftSeats }: PriceCandidate['allocation'], usedUp: boolean): FundingReason[] {
  if (state === 'frozen') return [fundingReason('allocation-frozen')]
  if (state === 'closed') return [fundingReason('allocation-closed')]
  return usedUp || leftSeats < 1 ? [fundingReason('allocation-used')] : []
}

/** A review waives the rules for one person, never the money, the dates or the rule set that must be in force. */
function lineOf(program: Program, reviewId: string | null, ask: PriceAsk, money: FundingReason[]): PriceLine {
  const { ruleSet, met, unmet } = eligibility(program, { ...ask, on: dateAt(ask.now) })
  const waived = reviewId !== null && ruleSet !== null
  const { id: programId, sponsorId, name, scheme } = program
  const reasons = [...money, ...(waived ? [] : unmet)]
  return {
    programId,
    sponsorId,
    name,
    scheme,
    voucherId: null,
    fen: 0,
    reasons,
    ruleSet,
    met,
    reviewId: waived ? reviewId : null,
    reviewable: false,
  }
}

function optionOf(
  program: Program,
  reviewId: string | null,
  ask: PriceAsk,
  more: Pick<FundingOption, 'fen' | 'leftFen'> & Partial<Pick<FundingOption, 'partly' | 'voucherId'>>,
): FundingOption {
  const { trade, level } = ask.subject
  const year = fundingYear(ask.subject)
  const use = ({ programId, scheme }: FundingOption): FundingUse => ({ programId, scheme, year, trade, level, state: 'reserved' })
  const fits = (beside: readonly FundingOption[]) =>
    reviewId !== null || eligibility(program, { ...ask, on: dateAt(ask.now), beside: beside.map(use) }).unmet.length === 0
  return { programId: program.id, scheme: program.scheme, stacking: program.stacking, partly: false, voucherId: null, fits, ...more }
}
