import type { Actor } from '@skills/contract/actor.ts'
import type { ProposedInstructor } from '@skills/contract/instructor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { calendarOld } from '@skills/core/instructor/availability.ts'
import { cardOf } from '@skills/core/instructor/instructor.ts'
import { readInstructors, teachersOf } from '@skills/core/instructor/instructor.table.ts'
import { knownInstructors } from '@skills/core/instructor/known-instructors.ts'
import { weeksToJudge } from '@skills/core/instructor/judge-hours.ts'
import { meetingObstacles, obstacleWords, personObstacle, type Obstacle } from '@skills/core/instructor/obstacle.ts'
import { wantedMeetings } from '@skills/core/instructor/plan-requests.ts'
import { feeFor, inOrder, wayTo } from '@skills/core/instructor/proposal.ts'
import { instructorRating } from '@skills/core/rating/figures.ts'
import { readTallies } from '@skills/core/rating/figures.table.ts'
import { liveAssignments } from '@skills/core/scheduling/crew.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { readWeeks } from '@skills/core/scheduling/week.table.ts'
import type { World } from '@skills/core/world.ts'
import { ownRun } from './ask-instructor.ts'

/** What one answer looks at: meetings of a run, instructors of a trade, and weeks read for them. */
const most = { meetings: 40, teachers: 1_000, weeks: 3_000, shown: 200 }

interface Call {
  actor: Actor
  params: { runId: string }
  query: { meeting?: string | undefined }
}

/**
 * Who could teach a meeting of a run (or all that are still to come), who could not and why: qualified, free, near. The order follows from what is shown (`inOrder`).
 * Refuses `not-found`, `meeting-over` where nothing is to come.
 */
export async function proposeInstructors(
  world: World,
  { actor, params, query }: Call,
  read = (ids: readonly string[]) => readInstructors(world.table, ids),
): Promise<{ meetingIds: string[]; proposals: ProposedInstructor[] }> {
  const item = await ownRun(world, actor, params.runId)
  const now = world.now()
  const named = item.run.meetings.filter(({ id }) => query.meeting === undefined || id === query.meeting)
  if (named.length === 0) throw new Refusal('not-found')
  const coming = named.filter(({ startsAt }) => startsAt > now).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  if (coming.length === 0) throw new Refusal('meeting-over')
  const [meetings, crew, teachers] = await Promise.all([
    wantedMeetings(
      world.table,
      item,
      coming.slice(0, most.meetings).map(({ id }) => id),
    ),
    readCrew(world.table, params.runId),
    teachersOf(world.table, item.trade ?? 'any', { limit: most.teachers }),
  ])
  const assignments = crew === undefined ? [] : liveAssignments(crew, now)
  const known = (await read(teachers)).flatMap((one) => (one === undefined ? [] : [one.instructor]))
  const beside = known.map((instructor) => ({
    instructor,
    travelMinutes: wayTo(instructor, meetings),
    feeFen: feeFor(instructor, meetings),
    obstacles: new Map(
      meetings.flatMap((meeting): [string, Obstacle][] => {
        const obstacle = personObstacle(instructor, meeting)
        return obstacle === undefined ? [] : [[meeting.id, obstacle]]
      }),
    ),
  }))
  // Who cannot for herself needs no look at her hours, and has said so little that she may not be named: not listed.
  const able = inOrder(
    beside.filter(({ obstacles }) => obstacles.size < meetings.length),
    item.run.id,
  )
  const mondays = weeksToJudge(meetings)
  const looked = able.slice(0, Math.max(1, Math.floor(most.weeks / mondays.length)))
  const [weeks, tallies] = await Promise.all([
    readWeeks(
      world,
      looked.flatMap(({ instructor }) => mondays.map((monday) => ({ resource: instructor.id, monday }))),
    ),
    readTallies(
      world.table,
      known.map(({ id }) => id),
    ),
  ])
  const judged = looked.map((one, place) => {
    const hers = weeks.slice(place * mondays.length, (place + 1) * mondays.length)
    return { ...one, obstacles: meetingObstacles(one.instructor, hers, assignments, meetings, now) }
  })
  const unable = beside.filter(({ instructor, obstacles }) => instructor.listed && obstacles.size === meetings.length)
  const shown = inOrder([...judged, ...unable], item.run.id).slice(0, most.shown)
  const today = dateAt(now)
  return {
    meetingIds: meetings.map(({ id }) => id),
    proposals: shown.map(({ instructor, travelMinutes, feeFen, obstacles }) => ({
      instructor: cardOf(instructor, today),
      rating: instructorRating(tallies.get(instructor.id) ?? { count: 0, stars: 0 }),
      travelMinutes,
      feeFen,
      calendarOld: calendarOld(instructor, now),
      obstacles: [...obstacles].map(([meetingId, obstacle]) => ({ meetingId, kind: obstacle.kind, detail: obstacleWords(obstacle) })),
    })),
  }
}

/** The same story for one process, which remembers instructors for a moment. */
export function proposalsStory(world: World): (call: Call) => ReturnType<typeof proposeInstructors> {
  const known = knownInstructors(world)
  return (call) => proposeInstructors(world, call, known)
}
