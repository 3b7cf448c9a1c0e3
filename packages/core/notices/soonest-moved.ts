import type { Run } from '@skills/contract/catalog.ts'

/** When the first meeting begins that a change of a run touches and that had not begun at an instant, as it was or as it is; undefined where all of it was over. It decides whether people are told at night. */
export function soonestMoved(before: Pick<Run, 'meetings'>, after: Pick<Run, 'meetings'>, now: string): string | undefined {
  const shape = ({ id, startsAt, endsAt, venueId, room }: Run['meetings'][number]) => [id, startsAt, endsAt, venueId, room].join(' ')
  const [was, is] = [before, after].map(({ meetings }) => new Set(meetings.map(shape)))
  const changed = [
    ...before.meetings.filter((meeting) => !is?.has(shape(meeting))),
    ...after.meetings.filter((meeting) => !was?.has(shape(meeting))),
  ]
  // The place as a whole has changed: every meeting is touched.
  const touched = changed.length === 0 ? after.meetings : changed
  return touched
    .map(({ startsAt }) => startsAt)
    .filter((startsAt) => startsAt > now)
    .sort()[0]
}
