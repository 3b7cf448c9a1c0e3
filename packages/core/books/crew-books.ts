import { keys } from '../keys.ts'
import type { InstructorItem } from '../instructor/instructor.ts'
import { liveAssignments, type Crew } from '../scheduling/crew.ts'
import { standing, weeksHolding, type Booking, type Week } from '../scheduling/week.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/** What a crew says of one resource's hours; the week must say the same. */
interface Said {
  id: string
  resource: string
  from: string
  to: string
  state: Booking['state']
}

/**
 * H1 no hour of an instructor, a room or a device is given twice: standing bookings of one resource do not overlap, whoever asked. H2 weeks and crews say the same: each booking that
 * stands is in the crew of its run, and each assignment and room of a crew is in every week that it touches. H3 a person and her instructor name each other, and whoever asked for her
 * is in her list.
 */
export function checkCrews(books: Books): Violation[] {
  const found: Violation[] = []
  const weeks = books.of('week') as unknown as (Week & { pk: string; sk: string })[]
  const said = new Map<string, Said>()
  for (const item of books.of('crew')) for (const one of saidBy(item as unknown as Crew, books.now)) said.set(one.id, one)

  const booked = new Set<string>()
  for (const week of weeks) {
    for (const booking of week.bookings.filter((one) => standing(one, books.now))) {
      const one = said.get(booking.id)
      booked.add(`${week.resource} ${week.monday} ${booking.id}`)
      if (
        one === undefined ||
        one.resource !== week.resource ||
        one.from !== booking.from ||
        one.to !== booking.to ||
        one.state !== booking.state
      )
        found.push({ code: 'H2', at: `${week.pk} / ${week.sk}`, says: `the crew of ${booking.runId} says something else of ${booking.id}` })
    }
  }
  for (const one of said.values())
    for (const monday of weeksHolding(one))
      if (!booked.has(`${one.resource} ${monday} ${one.id}`)) {
        const { pk, sk } = keys.week.key(one.resource, monday)
        found.push({ code: 'H2', at: `${pk} / ${sk}`, says: `${one.id} is in a crew and not in this week` })
      }

  for (const hers of groupBy(books.of('week'), (item) => item['resource'] as string).values())
    found.push(...overlaps(hers as unknown as Week[], books.now))
  return [...found, ...checkPointers(books)]
}

function saidBy(crew: Crew, now: string): Said[] {
  const hers = liveAssignments(crew, now).map(({ bookingId: id, instructorId: resource, from, to, state }): Said => ({
    id,
    resource,
    from,
    to,
    state: state === 'accepted' ? 'booked' : 'asked',
  }))
  return [...hers, ...crew.rooms.map(({ bookingId: id, resource, from, to }): Said => ({ id, resource, from, to, state: 'booked' }))]
}

/** Bookings of one resource that overlap; one that lies in two weeks is the same in both. */
function overlaps(weeks: readonly Week[], now: string): Violation[] {
  const bookings = new Map(weeks.flatMap((week) => week.bookings.filter((one) => standing(one, now)).map((one) => [one.id, one])))
  const sorted = [...bookings.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const resource = weeks[0]?.resource ?? ''
  let last: Booking | undefined
  const found: Violation[] = []
  for (const booking of sorted) {
    if (last !== undefined && booking.from < last.to)
      found.push({ code: 'H1', at: `WEEK#${resource}`, says: `${last.id} and ${booking.id} have the same hours` })
    if (last === undefined || booking.to > last.to) last = booking
  }
  return found
}

function checkPointers(books: Books): Violation[] {
  const found: Violation[] = []
  for (const item of books.of('instructor')) {
    const { personId, instructor } = item as unknown as InstructorItem
    const { pk, sk } = keys.instructorOf.key(personId)
    if (books.find(pk, sk)?.['instructorId'] !== instructor.id)
      found.push({ code: 'H3', at: where(item), says: 'its person is another instructor, or none' })
  }
  for (const item of books.of('crew')) {
    const crew = item as unknown as Crew
    for (const instructorId of new Set(liveAssignments(crew, books.now).map((one) => one.instructorId))) {
      const [own, list] = [keys.instructor.key(instructorId), keys.crewOf.key(instructorId, crew.runId)]
      if (books.find(own.pk, own.sk) === undefined || books.find(list.pk, list.sk) === undefined)
        found.push({ code: 'H3', at: where(item), says: `${instructorId} does not exist, or does not know of it` })
    }
  }
  return found
}
