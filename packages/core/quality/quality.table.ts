import type { QualityFigures } from '@skills/contract/quality.ts'
import { keys } from '../keys.ts'
import { readItems, type Table } from '../table.ts'

/** The quality figures of providers as the daily job left them, by provider; who was never reckoned is left out. */
export async function readQuality(table: Table, providerIds: readonly string[]): Promise<Map<string, QualityFigures>> {
  const items = await readItems(
    table,
    providerIds.map((id) => keys.quality.key(id)),
  )
  return new Map(
    items.flatMap((item): [string, QualityFigures][] => {
      const figures = item?.['figures'] as QualityFigures | undefined
      return figures === undefined ? [] : [[figures.providerId, figures]]
    }),
  )
}
