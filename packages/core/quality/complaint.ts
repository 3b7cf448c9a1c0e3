import type { Complaint, ComplaintCase, ComplaintState } from '@skills/contract/quality.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { History } from '../audit.ts'
import { termDays, termEnd } from './terms.ts'

/** What a complaint says, without where its history stands. */
export type Said = Omit<Complaint, 'version'>

/** A complaint as the table holds it. `overdueTold`: whether the house was told that an operator lets it wait. */
export interface ComplaintItem extends History {
  complaint: Said
  personId: string
  maskedName: string
  overdueTold: boolean
}

/** How often one person may complain about one run. */
export const mostComplaints = 5

export const isClosed = ({ state }: Pick<Said, 'state'>) => ends.includes(state)
const ends: readonly ComplaintState[] = ['settled', 'lapsed', 'upheld', 'not-upheld']

/** A new complaint: its provider has five working days to answer. */
export function raised(
  facts: Pick<Said, 'id' | 'providerId' | 'providerName' | 'runId' | 'enrollmentId' | 'title' | 'kind' | 'text' | 'fileId' | 'nameShown'>,
  now: string,
): Said {
  const none = { answer: null, sayBy: null, said: null, decideBy: null, decision: null, closedAt: null }
  return { ...facts, state: 'open', raisedAt: now, answerBy: termEnd(now, termDays.answer), ...none }
}

/** The complaint as the clock has it: unanswered in time it is an operator's, answered and not spoken of again it has lapsed. */
export function complaintAt(complaint: Said, now: string): Said {
  const { state, answerBy, sayBy } = complaint
  if (state === 'open' && answerBy <= now) return { ...complaint, state: 'with-operator', decideBy: termEnd(answerBy, termDays.decide) }
  if (state === 'answered' && sayBy !== null && sayBy <= now) return { ...complaint, state: 'lapsed', closedAt: sayBy }
  return complaint
}

/** The next instant at which somebody must look at it, or undefined. */
export function complaintDueAt({ complaint, overdueTold }: Pick<ComplaintItem, 'complaint' | 'overdueTold'>): string | undefined {
  const { state, answerBy, sayBy, decideBy } = complaint
  if (state === 'open') return answerBy
  if (state === 'answered') return sayBy ?? undefined
  return state === 'with-operator' && !overdueTold ? (decideBy ?? undefined) : undefined
}

const never = ({ state }: Said) => new Refusal('illegal-transition', { current: state, allowed: [] })

/** The provider's answer, once. A late one is taken and does not take the complaint back from the operator. Refuses `illegal-transition`. */
export function answered(complaint: Said, text: string, now: string): Said {
  const at = complaintAt(complaint, now)
  if (at.answer !== null || isClosed(at)) throw never(at)
  const answer = { text, at: now, inTime: now < at.answerBy }
  return at.state === 'open' ? { ...at, state: 'answered', answer, sayBy: termEnd(now, termDays.say) } : { ...at, answer }
}

/** Its person says that it is settled, at any time before the end, or after the answer that it is not: then an operator decides. Refuses `illegal-transition`. */
export function spokenOf(complaint: Said, { settled, text }: { settled: boolean; text: string | null }, now: string): Said {
  const at = complaintAt(complaint, now)
  if (isClosed(at) || (!settled && at.state !== 'answered')) throw never(at)
  const said = { settled, text, at: now }
  return settled
    ? { ...at, state: 'settled', said, closedAt: now }
    : { ...at, state: 'with-operator', said, decideBy: termEnd(now, termDays.decide) }
}

/** An operator's decision: of what waits for her, and of a matter of safety at any time. Refuses `illegal-transition`. */
export function decidedOn(complaint: Said, { upheld, reason }: { upheld: boolean; reason: string }, now: string): Said {
  const at = complaintAt(complaint, now)
  if (isClosed(at) || (at.state !== 'with-operator' && at.kind !== 'safety')) throw never(at)
  return { ...at, state: upheld ? 'upheld' : 'not-upheld', decision: { upheld, reason, at: now }, closedAt: now }
}

/** What its person sees, as the clock has it. */
export const shownComplaint = ({ complaint, version }: ComplaintItem, now: string): Complaint => ({
  ...complaintAt(complaint, now),
  version,
})

/** What the provider and operators see of it, as the clock has it. */
export function complaintCase({ complaint, maskedName, version }: ComplaintItem, now: string): ComplaintCase {
  const { enrollmentId: _enrollment, fileId, ...rest } = complaintAt(complaint, now)
  return { ...rest, maskedName, hasFile: fileId !== null, version }
}
