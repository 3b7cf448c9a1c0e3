import type { QualityCounts, QualityFigures } from '@skills/contract/quality.ts'
import { dateAt } from '@skills/contract/time.ts'
import { plusDays } from '../order/civil-date.ts'

export type { QualityFigures } from '@skills/contract/quality.ts'

/** The version of the formula below; a change of it is a new version, announced as every rule is. */
export const formulaVersion = 'quality-2026-1'
/** How far back it looks, days. */
const windowDays = 365
/** Fewer enrollments that attended than so many show counts and no rates: one person would move them too far, and could be recognised. */
const fewEnrollments = 5

/** The window of figures that are reckoned at an instant: civil dates, the day itself not counted. */
export function windowAt(now: string): { since: string; until: string } {
  const until = dateAt(now)
  return { since: plusDays(until, -windowDays), until }
}

/** `part` of `whole` in basis points, rounded half up; null without a whole. */
export function basisPoints(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 20_000 + whole) / (2 * whole))
}

/** The rates that follow from counts, and from nothing else. Complaints are per enrollment that attended, so 100 basis points are one in a hundred. */
export function ratesOf(counts: QualityCounts): QualityFigures['rates'] {
  const few = counts.attended < fewEnrollments
  const rate = (part: number, whole: number) => (few ? null : basisPoints(part, whole))
  return {
    response: rate(counts.answeredInTime, counts.answersDue),
    complaint: rate(counts.complaints, counts.attended),
    upheld: rate(counts.upheld, counts.decided),
    cancellation: rate(counts.cancelled, counts.runs),
    attendance: rate(counts.completed, counts.credited),
    pass: null,
  }
}
