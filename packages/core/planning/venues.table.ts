import type { Venue } from '@skills/contract/catalog.ts'
import { runOf } from '../catalog/run-item.ts'
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

/** How many runs are looked at for the venues they use, the newest: looking costs the same however long a provider has been here. */
const mostRuns = 400

/** The venues a provider may plan in: those it was approved with, and those that its newest runs use, imported ones among them. */
export async function venuesOfProvider(table: Table, providerId: string): Promise<Map<string, Venue>> {
  const prefix = keys.venueOfProvider.key(providerId, '')
  const approved = await readRange(table, { pk: prefix.pk, begins: prefix.sk })
  const lines = await readRange(table, { pk: prefix.pk, begins: 'RUN#', backward: true, limit: mostRuns })
  const runs = await readItems(
    table,
    lines.map(({ runId }) => keys.run.key(runId as string)),
  )
  const used = runs.map(runOf).flatMap((item) => (item === undefined ? [] : venueIdsOf(item.run)))
  const ids = [...approved.map(({ sk }) => sk.slice(prefix.sk.length)), ...used]
  const venues = await readVenues(table, [...new Set(ids)])
  return new Map([...venues].filter(([, venue]) => venue.providerId === providerId))
}
