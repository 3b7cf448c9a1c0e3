import { isId } from '@skills/contract/ids.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Table } from '../table.ts'
import type { SanctionItem } from './sanction.ts'

/** A sanction, strongly read, or undefined; an id that is none is none. */
export async function readSanction(table: Table, sanctionId: string): Promise<SanctionItem | undefined> {
  if (!isId('sanction', sanctionId)) return undefined
  return (await readItem(table, keys.sanction.key(sanctionId))) as unknown as SanctionItem | undefined
}

/** Every sanction of a provider, the newest first. */
export async function sanctionsOf(table: Table, providerId: string): Promise<SanctionItem[]> {
  const lines = await readRange(table, { pk: keys.sanctionOfProvider.key(providerId, '').pk, begins: 'SANCTION#', backward: true })
  return readSanctions(
    table,
    lines.map((line) => line['sanctionId'] as string),
  )
}

/** The sanctions that are proposed, in force or under appeal, the oldest first. */
export async function liveSanctions(table: Table): Promise<SanctionItem[]> {
  const lines = await readRange(table, { pk: keys.liveSanction.key('').pk, begins: 'SANCTION#' })
  return readSanctions(
    table,
    lines.map((line) => line['sanctionId'] as string),
  )
}

async function readSanctions(table: Table, ids: readonly string[]): Promise<SanctionItem[]> {
  const items = await readItems(
    table,
    ids.map((id) => keys.sanction.key(id)),
  )
  return (items as unknown as (SanctionItem | undefined)[]).filter((item) => item !== undefined)
}
