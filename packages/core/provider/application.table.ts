import type { Command } from '@skills/contract/actor.ts'
import type { Application, ApplicationLine, ApplicationState, Likeness } from '@skills/contract/applications.ts'
import { isId } from '@skills/contract/ids.ts'
import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { marksOf, type ApplicationItem } from './application.ts'

/** An application, strongly read, or undefined; an id that is none is none. */
export async function readApplication(table: Table, applicationId: string): Promise<ApplicationItem | undefined> {
  if (!isId('application', applicationId)) return undefined
  return (await readItem(table, keys.application.key(applicationId))) as unknown as ApplicationItem | undefined
}

async function readApplications(table: Table, ids: readonly string[]): Promise<ApplicationItem[]> {
  const items = await readItems(
    table,
    ids.map((id) => keys.application.key(id)),
  )
  return (items as unknown as (ApplicationItem | undefined)[]).filter((item) => item !== undefined)
}

/** The applications a person began, the oldest first. */
export async function applicationsOf(table: Table, personId: string): Promise<ApplicationItem[]> {
  const lines = await readRange(table, { pk: keys.applicationOf.key(personId, '').pk, begins: 'APPLICATION#' })
  return readApplications(
    table,
    lines.map((line) => line['applicationId'] as string),
  )
}

/** What its applicant sees of an application. */
export const shownApplication = ({ application, version }: ApplicationItem): Application => ({ ...application, version })

export interface ApplicationChange {
  before: ApplicationItem | undefined
  personId: string
  application: ApplicationItem['application']
  action: string
  by: string
}

/**
 * The steps that write an application at the version it was read, with its audit entry, its place in the operators' queue, and when it is submitted the marks by which others are found
 * to be like it. Step `application` fails when another change came between.
 */
function applicationSteps(
  world: World,
  command: Command | undefined,
  { before, personId, application, action, by }: ApplicationChange,
): { steps: Step[]; version: number } {
  const { id, state, submittedAt, facts } = application
  const audit = auditStep({ entity: id, action, by, at: world.now(), commandId: command?.id }, before)
  const is =
    before === undefined
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'version = :before', values: { ':before': before.version } }
  const item = { ...keys.application.key(id), application, personId, ...audit.history }
  const waits = waitingSince(before?.application)
  const waited = waitingSince(application)
  const steps: Step[] = [{ name: 'application', put: { item, ...is } }, audit.step]
  if (before === undefined) steps.push({ name: 'pointer', put: { item: { ...keys.applicationOf.key(personId, id), applicationId: id } } })
  if (waits !== undefined && waits !== waited) steps.push({ name: 'waited', remove: { key: keys.waitingApplication.key(waits, id) } })
  if (waited !== undefined) steps.push({ name: 'waits', put: { item: { ...keys.waitingApplication.key(waited, id), applicationId: id } } })
  if (state === 'submitted' && submittedAt !== null)
    for (const { by: sort, mark } of marksOf(facts))
      steps.push({ name: 'alike', put: { item: { ...keys.alike.key(sort, mark, id), applicationId: id } } })
  return { steps, version: audit.history.version }
}

const waitingSince = (application: Pick<Application, 'state' | 'submittedAt'> | undefined) =>
  application?.state === 'submitted' ? (application.submittedAt ?? undefined) : undefined

/** Writes an application; the answer is what its applicant sees. Fails by name as the steps do, and those that come with them. */
export async function writeApplication(
  world: World,
  command: Command,
  change: ApplicationChange,
  more: readonly Step[] = [],
): Promise<Outcome<Application>> {
  const { steps, version } = applicationSteps(world, command, change)
  return transact(world, command, [...steps, ...more], { ...change.application, version })
}

const dayMs = 86_400_000

/** The operators' queue, a page at a time. */
export async function waitingApplications(
  table: Table,
  page: { after: string | undefined; limit: number },
  now: string,
): Promise<{ items: ApplicationLine[]; next: string | null }> {
  const lines = await readRange(table, { pk: keys.waitingApplication.key('', '').pk, ...page })
  const found = await readApplications(
    table,
    lines.map((line) => line['applicationId'] as string),
  )
  const items = found.flatMap(({ application: { id, facts, state, submittedAt } }): ApplicationLine[] =>
    state !== 'submitted' || submittedAt === null
      ? []
      : [
          {
            id,
            name: facts.name.zh,
            uscc: facts.uscc,
            region: facts.region,
            submittedAt,
            waitedDays: Math.max(0, Math.floor((Date.parse(now) - Date.parse(submittedAt)) / dayMs)),
          },
        ],
  )
  return { items, next: lines.length < page.limit ? null : (lines.at(-1)?.sk ?? null) }
}

/** Other applications that were submitted with the same code, name or address, each mark for itself. */
export async function likenessesOf(table: Table, { application }: ApplicationItem): Promise<Likeness[]> {
  const found = await Promise.all(
    marksOf(application.facts).map(async ({ by, mark }) => {
      const lines = await readRange(table, { pk: keys.alike.key(by, mark, '').pk, limit: 20 })
      const ids = lines.map((line) => line['applicationId'] as string).filter((id) => id !== application.id)
      return (await readApplications(table, ids))
        .filter((other) => marksOf(other.application.facts).some((its) => its.by === by && its.mark === mark))
        .map(({ application: other }): Likeness => ({
          by,
          applicationId: other.id,
          name: other.facts.name.zh,
          state: other.state satisfies ApplicationState,
        }))
    }),
  )
  return found.flat()
}
