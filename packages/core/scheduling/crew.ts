import type { History } from '../audit.ts'

/** An instructor for one meeting: asked until she answers, then accepted. The id is that of the booking in her week. */
export interface Assignment {
  bookingId: string
  meetingId: string
  instructorId: string
  from: string
  to: string
  state: 'asked' | 'accepted'
  askedAt: string
  until: string | null
  /** Who asked for the provider, and hears of the answer: a person's id. */
  askedBy: string
  /** What the provider offers for this meeting, fen. */
  feeFen: number
}

/** A room or device for one meeting. */
export interface RoomBooking {
  bookingId: string
  meetingId: string
  /** As weeks name it: `roomResource` or `deviceResource`. */
  resource: string
  from: string
  to: string
}

/** Who and what a run needs, one item per run with a version, so that publishing can be conditional on all of it at once. */
export interface Crew extends History {
  runId: string
  providerId: string
  /** The name of its audit chain. */
  entity: string
  assignments: Assignment[]
  rooms: RoomBooking[]
  /** Meetings that nobody teaches and of which people were told so. */
  untaught?: readonly string[]
  /** Its run was public before anybody was asked here: who teaches the other meetings is not known. */
  partial?: true
  /** Since when sweeps fail to look at it; gone once one does. */
  failedSince?: string
}

/** Instructors who accepted a meeting. */
export function teaching(crew: Pick<Crew, 'assignments'> | undefined, meetingId: string): string[] {
  return (crew?.assignments ?? []).filter((one) => one.meetingId === meetingId && one.state === 'accepted').map((one) => one.instructorId)
}

/** The instant at which the next unanswered request of a crew ends, or undefined. */
export function nextLapse({ assignments }: Pick<Crew, 'assignments'>): string | undefined {
  return assignments.flatMap(({ state, until }) => (state === 'asked' && until !== null ? [until] : [])).sort()[0]
}

/** Assignments without those that nobody answered in time: the hours are free again, so they must not be read as asked. */
export function liveAssignments(crew: Pick<Crew, 'assignments'>, now: string): Assignment[] {
  return crew.assignments.filter(({ state, until }) => state === 'accepted' || until === null || until > now)
}
