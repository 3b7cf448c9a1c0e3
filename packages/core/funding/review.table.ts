import { keys } from '../keys.ts'
import { readItems, readRange, type Table } from '../table.ts'
import type { World } from '../world.ts'

type ReviewState = 'open' | 'granted' | 'refused'

/** Where the reviews of a person stand for a run, by program id. */
export async function reviewsOf(
  world: World,
  personId: string,
  runId: string,
  programIds: readonly string[],
): Promise<Map<string, ReviewState>> {
  const items = await readItems(
    world.table,
    programIds.map((programId) => keys.reviewOf.key(personId, programId, runId)),
  )
  return new Map(
    programIds.flatMap((programId, place): [string, ReviewState][] => {
      const state = items[place]?.['state'] as ReviewState | undefined
      return state === undefined ? [] : [[programId, state]]
    }),
  )
}

/** How many reviews of a program are still to be decided. */
export async function openReviewsOf(table: Table, programId: string): Promise<number> {
  const items = await readRange(table, { pk: keys.program.key(programId).pk, begins: 'REVIEW#' })
  return items.filter((item) => (item['review'] as { state?: ReviewState } | undefined)?.state === 'open').length
}
