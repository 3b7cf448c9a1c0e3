import type { Meeting, Venue } from '@skills/contract/catalog.ts'
import { decodeTime } from 'ulid'
import { runOf, type RunItem } from '../catalog/run-item.ts'
import type { InstructorItem } from '../instructor/instructor.ts'
import { qualificationObstacle } from '../instructor/obstacle.ts'
import { keys } from '../keys.ts'
import { needsInstructor, needsRoom } from '../planning/needs.ts'
import { resourceParts } from '../planning/room-bookings.ts'
import { teaching, type Crew } from '../scheduling/crew.ts'
import { teachersSaid } from '../scheduling/teachers.ts'
import type { Item } from '../table.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

const open = new Set(['published', 'registration-open', 'registration-closed', 'running'])

/** A public run that was published with a crew, with what its audit chains say: when that was, and every change of the crew. */
interface Published {
  run: RunItem
  publishedAt: string
  crewChain: readonly Entry[]
}
type Entry = Item & { at: string; action: string; version: number; about?: string[] }

/**
 * H4 a run that was planned here and is public, begun or not, was published by a provider that had been approved, and its meetings to come have a room that fits and somebody who accepted and is qualified.
 * What a person changed since it was published excuses the meetings of which its audit entry says so, and no others: who taught it left and nobody came after, an instructor lost a
 * qualification, a venue lost that room. Whoever accepted and never left is in the crew.
 */
export function checkPlans(books: Books): Violation[] {
  const chains = chainsOf(books)
  return publicRuns(books, chains).flatMap(({ item, plan }) =>
    plan === null ? [] : reasonsOf(books, plan, chains).map((says) => ({ code: 'H4', at: where(item), says })),
  )
}

/** How many public runs have no plan that could be judged: a catalog of the operators' own was imported without one, and a provider may publish its runs from it without naming who teaches. */
export function withoutPlan(books: Books): number {
  return publicRuns(books, chainsOf(books)).filter(({ plan }) => plan === null).length
}

function chainsOf(books: Books): Map<string, Entry[]> {
  const chains = groupBy(books.of('audit'), (item) => String(item['entity'])) as Map<string, Entry[]>
  for (const chain of chains.values()) chain.sort((a, b) => a.version - b.version)
  return chains
}

/** All public runs; `plan` is null where one was published, or imported, without a crew. */
function publicRuns(books: Books, chains: ReadonlyMap<string, Entry[]>): { item: Item; plan: Published | null }[] {
  return books.of('run').flatMap((item) => {
    const run = runOf(item)
    if (run === undefined || !open.has(run.run.state)) return []
    const publishedAt = chains.get(run.run.id)?.findLast(({ action }) => action === 'step to published')?.at
    const crewChain = chains.get(`${run.run.id}.crew`) ?? []
    const planned = publishedAt !== undefined && crewChain[0] !== undefined && crewChain[0].at <= publishedAt
    return [{ item, plan: planned ? { run, publishedAt, crewChain } : null }]
  })
}

/** Whether an id was made after an instant: its first ten letters are its time. A meeting that was added to a public run may still look for its instructor. */
function madeAfter(id: string, instant: string): boolean {
  return decodeTime(id.slice(4)) > Date.parse(instant)
}

function reasonsOf(books: Books, published: Published, chains: ReadonlyMap<string, Entry[]>): string[] {
  const { run } = published.run
  const at = ({ pk, sk }: { pk: string; sk: string }): Item | undefined => books.find(pk, sk)
  const found: string[] = []
  if (at(keys.standing.key(run.providerId)) === undefined) found.push('its provider was never approved')
  const crew = at(keys.crew.key(run.id)) as unknown as Crew | undefined
  if (crew === undefined) return [...found, 'it was planned and has no crew']
  const since = (entity: string) => (chains.get(entity) ?? []).filter((entry) => entry.at >= published.publishedAt)
  const lost = (venueId: string, resource: string) => since(venueId).some(({ about }) => about?.includes(resource))
  const venueOf = (venueId: string) => at(keys.venue.key(venueId))?.['venue'] as Venue | undefined
  for (const meeting of run.meetings.filter(({ startsAt }) => startsAt > books.now)) {
    if (needsRoom(meeting) && !roomFits(run.capacity, meeting, crew, venueOf, lost)) found.push(`${meeting.id} has no room that fits`)
    if (needsInstructor(meeting)) found.push(...taught(books, published, crew, meeting, since))
  }
  return found
}

/** What is wrong with who teaches a meeting. */
function taught(
  books: Books,
  { run, crewChain, publishedAt }: Published,
  crew: Crew,
  meeting: Meeting,
  since: (entity: string) => readonly Entry[],
): string[] {
  const instructorOf = (id: string) => {
    const { pk, sk } = keys.instructor.key(id)
    return books.find(pk, sk) as unknown as InstructorItem | undefined
  }
  const there = teaching(crew, meeting.id)
  const { teachers, leftAt } = teachersSaid(crewChain, meeting.id)
  if (teachers.some((id) => !there.includes(id))) return [`somebody accepted ${meeting.id}, never left and does not teach it`]
  if (there.some((id) => isQualified(instructorOf(id), run, meeting))) return []
  // Nobody is left of those who taught it; or it was added since and still looks for somebody.
  const alone = leftAt === null ? madeAfter(meeting.id, publishedAt) : leftAt >= publishedAt
  const excused = there.length === 0 ? alone : there.some((id) => since(id).some(({ action }) => losesQualification(action)))
  return excused ? [] : [`nobody who is qualified teaches ${meeting.id}`]
}

const losesQualification = (action: string) => action === 'drop-qualification' || action.startsWith('revoked: ')

function roomFits(
  capacity: number,
  { id, startsAt, endsAt }: Meeting,
  crew: Crew,
  venueOf: (venueId: string) => Venue | undefined,
  lost: (venueId: string, resource: string) => boolean,
): boolean {
  return crew.rooms.some(({ meetingId, resource, from, to }) => {
    const { venueId, kind, name } = resourceParts(resource)
    if (meetingId !== id || kind !== 'room' || from !== startsAt || to !== endsAt) return false
    const room = venueOf(venueId)?.rooms.find((one) => one.name === name)
    return (room !== undefined && room.capacity >= capacity) || lost(venueId, resource)
  })
}

function isQualified(item: InstructorItem | undefined, { trade, level }: RunItem, { id, startsAt: from, endsAt: to }: Meeting): boolean {
  return item !== undefined && qualificationObstacle(item.instructor, { id, from, to, place: null, trade, level }) === undefined
}
