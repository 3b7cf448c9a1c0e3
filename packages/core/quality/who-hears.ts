import { managersOf } from '../people/members.table.ts'
import { readStanding } from '../provider/standing.table.ts'
import type { Table } from '../table.ts'

/** Who is told for a provider: its managers, or who applied for it where nobody manages it now; empty: nobody is known. */
export async function whoHears(table: Table, providerId: string): Promise<string[]> {
  const managers = await managersOf(table, providerId)
  if (managers.length > 0) return managers
  const standing = await readStanding(table, providerId)
  return standing === undefined ? [] : [standing.personId]
}
