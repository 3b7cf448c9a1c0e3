import { readCourse } from '../catalog/course.table.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { tradeOf } from '../catalog/taxonomy.ts'
import { readInstructors } from '../instructor/instructor.table.ts'
import { venueIdsOf } from '../instructor/meeting-place.ts'
import { keys } from '../keys.ts'
import { readRuleTexts } from '../provider/rule-text.table.ts'
import { rulesOn } from '../provider/rule-texts.ts'
import { readStanding } from '../provider/standing.table.ts'
import type { Crew } from '../scheduling/crew.ts'
import { readItems } from '../table.ts'
import type { World } from '../world.ts'
import type { Publishing } from './ready.ts'
import { resourceParts } from './room-bookings.ts'
import { readVenues } from './venues.table.ts'

/** All that says whether a planned run may be published, as it stands now. */
export async function readPublishing(world: World, item: RunItem, crew: Crew): Promise<Publishing> {
  const { table } = world
  const ids = [...new Set(crew.assignments.map(({ instructorId }) => instructorId))]
  const venueIds = new Set([...venueIdsOf(item.run), ...crew.rooms.map(({ resource }) => resourceParts(resource).venueId)])
  const [course, venues, instructors, standing, rules, papers] = await Promise.all([
    readCourse(table, item.run.courseId),
    readVenues(table, [...venueIds]),
    readInstructors(table, ids),
    readStanding(table, item.run.providerId),
    readRuleTexts(table),
    readItems(
      table,
      [...venueIds].map((id) => keys.venueOfProvider.key(item.run.providerId, id)),
    ),
  ])
  const ends = [...venueIds].flatMap((id, place): [string, string][] => {
    const until = papers[place]?.['fireSafetyUntil']
    return typeof until === 'string' ? [[id, until]] : []
  })
  const accepted = new Set(standing?.accepted)
  const { current } = rulesOn(rules, world.now())
  return {
    item,
    course: { state: course?.course.state ?? 'draft' },
    crew,
    venues,
    fireSafetyUntil: new Map(ends),
    instructors: new Map(ids.flatMap((id, place) => (instructors[place] === undefined ? [] : [[id, instructors[place]]]))),
    standing,
    // Who was never approved is told that, and nothing of rules.
    unaccepted: standing === undefined ? [] : current.filter(({ id }) => !accepted.has(id)).map(({ title }) => title),
    tradeName: item.trade === null ? undefined : tradeOf(item.trade)?.name,
  }
}
