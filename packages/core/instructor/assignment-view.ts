import type { Assignment as View } from '@skills/contract/instructor.ts'
import type { Assignment } from '../scheduling/crew.ts'
import type { Table } from '../table.ts'
import { readInstructors } from './instructor.table.ts'

/** Assignments as a provider sees them, with the instructors' public names, in order of time. */
export async function assignmentViews(table: Table, assignments: readonly Assignment[]): Promise<View[]> {
  const instructors = await readInstructors(
    table,
    assignments.map(({ instructorId }) => instructorId),
  )
  return assignments
    .map(({ bookingId, meetingId, instructorId, from, to, state, until, feeFen }, place): View => {
      const instructorName = instructors[place]?.instructor.name ?? { zh: '（已注销）', en: '(gone)' }
      return { bookingId, meetingId, instructorId, instructorName, from, to, state, until, feeFen }
    })
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
}
