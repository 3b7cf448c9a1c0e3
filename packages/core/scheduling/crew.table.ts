import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { nextLapse, type Crew } from './crew.ts'
import { teachersMoved } from './teachers.ts'

/** The crew of a run, or undefined where nobody was asked and no room taken yet. */
export async function readCrew(table: Table, runId: string): Promise<Crew | undefined> {
  return (await readItem(table, keys.crew.key(runId))) as unknown as Crew | undefined
}

export interface CrewChange {
  before: Crew | undefined
  after: Pick<Crew, 'runId' | 'providerId' | 'assignments' | 'rooms'>
  action: string
  by: string
  commandId?: string
}

/** The steps that write a changed crew at the version it was read, with its audit entry, which names who came to teach and who left; step `crew` fails when somebody else changed it. */
export function crewSteps(world: World, { before, after, action, by, commandId }: CrewChange): Step[] {
  const { runId, providerId, assignments, rooms } = after
  const entity = `${runId}.crew`
  const audit = auditStep({ entity, action, by, at: world.now(), commandId, about: teachersMoved(before, after) }, before)
  const due = dueAttributes('crew', runId, nextLapse(after))
  const item = { ...keys.crew.key(runId), runId, providerId, entity, assignments, rooms, ...due, ...audit.history }
  return [{ name: 'crew', put: { item, ...crewIs(before) } }, audit.step]
}

/** The step that only asks that the crew is still as read. */
export function crewCheck(runId: string, before: Crew | undefined): Step {
  return { name: 'crew', check: { key: keys.crew.key(runId), ...crewIs(before) } }
}

const crewIs = (before: Crew | undefined) =>
  before === undefined
    ? { condition: 'attribute_not_exists(pk)' }
    : { condition: 'version = :before', values: { ':before': before.version } }
