import type { World } from '../world.ts'
import type { InstructorItem } from './instructor.ts'
import { readInstructors } from './instructor.table.ts'

/** For how many milliseconds instructors are remembered: a planner who goes from meeting to meeting looks at the same three hundred each time. */
const goodMs = 20_000
const mostKnown = 5_000

/**
 * Instructors as one process knows them, for lists that only advise: asking for hours and publishing read them anew and are conditional on what they read. In: ids. Out: in their order, undefined
 * where there is none.
 */
export function knownInstructors(world: World): (ids: readonly string[]) => Promise<(InstructorItem | undefined)[]> {
  const known = new Map<string, { item: InstructorItem | undefined; until: number }>()
  return async (ids) => {
    if (known.size > mostKnown) known.clear()
    const asked = ids.filter((id) => (known.get(id)?.until ?? 0) <= world.tick())
    const read = await readInstructors(world.table, asked)
    const until = world.tick() + goodMs
    for (const [place, id] of asked.entries()) known.set(id, { item: read[place], until })
    return ids.map((id) => known.get(id)?.item)
  }
}
