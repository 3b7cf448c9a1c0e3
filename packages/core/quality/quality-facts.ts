import { createHash } from 'node:crypto'
import type { Run } from '@skills/contract/catalog.ts'
import type { QualityCounts, QualityFigures } from '@skills/contract/quality.ts'
import { dateAt } from '@skills/contract/time.ts'
import type { Credit } from '../attendance/credit.ts'
import { firstMeeting } from '../catalog/run.ts'
import type { Said } from './complaint.ts'
import { formulaVersion, ratesOf } from './quality.ts'

/** A run as the figures see it. `seated`: whether anybody ever had a confirmed seat in it; `excused`: an operator accepted a force majeure. */
export interface RunFact {
  run: Pick<Run, 'id' | 'state' | 'meetings' | 'closesAt' | 'tentative'>
  version: number
  seated: boolean
  excused: boolean
}

/** What the figures of a provider are made of: its runs, the credits of those who have a seat in them, the complaints about it. */
export interface QualityFacts {
  runs: readonly RunFact[]
  credits: readonly Pick<Credit, 'outcome' | 'entity' | 'version'>[]
  complaints: readonly { complaint: Said; version: number }[]
}

interface Window {
  since: string
  until: string
}
const within = ({ since, until }: Window, instant: string) => since <= dateAt(instant) && dateAt(instant) < until

/** Whether a run belongs to a window: its first meeting was to be in it, and it was public. */
export function isCounted(run: RunFact['run'], window: Window): boolean {
  return run.state !== 'draft' && within(window, firstMeeting(run as Run))
}

/**
 * The counts of a window. A cancelled run counts where anybody ever had a seat in it, unless an operator accepted a force majeure, or it was announced with a minimum that was not reached:
 * that was said beforehand. A merged run counts: everybody in it had to choose anew.
 */
export function countsOf({ runs, credits, complaints }: QualityFacts, window: Window, now: string): QualityCounts {
  const counted = runs.filter(({ run, seated, excused }) => {
    const announced = run.tentative !== undefined && run.tentative.confirmedAt === null
    return isCounted(run, window) && (run.state !== 'cancelled' || (seated && !excused && !announced))
  })
  const outcomes = credits.map(({ outcome }) => outcome)
  const of = (...which: Credit['outcome'][]) => outcomes.filter((one) => which.includes(one)).length
  const raised = complaints.map(({ complaint }) => complaint).filter(({ raisedAt }) => within(window, raisedAt))
  const due = raised.filter(({ answer, answerBy, closedAt }) => answer !== null || (answerBy <= now && (closedAt ?? '9') >= answerBy))
  return {
    complaints: raised.length,
    answersDue: due.length,
    answeredInTime: due.filter(({ answer }) => answer?.inTime === true).length,
    decided: raised.filter(({ decision }) => decision !== null).length,
    upheld: raised.filter(({ decision }) => decision?.upheld === true).length,
    runs: counted.length,
    cancelled: counted.filter(({ run }) => run.state === 'cancelled').length,
    credited: of('completed', 'incomplete', 'no-show'),
    attended: of('completed', 'incomplete'),
    completed: of('completed'),
  }
}

/** The figures of a provider at an instant, from its facts and nothing else. */
export function figuresOf(providerId: string, facts: QualityFacts, window: Window, now: string): QualityFigures {
  const counts = countsOf(facts, window, now)
  return { providerId, formula: formulaVersion, ...window, computedAt: now, counts, rates: ratesOf(counts) }
}

/** What facts the figures were made of: SHA-256 over each with its version. Where it is still the same, they can be made again to the last digit. */
export function factsDigest({ runs, credits, complaints }: QualityFacts, window: Window): string {
  const lines = [
    ...runs
      .filter(({ run }) => isCounted(run, window))
      .map(({ run, version, seated, excused }) => `${run.id} ${version} ${seated && run.state === 'cancelled'} ${excused}`),
    ...credits.map(({ entity, version }) => `${entity} ${version}`),
    ...complaints
      .filter(({ complaint }) => within(window, complaint.raisedAt))
      .map(({ complaint, version }) => `${complaint.id} ${version}`),
  ]
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}
