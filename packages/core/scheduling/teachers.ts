import type { Assignment, Crew } from './crew.ts'

const pairsOf = (assignments: readonly Assignment[]) =>
  assignments.filter(({ state }) => state === 'accepted').map(({ meetingId, instructorId }) => `${meetingId} ${instructorId}`)

/** Who came to teach a meeting by a change of the crew, and who left: `+meeting instructor`, `-meeting instructor`. Its audit entry names them, so that the chain alone says who is to teach. */
export function teachersMoved(before: Pick<Crew, 'assignments'> | undefined, after: Pick<Crew, 'assignments'>): string[] {
  const [was, is] = [pairsOf(before?.assignments ?? []), pairsOf(after.assignments)]
  const left = was.filter((pair) => !is.includes(pair))
  const came = is.filter((pair) => !was.includes(pair))
  return [...left.map((pair) => `-${pair}`), ...came.map((pair) => `+${pair}`)]
}

/** Who teaches a meeting by the entries of its crew's audit chain, in their order, and when somebody left it last; null: nobody did. */
export function teachersSaid(
  chain: readonly { at: string; about?: readonly string[] }[],
  meetingId: string,
): { teachers: string[]; leftAt: string | null } {
  const teachers = new Set<string>()
  let leftAt: string | null = null
  for (const { at, about = [] } of chain)
    for (const move of about) {
      const [meeting, instructor = ''] = move.slice(1).split(' ')
      if (meeting !== meetingId) continue
      if (move.startsWith('+')) teachers.add(instructor)
      else if (teachers.delete(instructor)) leftAt = at
    }
  return { teachers: [...teachers], leftAt }
}
