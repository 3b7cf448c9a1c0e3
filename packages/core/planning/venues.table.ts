import type { Venue } from '@skills/contract/catalog.ts'
import { courseIdsOf } from '../catalog/course.table.ts'
import { readRunsOf } from '../catalog/run.table.ts'
import { venueIdsOf } from '../instructor/meeting-place.ts'
import { keys } from '../keys.ts'
import { readItems, readRange, type Table } from '../table.ts'

/** Venues by their ids; unknown ones are left out. */
export async function readVenues(table: Table, ids: readonly string[]): Promise<Map<string, Venue>> {
  const items = await readItems(
    table,
    ids.map((id) => keys.venue.key(id)),
  )
  return new Map(ids.flatMap((id, place) => (items[place] === undefined ? [] : [[id, items[place]['venue'] as Venue]])))
}

/** The venues that a plan names, as far as they are the provider's own. */
export async function ownVenues(
  table: Table,
  providerId: string,
  plan: { venueId?: string | null; meetings: readonly { venueId: string | null }[] },
): Promise<Map<string, Venue>> {
  const ids = [plan.venueId ?? null, ...plan.meetings.map(({ venueId }) => venueId)].filter((id) => id !== null)
  const venues = await readVenues(table, [...new Set(ids)])
  return new Map([...venues].filter(([, venue]) => venue.providerId === providerId))
}

/** The venues a provider may plan in: those it was approved with, and those that its imported runs use. */
export async function venuesOfProvider(table: Table, providerId: string): Promise<Map<string, Venue>> {
  const prefix = keys.venueOfProvider.key(providerId, '')
  const approved = await readRange(table, { pk: prefix.pk, begins: prefix.sk })
  const runs = await Promise.all((await courseIdsOf(table, providerId)).map((id) => readRunsOf(table, id)))
  const ids = [...approved.map(({ sk }) => sk.slice(prefix.sk.length)), ...runs.flat().flatMap(({ run }) => venueIdsOf(run))]
  const venues = await readVenues(table, [...new Set(ids)])
  return new Map([...venues].filter(([, venue]) => venue.providerId === providerId))
}
