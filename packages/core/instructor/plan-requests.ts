import type { Venue } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { refuseTwice } from './refuse-twice.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { keys } from '../keys.ts'
import { outboxStep } from '../outbox.ts'
import { liveAssignments, type Assignment, type Crew } from '../scheduling/crew.ts'
import { hoursSteps, readWeeks, type HoursChange } from '../scheduling/week.table.ts'
import { readItems, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { answerBy } from './answer-by.ts'
import { askedStep, refuseManyOpen } from './ask-limits.ts'
import { boundsOf, type InstructorItem } from './instructor.ts'
import { instructorCheck, readInstructors } from './instructor.table.ts'
import { weeksToJudge } from './judge-hours.ts'
import { placeOf, venueIdsOf } from './meeting-place.ts'
import { nearFree } from './near-free.ts'
import { nearDays } from '../scheduling/near-hours.ts'
import { hoursInWords, meetingObstacles, obstacleWords, type Obstacle, type WantedMeeting } from './obstacle.ts'

/** A wish for an instructor: meetings of a run, all or none, and the fee for each in fen. */
export interface Ask {
  instructorId: string
  meetingIds: readonly string[]
  feeFen: number
}

/** Meetings of a run as somebody is wanted for them. */
export async function wantedMeetings(
  table: Table,
  { run, trade, level }: RunItem,
  meetingIds: readonly string[],
): Promise<WantedMeeting[]> {
  const ids = venueIdsOf(run)
  const items = await readItems(
    table,
    ids.map((id) => keys.venue.key(id)),
  )
  const venues = new Map(ids.flatMap((id, place) => (items[place] === undefined ? [] : [[id, items[place]['venue'] as Venue]])))
  return run.meetings
    .filter(({ id }) => meetingIds.includes(id))
    .map((meeting) => ({ id: meeting.id, from: meeting.startsAt, to: meeting.endsAt, place: placeOf(meeting, run, venues), trade, level }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

/**
 * Plans requests for a run: the assignments they add to its crew, and the steps that hold the hours, check that run and instructors are as they were judged, and tell the
 * instructors. The caller writes the crew in the same transaction (`crewSteps`), and plans anew when a step fails.
 * Refuses `not-found`, `meeting-over`, `too-late-to-ask`, `asked-enough`, `asks-open`, `instructor-unavailable` with the clash and what is free near it, and `validation-failed` where one
 * instructor is asked twice.
 */
export async function planRequests(
  world: World,
  item: RunItem,
  crew: Pick<Crew, 'assignments'> | undefined,
  asks: readonly Ask[],
  by: string,
  looks = 5,
): Promise<{ assignments: Assignment[]; steps: Step[] }> {
  refuseTwice(
    asks.map(({ instructorId }) => instructorId),
    (place) => `#/asks/${place}/instructorId`,
  )
  const now = world.now()
  const [instructors, wanted] = await Promise.all([
    readInstructors(
      world.table,
      asks.map(({ instructorId }) => instructorId),
    ),
    wantedMeetings(
      world.table,
      item,
      asks.flatMap(({ meetingIds }) => meetingIds),
    ),
  ])
  const assignments: Assignment[] = []
  const changes: HoursChange[] = []
  const steps: Step[] = []
  for (const [place, ask] of asks.entries()) {
    const instructor = instructors[place]
    const meetings = wanted.filter(({ id }) => ask.meetingIds.includes(id))
    const first = meetings[0]
    if (instructor === undefined || first === undefined || meetings.length !== new Set(ask.meetingIds).size) throw new Refusal('not-found')
    if (first.from <= now) throw new Refusal('meeting-over')
    const until = answerBy(now, first.from)
    if (until === undefined) throw new Refusal('too-late-to-ask')
    await refuseManyOpen(world, item.run, ask)
    await judge(world, instructor, liveAssignments({ assignments: [...(crew?.assignments ?? []), ...assignments] }, now), meetings)
    const asked = meetings.map(({ id: meetingId, from, to }): Assignment => {
      const bookingId = world.id('booking')
      const { instructorId, feeFen } = ask
      return { bookingId, meetingId, instructorId, from, to, state: 'asked', askedAt: now, until, askedBy: by, feeFen }
    })
    assignments.push(...asked)
    changes.push(...asked.map((one, of) => take(item, instructor, one, meetings[of] as WantedMeeting)))
    const bookingId = asked[0]?.bookingId ?? ''
    steps.push(
      { ...instructorCheck(instructor), name: `instructor ${ask.instructorId}` },
      await askedStep(world, item.run, ask),
      outboxStep(world, {
        type: 'assignment-asked',
        personId: instructor.personId,
        runId: item.run.id,
        bookingId,
        from: first.from,
        until,
      }),
    )
  }
  const { steps: weeks, obstacles } = await hoursSteps(world, changes)
  if (obstacles.length === 0) return { assignments, steps: [...weeks, runCheck(item), ...steps] }
  // Judged a moment ago by the same weeks: somebody was faster in between, and the next look says who cannot.
  if (looks === 0) throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
  return planRequests(world, item, crew, asks, by, looks - 1)
}

/** The step that only asks that a run is still as read. */
export function runCheck({ run, version }: Pick<RunItem, 'run' | 'version'>): Step {
  return { name: 'run', check: { key: keys.run.key(run.id), condition: 'version = :before', values: { ':before': version } } }
}

function take({ run }: RunItem, { instructor }: InstructorItem, asked: Assignment, { place }: WantedMeeting): HoursChange {
  const { bookingId: id, meetingId, from, to, until } = asked
  const booking = { id, meetingId, runId: run.id, providerId: run.providerId, from, to, place, state: 'asked' as const, until }
  return { kind: 'take', resource: instructor.id, booking, bounds: boundsOf(instructor) }
}

/** Refuses `instructor-unavailable` where something stands in the way, with what is free near the first clash. */
async function judge(
  world: World,
  { instructor }: InstructorItem,
  assignments: readonly Assignment[],
  meetings: readonly WantedMeeting[],
): Promise<void> {
  const now = world.now()
  const weeksOf = (mondays: readonly string[]) =>
    readWeeks(
      world,
      mondays.map((monday) => ({ resource: instructor.id, monday })),
    )
  const obstacles = meetingObstacles(instructor, await weeksOf(weeksToJudge(meetings)), assignments, meetings, now)
  const clash = meetings.find(({ id }) => obstacles.has(id))
  if (clash === undefined) return
  const week = nearDays * 24 * 60
  const around = await weeksOf(weeksToJudge([{ from: plusMinutes(clash.from, -week), to: plusMinutes(clash.to, week) }]))
  const aboutHours = !['not-listed', 'not-qualified', 'qualification-ends', 'elsewhere', 'asked-already'].includes(
    obstacles.get(clash.id)?.kind ?? '',
  )
  throw unavailable(instructor.name, obstacles, meetings, aboutHours ? nearFree(instructor, around, clash, now) : [])
}

function unavailable(
  name: { zh: string; en: string },
  obstacles: ReadonlyMap<string, Obstacle>,
  meetings: readonly WantedMeeting[],
  near: readonly { from: string; to: string }[],
): Refusal {
  const said = meetings.flatMap((meeting) => {
    const obstacle = obstacles.get(meeting.id)
    return obstacle === undefined
      ? []
      : [{ meetingId: meeting.id, when: hoursInWords(meeting), kind: obstacle.kind, words: obstacleWords(obstacle) }]
  })
  const list = (language: 'zh' | 'en') =>
    said.slice(0, 3).map(({ when, words }) => (language === 'zh' ? `${when} 的课：${words.zh}` : `${when}: ${words.en}`))
  return new Refusal('instructor-unavailable', {
    name,
    reasons: { zh: list('zh').join('；'), en: list('en').join('; ') },
    near: near.map(hoursInWords),
    obstacles: said.map(({ meetingId, kind }) => ({ meetingId, kind })),
    freeTimes: near,
  })
}
