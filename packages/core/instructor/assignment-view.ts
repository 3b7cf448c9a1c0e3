import type { Assignment as View } from '@skills/contract/instructor.ts'
import type { Assignment } from '../scheduling/crew.ts'
import { dateAt } from '@skills/contract/time.ts'
import type { Table } from '../table.ts'
import { qualified, type Demand } from './instructor.ts'
import { readInstructors } from './instructor.table.ts'

/** Assignments of a run as its provider sees them, with the instructors' public names and whether each is qualified still for what the run teaches, in order of time. */
export async function assignmentViews(
  table: Table,
  { trade, level }: Pick<Demand, 'trade' | 'level'>,
  assignments: readonly Assignment[],
): Promise<View[]> {
  const instructors = await readInstructors(
    table,
    assignments.map(({ instructorId }) => instructorId),
  )
  return assignments
    .map(({ bookingId, meetingId, instructorId, from, to, state, until, feeFen }, place): View => {
      const instructor = instructors[place]?.instructor
      const instructorName = instructor?.name ?? { zh: '（已注销）', en: '(gone)' }
      const may = instructor !== undefined && qualified(instructor, { trade, level, on: dateAt(from) })
      return { bookingId, meetingId, instructorId, instructorName, from, to, state, until, feeFen, qualified: may }
    })
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
}
