import type { Meeting, Venue } from '@skills/contract/catalog.ts'
import { decodeTime } from 'ulid'
import { runOf, type RunItem } from '../catalog/run-item.ts'
import type { InstructorItem } from '../instructor/instructor.ts'
import { qualificationObstacle } from '../instructor/obstacle.ts'
import { keys } from '../keys.ts'
import { needsInstructor, needsRoom } from '../planning/needs.ts'
import { resourceParts } from '../planning/room-bookings.ts'
import { teaching, type Crew } from '../scheduling/crew.ts'
import type { Item } from '../table.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

const open = new Set(['published', 'registration-open', 'registration-closed'])
/** What of a crew's history leaves a meeting without its instructor, rightly. */
const leaving = new Set(['withdraw', 'lapse', 'ill', 'decline'])

/**
 * H4 a run that was planned here and is public was published by a provider that had been approved, and its meetings to come have a room that fits and somebody who accepted and is qualified. What a person
 * changed since it was published (an instructor fell ill, a venue gave up a room) is for its planner to mend and no broken book; runs that were imported have no plan.
 */
export function checkPlans(books: Books): Violation[] {
  const chains = groupBy(books.of('audit'), (item) => String(item['entity']))
  return books.of('run').flatMap((item) => {
    const run = runOf(item)
    const chain = run === undefined ? [] : (chains.get(run.run.id) ?? [])
    const publishedAt = chain.find(({ action }) => action === 'step to published')?.['at'] as string | undefined
    const planned = chain.some(({ version, action }) => version === 1 && action === 'plan')
    if (run === undefined || publishedAt === undefined || !planned || !open.has(run.run.state)) return []
    const changed = (entity: string) => (chains.get(entity) ?? []).some(({ at }) => String(at) > publishedAt)
    const left = (chains.get(`${run.run.id}.crew`) ?? []).some(({ at, action }) => String(at) >= publishedAt && leaving.has(String(action)))
    return reasonsOf(books, run, changed, (meetingId) => left || madeAfter(meetingId, publishedAt)).map((says) => ({
      code: 'H4',
      at: where(item),
      says,
    }))
  })
}

/** Whether an id was made after an instant: its first ten letters are its time. A meeting that was added to a public run may still look for its instructor. */
function madeAfter(id: string, instant: string): boolean {
  return decodeTime(id.slice(4)) > Date.parse(instant)
}

function reasonsOf(books: Books, item: RunItem, changed: (entity: string) => boolean, untaught: (meetingId: string) => boolean): string[] {
  const { run } = item
  const at = ({ pk, sk }: { pk: string; sk: string }): Item | undefined => books.find(pk, sk)
  const found: string[] = []
  if (at(keys.standing.key(run.providerId)) === undefined) found.push('its provider was never approved')
  const crew = at(keys.crew.key(run.id)) as unknown as Crew | undefined
  if (crew === undefined) return [...found, 'it was planned and has no crew']
  for (const meeting of run.meetings.filter(({ startsAt }) => startsAt > books.now)) {
    if (
      needsRoom(meeting) &&
      !roomFits(run.capacity, meeting, crew, (id) => at(keys.venue.key(id))?.['venue'] as Venue | undefined, changed)
    )
      found.push(`${meeting.id} has no room that fits`)
    if (!needsInstructor(meeting)) continue
    const teachers = teaching(crew, meeting.id)
    const qualified = teachers.some((id) =>
      isQualified(at(keys.instructor.key(id)) as unknown as InstructorItem | undefined, item, meeting),
    )
    if (!qualified && !untaught(meeting.id) && !teachers.some(changed)) found.push(`nobody who is qualified teaches ${meeting.id}`)
  }
  return found
}

function roomFits(
  capacity: number,
  { id, startsAt, endsAt }: Meeting,
  crew: Crew,
  venueOf: (venueId: string) => Venue | undefined,
  changed: (entity: string) => boolean,
): boolean {
  return crew.rooms.some(({ meetingId, resource, from, to }) => {
    const { venueId, kind, name } = resourceParts(resource)
    if (meetingId !== id || kind !== 'room' || from !== startsAt || to !== endsAt) return false
    const room = venueOf(venueId)?.rooms.find((one) => one.name === name)
    return (room !== undefined && room.capacity >= capacity) || changed(venueId)
  })
}

function isQualified(item: InstructorItem | undefined, { trade, level }: RunItem, { id, startsAt: from, endsAt: to }: Meeting): boolean {
  return item !== undefined && qualificationObstacle(item.instructor, { id, from, to, place: null, trade, level }) === undefined
}
