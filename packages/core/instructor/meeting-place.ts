import type { Meeting, Run, Venue } from '@skills/contract/catalog.ts'
import type { Place } from '../scheduling/week.ts'

/** The venues that meetings of a run name, its own among them. */
export function venueIdsOf(run: Pick<Run, 'venueId' | 'meetings'>): string[] {
  return [...new Set([run.venueId, ...run.meetings.map(({ venueId }) => venueId)])].filter((id) => id !== null)
}

/**
 * Where a meeting is, as travelling sees it: its venue; the run's region where no venue is named, as travelling practice 送教上门 has it; nowhere (null) when it is
 * live or video.
 */
export function placeOf(
  meeting: Meeting,
  run: Pick<Run, 'id' | 'region'>,
  venues: ReadonlyMap<string, Pick<Venue, 'region'>>,
): Place | null {
  if (meeting.venueId !== null) return { venueId: meeting.venueId, region: venues.get(meeting.venueId)?.region ?? run.region }
  return meeting.kind === 'live' || meeting.kind === 'video' ? null : { venueId: run.id, region: run.region }
}
