import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { indexes, keys } from '../keys.ts'
import { readItem, type Table } from '../table.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { nextLapse, teaching, type Crew } from './crew.ts'
import { teachersMoved } from './teachers.ts'

/** The crew of a run, or undefined where nobody was asked and no room taken yet. */
export async function readCrew(table: Table, runId: string): Promise<Crew | undefined> {
  return (await readItem(table, keys.crew.key(runId))) as unknown as Crew | undefined
}

export interface CrewChange {
  before: Crew | undefined
  after: Pick<Crew, 'runId' | 'providerId' | 'assignments' | 'rooms' | 'untaught' | 'partial'>
  action: string
  by: string
  commandId?: string
}

/** The steps that write a changed crew at the version it was read, with its audit entry, which names who came to teach and who left; step `crew` fails when somebody else changed it. */
export function crewSteps(world: World, { before, after, action, by, commandId }: CrewChange): Step[] {
  const { runId, providerId, assignments, rooms } = after
  const entity = `${runId}.crew`
  const audit = auditStep({ entity, action, by, at: world.now(), commandId, about: teachersMoved(before, after) }, before)
  // Whatever changed, a meeting may stand there without anybody now: the sweep looks, and says when it looks next.
  const due = dueAttributes('crew', runId, before === undefined ? nextLapse(after) : world.now())
  const untaught = (after.untaught ?? before?.untaught ?? []).filter((meetingId) => teaching(after, meetingId).length === 0)
  const partial = after.partial ?? before?.partial
  const more = { ...(untaught.length === 0 ? {} : { untaught }), ...(partial === undefined ? {} : { partial }) }
  const item = { ...keys.crew.key(runId), runId, providerId, entity, assignments, rooms, ...more, ...due, ...audit.history }
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

/** Writes when a crew is to be looked at next; nothing where somebody changed it meanwhile, for then it is looked at anew. */
export async function lookNext(world: World, crew: Crew, at: string | undefined): Promise<void> {
  const due = dueAttributes('crew', crew.runId, at)
  const { pk, sk } = indexes.due
  const names = { '#bucket': pk, '#at': sk }
  const set = at === undefined ? 'REMOVE #bucket, #at, failedSince' : 'SET #bucket = :bucket, #at = :at REMOVE failedSince'
  const values = { ':before': crew.version, ...(at === undefined ? {} : { ':bucket': due[pk], ':at': due[sk] }) }
  await transact(
    world,
    undefined,
    [{ name: 'crew', update: { key: keys.crew.key(crew.runId), set, condition: 'version = :before', values, names } }],
    null,
  )
}
