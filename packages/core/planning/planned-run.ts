import type { Course, Meeting, Run } from '@skills/contract/catalog.ts'
import type { RunInput } from '@skills/contract/planning.ts'
import { namedPolicies } from './named-policies.ts'

/** Makes ids for what is new. */
type NewId = (kind: 'run' | 'meeting') => string

/**
 * The run that a plan asks for: a new draft, or the run it changes with its state and code. Meetings stand in order of time and keep their ids. A tentative run that is confirmed stays
 * confirmed. Out with it: the devices of each meeting, which stand in the crew and not in the run.
 */
export function plannedRun(
  input: RunInput,
  of: { before: Run } | { code: string; course: Pick<Course, 'id' | 'providerId'> },
  newId: NewId,
): { run: Run; devices: Map<string, readonly string[]> } {
  const before = 'before' in of ? of.before : undefined
  const devices = new Map<string, readonly string[]>()
  const meetings = input.meetings
    .map(({ id = newId('meeting'), devices: wanted, startsAt, endsAt, kind, venueId, room }): Meeting => {
      devices.set(id, wanted)
      return { id, startsAt, endsAt, kind, venueId, room }
    })
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  const { name, opensAt, closesAt, capacity, priceFen, cancelUntilMinutes, region, venueId } = input
  const policy = namedPolicies[input.policy]
  const tentative = input.tentative === null ? undefined : { ...input.tentative, confirmedAt: before?.tentative?.confirmedAt ?? null }
  const fixed =
    'before' in of
      ? { id: of.before.id, code: of.before.code, courseId: of.before.courseId, providerId: of.before.providerId, state: of.before.state }
      : { id: newId('run'), code: of.code, courseId: of.course.id, providerId: of.course.providerId, state: 'draft' as const }
  return {
    devices,
    run: {
      ...fixed,
      ...{ name, opensAt, closesAt, capacity, priceFen, cancelUntilMinutes, region, venueId, meetings },
      ...(policy === undefined ? {} : { refundPolicy: policy }),
      ...(tentative === undefined ? {} : { tentative }),
    },
  }
}
