import type { Course, Meeting, Provider, Run, Venue } from '@skills/contract/catalog.ts'
import type { ImportRow } from './import-row.ts'
import { runAt } from './run.ts'

/** Makes ids for what is new. */
export type NewId = (kind: 'provider' | 'venue' | 'course' | 'run' | 'meeting') => string

/** The provider after an import: what the file says, under the id it has. */
export function importedProvider(before: Provider | undefined, said: ImportRow['provider'], newId: NewId): Provider {
  return { id: before?.id ?? newId('provider'), ...said }
}

/** The venue after an import. Rooms that the file does not name stay: a file of one run is no list of all rooms. */
export function importedVenue(before: Venue | undefined, said: NonNullable<ImportRow['venue']>, providerId: string, newId: NewId): Venue {
  const named = new Map(said.rooms.map((room) => [room.name, room]))
  const kept = (before?.rooms ?? []).map((room) => named.get(room.name) ?? room)
  const added = said.rooms.filter((room) => !kept.some((other) => other.name === room.name))
  return { id: before?.id ?? newId('venue'), providerId, ...said, rooms: [...kept, ...added] }
}

/**
 * The course after an import. A file can publish a draft; it never takes a course back, and leaves a withdrawn one withdrawn. Where the
 * sheet names no picture the one before stays.
 */
export function importedCourse(before: Course | undefined, said: ImportRow['course'], providerId: string, newId: NewId): Course {
  const state = before === undefined || before.state === 'draft' ? said.state : before.state
  return {
    id: before?.id ?? newId('course'),
    providerId,
    ...said,
    images: said.images.length > 0 ? said.images : (before?.images ?? []),
    state,
  }
}

/**
 * The run after an import. A file can publish a draft, which then stands where the clock says; a run that is further keeps its state.
 * Meetings that begin when they began before keep their ids; refund terms of its own, a minimum and where it was merged, which no sheet names, stay.
 */
export function importedRun(
  before: Run | undefined,
  said: NonNullable<ImportRow['run']>,
  place: { course: Course; venue: Venue | null },
  now: string,
  newId: NewId,
): Run {
  const { course, venue } = place
  const known = new Map((before?.meetings ?? []).map((meeting) => [meeting.startsAt, meeting.id]))
  const meetings: Meeting[] = said.meetings.map(({ startsAt, endsAt, kind, room }) => ({
    id: known.get(startsAt) ?? newId('meeting'),
    startsAt,
    endsAt,
    kind,
    venueId: room === null ? null : (venue?.id ?? null),
    room,
  }))
  const run: Run = {
    id: before?.id ?? newId('run'),
    courseId: course.id,
    providerId: course.providerId,
    ...said,
    venueId: venue?.id ?? null,
    meetings,
    ...(before?.refundPolicy === undefined ? {} : { refundPolicy: before.refundPolicy }),
    ...(before?.tentative === undefined ? {} : { tentative: before.tentative }),
    ...(before?.mergedInto === undefined ? {} : { mergedInto: before.mergedInto }),
  }
  if (before !== undefined && before.state !== 'draft') return { ...run, state: before.state }
  return runAt(run, now)
}
