import type { Meeting } from '@skills/contract/catalog.ts'

/** Whether somebody must teach a meeting: all but a video, which everybody watches alone. */
export function needsInstructor({ kind }: Pick<Meeting, 'kind'>): boolean {
  return kind !== 'video'
}

/** Whether a meeting needs a room of a venue: not what is online, and not practice that travels to the learners 送教上门 (it names no venue). */
export function needsRoom({ kind, venueId }: Pick<Meeting, 'kind' | 'venueId'>): boolean {
  if (kind === 'live' || kind === 'video') return false
  return kind !== 'practice' || venueId !== null
}
