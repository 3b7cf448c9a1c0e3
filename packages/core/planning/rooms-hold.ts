import type { Run } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { hoursInWords } from '../instructor/obstacle.ts'
import { crewCheck, readCrew } from '../scheduling/crew.table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { resourceParts } from './room-bookings.ts'
import { readVenues } from './venues.table.ts'

/**
 * Asks whether the rooms of a run's meetings to come hold so many people. Out: the check that its rooms are still those, for the change's own transaction; none where it has no crew. Refuses
 * `room-too-small` with the first that is.
 */
export async function roomsHold(world: World, run: Pick<Run, 'id'>, capacity: number): Promise<Step[]> {
  const crew = await readCrew(world.table, run.id)
  if (crew === undefined) return []
  const rooms = crew.rooms.filter(({ from, resource }) => from > world.now() && resourceParts(resource).kind === 'room')
  const venues = await readVenues(world.table, [...new Set(rooms.map(({ resource }) => resourceParts(resource).venueId))])
  for (const { resource, from, to } of rooms) {
    const { venueId, name } = resourceParts(resource)
    const has = venues.get(venueId)?.rooms.find((one) => one.name === name)?.capacity
    if (has !== undefined && has < capacity)
      throw new Refusal('room-too-small', { room: name, when: hoursInWords({ from, to }), has, seats: capacity })
  }
  return [crewCheck(run.id, crew)]
}
