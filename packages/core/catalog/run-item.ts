import type { EntryCondition, Run, Venue } from '@skills/contract/catalog.ts'
import type { Level } from '@skills/contract/taxonomy.ts'
import type { Text } from '@skills/contract/text.ts'
import type { History } from '../audit.ts'
import type { Item } from '../table.ts'

/**
 * A run as the table holds it: with what a claim must judge and a worker must find, copied from course, provider and venue
 * when the run is written, so that a claim reads one item. `version` rises with every change and is pinned on the seat heads.
 */
export interface RunItem extends History {
  run: Run
  /** How many shards hold its seats; fixed when the run is made. */
  shards: number
  title: Text
  providerName: Text
  venue: Venue | null
  conditions: EntryCondition[]
  family: string
  trade: string | null
  level: Level | null
}

/** Reads a run out of its item. */
export function runOf(item: Item | undefined): RunItem | undefined {
  return item as unknown as RunItem | undefined
}
