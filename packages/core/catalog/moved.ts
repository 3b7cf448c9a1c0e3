import type { RunItem } from './run-item.ts'

/** What a learner must know to be there, as one text: when and where each meeting is, and where the run as a whole is. */
const whenAndWhere = ({ run, venue }: Pick<RunItem, 'run' | 'venue'>) =>
  JSON.stringify([
    run.meetings.map(({ startsAt, endsAt, venueId, room }) => [startsAt, endsAt, venueId, room].join(' ')).sort(),
    run.venueId,
    [venue?.name, venue?.address].map((text) => [text?.zh, text?.en]),
  ])

/** Whether a change would send learners to a wrong place or at a wrong time: then they must be told. A run that is over moves nobody. */
export function moved(before: Pick<RunItem, 'run' | 'venue'>, after: Pick<RunItem, 'run' | 'venue'>): boolean {
  if (after.run.state === 'cancelled' || after.run.state === 'completed') return false
  return whenAndWhere(before) !== whenAndWhere(after)
}
