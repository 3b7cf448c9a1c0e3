import { prefixes } from '@skills/contract/ids.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { encodeTime } from 'ulid'
import { runOf, type RunItem } from '../catalog/run-item.ts'
import { keys } from '../keys.ts'
import { readItems, readRange, type Table } from '../table.ts'

/** How far back runs are looked for by when they were planned, in minutes (two years): nobody plans further ahead, and what is over by then was stated long ago or never will be. */
const backMinutes = 2 * 366 * 24 * 60
/** How many runs are read at most, the newest. */
const most = 400

/** The runs of a provider that were planned within the last two years, the newest first, four hundred at most: so that looking costs the same however long a provider has been here. */
export async function readNewestRuns(table: Table, providerId: string, now: string): Promise<RunItem[]> {
  const oldest = `RUN#${prefixes.run}_${encodeTime(Date.parse(plusMinutes(now, -backMinutes)))}`
  const { pk } = keys.runOfProvider.key(providerId, '')
  const lines = await readRange(table, { pk, begins: 'RUN#', backward: true, limit: most })
  const ids = lines.filter(({ sk }) => sk >= oldest).map(({ runId }) => runId as string)
  const items = await readItems(
    table,
    ids.map((id) => keys.run.key(id)),
  )
  return items.map(runOf).filter((item) => item !== undefined)
}

/** Those of these runs that have no payout statement yet. */
export async function withoutStatement(table: Table, items: readonly RunItem[]): Promise<RunItem[]> {
  const heads = await readItems(
    table,
    items.map(({ run }) => keys.payout.key(run.id)),
  )
  return items.filter((_, place) => heads[place] === undefined)
}
