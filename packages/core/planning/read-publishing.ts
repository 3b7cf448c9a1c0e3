import { readCourse } from '../catalog/course.table.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { tradeOf } from '../catalog/taxonomy.ts'
import { readInstructors } from '../instructor/instructor.table.ts'
import { venueIdsOf } from '../instructor/meeting-place.ts'
import { readStanding } from '../provider/standing.table.ts'
import type { Crew } from '../scheduling/crew.ts'
import type { World } from '../world.ts'
import type { Publishing } from './ready.ts'
import { resourceParts } from './room-bookings.ts'
import { readVenues } from './venues.table.ts'

/** All that says whether a planned run may be published, as it stands now. */
export async function readPublishing(world: World, item: RunItem, crew: Crew): Promise<Publishing> {
  const { table } = world
  const ids = [...new Set(crew.assignments.map(({ instructorId }) => instructorId))]
  const venueIds = new Set([...venueIdsOf(item.run), ...crew.rooms.map(({ resource }) => resourceParts(resource).venueId)])
  const [course, venues, instructors, standing] = await Promise.all([
    readCourse(table, item.run.courseId),
    readVenues(table, [...venueIds]),
    readInstructors(table, ids),
    readStanding(table, item.run.providerId),
  ])
  return {
    item,
    course: { state: course?.course.state ?? 'draft' },
    crew,
    venues,
    instructors: new Map(ids.flatMap((id, place) => (instructors[place] === undefined ? [] : [[id, instructors[place]]]))),
    standing,
    tradeName: item.trade === null ? undefined : tradeOf(item.trade)?.name,
  }
}
