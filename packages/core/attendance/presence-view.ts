import type { AttendanceLine, EvidenceView, PresenceView } from '@skills/contract/attendance.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { proofsOf, type Evidence, type Override } from './evidence.ts'
import { presence, type Check } from './presence.ts'
import type { AttendanceRule } from './rule.ts'

/** Who looks: may she decide corrections? Of which is she neither the one who asked nor the one concerned? */
export interface Looks {
  personId: string
  decides: boolean
}

/** What a person's evidence of a meeting comes to, as somebody is shown it. `whose`: whom it concerns. */
export function presenceView(
  meeting: { startsAt: string; endsAt: string },
  checks: readonly Check[],
  evidence: readonly Evidence[],
  rule: AttendanceRule,
  { looks, whose }: { looks: Looks; whose: string },
): PresenceView {
  const last = proofsOf(evidence).at(-1)
  const result = presence(meeting, checks, evidence, rule)
  const there = last === undefined ? result.minutes > 0 : true
  return {
    ...result,
    state: !there ? 'absent' : last === undefined || last.kind === 'out' ? 'left' : 'here',
    evidence: evidence.map((one) => evidenceView(one, mayDecide(one, looks, whose))),
  }
}

/** The line of somebody's seat on the roster of a meeting. */
export function attendanceLine(
  { enrollment, maskedName }: Pick<EnrollmentItem, 'enrollment' | 'maskedName'>,
  presence: PresenceView,
): AttendanceLine {
  return { enrollmentId: enrollment.id, maskedName, presence }
}

const mayDecide = (one: Evidence, { personId, decides }: Looks, whose: string) =>
  one.type === 'override' && one.decided === null && decides && isSecond(one, personId, whose)

/** Whether somebody may be the second person of a correction: neither who asked nor whom it concerns. */
export function isSecond({ askedBy }: Pick<Override, 'askedBy'>, personId: string, whose: string): boolean {
  return askedBy !== personId && whose !== personId
}

/** One piece of evidence as people see it. */
export function evidenceView(one: Evidence, decidable: boolean): EvidenceView {
  if (one.type === 'vouch') return { type: 'vouch', id: one.id, at: one.at }
  if (one.type === 'proof') {
    const { type, id, kind, by, at, receivedAt } = one
    return { type, id, kind, by, at, receivedAt }
  }
  const { type, id, present, from, to, reason, askedAt, decided } = one
  const result = decided === null ? null : { at: decided.at, confirmed: decided.confirmed }
  return { type, id, present, from, to, reason, askedAt, decided: result, mayDecide: decidable }
}
