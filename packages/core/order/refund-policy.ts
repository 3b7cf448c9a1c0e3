import type { Refund, RefundPolicy } from '@skills/contract/order.ts'
import type { Text } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import { lastDayFor, workingDaysBetween } from './working-days.ts'

/**
 * The policy of the house where a provider sets none: all back from 7 full working days before the first meeting, half from 3, nothing later. No law fixes
 * bands for training; the 7 follow the French personal training account (no loss when it is more than 7 working days before, and the right ends when
 * training starts), the half is our own judgement. A change is a new version: orders keep the one they were made with.
 */
export const standardPolicy: RefundPolicy = {
  version: 'standard-1',
  bands: [
    { workingDays: 7, percent: 100 },
    { workingDays: 3, percent: 50 },
  ],
}

const earliestFirst = ({ bands }: RefundPolicy) => bands.toSorted((a, b) => b.workingDays - a.workingDays)

/**
 * The band that leaving falls into. In: the instants of leaving and of the first meeting. Out: the full working days between their civil dates, and the percent
 * given back. Nothing from the first meeting on, whatever the bands say.
 */
export function refundBand(policy: RefundPolicy, leavingAt: string, firstMeetingAt: string): { workingDays: number; percent: number } {
  if (leavingAt >= firstMeetingAt) return { workingDays: 0, percent: 0 }
  const workingDays = workingDaysBetween(dateAt(leavingAt), dateAt(firstMeetingAt))
  const band = earliestFirst(policy).find((one) => workingDays >= one.workingDays)
  return { workingDays, percent: band?.percent ?? 0 }
}

/** The percent given back. Bands are for people who leave; where the provider cancels, in force majeure, and for money that bought no seat it is all. */
export function refundPercent(policy: RefundPolicy, leavingAt: string, firstMeetingAt: string, reason: Refund['reason'] = 'left'): number {
  return reason === 'left' ? refundBand(policy, leavingAt, firstMeetingAt).percent : 100
}

/** The last civil date of each band for a first meeting, the earliest first: what a page shows instead of working days. */
export function refundDates(policy: RefundPolicy, firstMeetingAt: string): { until: string; percent: number }[] {
  const date = dateAt(firstMeetingAt)
  return earliestFirst(policy).map(({ workingDays, percent }) => ({ until: lastDayFor(date, workingDays), percent }))
}

/** The policy in one sentence of each language. */
export function explainPolicy(policy: RefundPolicy): Text {
  const bands = earliestFirst(policy)
  const zh = bands.map(({ workingDays, percent }) =>
    workingDays === 0 ? `开课前退出退 ${percent}%` : `开课前满 ${workingDays} 个工作日退出退 ${percent}%`,
  )
  const en = bands.map(({ workingDays, percent }) =>
    workingDays === 0
      ? `${percent}% back until the first meeting`
      : `${percent}% back from ${workingDays} full working ${workingDays === 1 ? 'day' : 'days'} before the first meeting`,
  )
  const ends =
    bands.at(-1)?.workingDays === 0 ? { zh: '开课后不退', en: 'nothing after it began' } : { zh: '更晚不退', en: 'nothing later' }
  return {
    zh: `${[...zh, ends.zh].join('；')}。机构取消，或平台核实您因不可抗力不能参加，全额退还。`,
    en: `${[...en, ends.en].join('; ')}. If the provider cancels, or we find that force majeure keeps you away, all of it comes back.`,
  }
}
