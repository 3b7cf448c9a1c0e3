import type { Venue } from '@skills/contract/catalog.ts'
import type { TeachingItem } from '@skills/contract/instructor.ts'
import { runOf } from '../catalog/run-item.ts'
import { keys } from '../keys.ts'
import { liveAssignments, type Crew } from '../scheduling/crew.ts'
import { readItems, readRange } from '../table.ts'
import type { World } from '../world.ts'
import { venueIdsOf } from './meeting-place.ts'

/** What an instructor teaches and is asked to teach, run by run, with what ended before `from` left out; the next meeting first. */
export async function teachingOf(world: World, instructorId: string, from: string): Promise<TeachingItem[]> {
  const lines = await readRange(world.table, { pk: keys.instructor.key(instructorId).pk, begins: 'CREW#' })
  const runIds = lines.map((line) => line['runId'] as string)
  const crews = (await readItems(
    world.table,
    runIds.map((id) => keys.crew.key(id)),
  )) as unknown as (Crew | undefined)[]
  const now = world.now()
  const hers = crews.flatMap((crew) => {
    const assignments =
      crew === undefined ? [] : liveAssignments(crew, now).filter((one) => one.instructorId === instructorId && one.to > from)
    return crew === undefined || assignments.length === 0 ? [] : [{ runId: crew.runId, assignments }]
  })
  const runs = await readItems(
    world.table,
    hers.map(({ runId }) => keys.run.key(runId)),
  )
  const venueIds = [...new Set(runs.flatMap((item) => venueIdsOf(runOf(item)?.run ?? { venueId: null, meetings: [] })))]
  const venueItems = await readItems(
    world.table,
    venueIds.map((id) => keys.venue.key(id)),
  )
  const venues = new Map(venueIds.map((id, place) => [id, venueItems[place]?.['venue'] as Venue | undefined]))
  return hers
    .flatMap(({ runId, assignments }, place): TeachingItem[] => {
      const item = runOf(runs[place])
      if (item === undefined) return []
      const meetings = assignments.map(({ bookingId, meetingId, from: startsAt, to: endsAt, state, until, feeFen }) => {
        const meeting = item.run.meetings.find(({ id }) => id === meetingId)
        const venue = venues.get(meeting?.venueId ?? '')
        const where = venue === undefined ? null : { name: venue.name, address: venue.address }
        return {
          bookingId,
          meetingId,
          startsAt,
          endsAt,
          kind: meeting?.kind ?? 'classroom',
          venue: where,
          room: meeting?.room ?? null,
          state,
          until,
          feeFen,
        }
      })
      const { title, providerName, run } = item
      return [
        {
          runId,
          title,
          runName: run.name,
          providerName,
          cancelled: run.state === 'cancelled',
          region: run.region,
          meetings: meetings.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)),
        },
      ]
    })
    .toSorted((a, b) => ((a.meetings[0]?.startsAt ?? '') < (b.meetings[0]?.startsAt ?? '') ? -1 : 1))
}
