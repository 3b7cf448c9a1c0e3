import type { Meeting, Run } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { instructorCheck } from '../instructor/instructor.table.ts'
import { standingCheck } from '../provider/standing.table.ts'
import type { Crew } from '../scheduling/crew.ts'
import { crewCheck } from '../scheduling/crew.table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { readPublishing } from './read-publishing.ts'
import { notReady } from './ready.ts'
import { resourceParts } from './room-bookings.ts'

/**
 * What publishing a planned run asks beside the run itself: the checks that crew, instructors and the provider's standing are as they were judged, and the run with the rooms that were
 * booked for it. Refuses `run-not-ready` with every reason and where it lies.
 */
export async function publishPlanned(world: World, item: RunItem, crew: Crew, run: Run): Promise<{ run: Run; more: Step[] }> {
  const publishing = await readPublishing(world, item, crew)
  const reasons = notReady(publishing, world.now())
  if (reasons.length > 0) throw runNotReady(reasons)
  const { standing, instructors } = publishing
  const checks = [...instructors].map(([id, one]) => ({ ...instructorCheck(one), name: `instructor ${id}` }))
  return {
    run: { ...run, meetings: withRooms(run.meetings, crew) },
    more: [crewCheck(run.id, crew), ...checks, ...(standing === undefined ? [] : [standingCheck(standing)])],
  }
}

/** Meetings with the rooms that stand for them in the crew: a timetable books them there first. */
export function withRooms(meetings: readonly Meeting[], crew: Pick<Crew, 'rooms'> | undefined): Meeting[] {
  return meetings.map((meeting) => {
    const booked = crew?.rooms.find(({ meetingId, resource }) => meetingId === meeting.id && resourceParts(resource).kind === 'room')
    return booked === undefined || meeting.room !== null
      ? meeting
      : { ...meeting, venueId: resourceParts(booked.resource).venueId, room: resourceParts(booked.resource).name }
  })
}

/** The refusal of a run that lacks something, with every reason and where it lies. */
export function runNotReady(reasons: ReturnType<typeof notReady>): Refusal {
  const say = (language: 'zh' | 'en') =>
    reasons
      .slice(0, 4)
      .map(({ words }) => words[language])
      .join(language === 'zh' ? '；' : '; ')
  return new Refusal('run-not-ready', { reasons: { zh: say('zh'), en: say('en') }, count: reasons.length, missing: reasons })
}
