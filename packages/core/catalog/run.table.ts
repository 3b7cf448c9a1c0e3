import type { Run } from '@skills/contract/catalog.ts'
import { auditStep } from '../audit.ts'
import { resizeSeats, shardCount, type SeatHead } from '../enrollment/seats.ts'
import { issueSteps, pinSteps, readHeads } from '../enrollment/seats.table.ts'
import { queueChange } from '../waitlist/queue-change.ts'
import { dueAttributes, readDue } from '../due.ts'
import { keys } from '../keys.ts'
import { soonestMoved } from '../notices/soonest-moved.ts'
import { settlingStep } from '../order/settling.ts'
import { outboxStep } from '../outbox.ts'
import { decisionAt } from '../planning/tentative.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { codeStep, type By } from './course.table.ts'
import { moved } from './moved.ts'
import { dueStep } from './run.ts'
import { runOf, type RunItem } from './run-item.ts'

/** What a run's item copies from its course, provider and venue. */
export type RunCopies = Pick<RunItem, 'title' | 'providerName' | 'venue' | 'conditions' | 'family' | 'trade' | 'level'>

/** How often a change of capacity is tried anew when claims take the seats that should go. */
const mostTries = 6

/** A run as it is stored: its own item, and while a step is due, a place in the index `due`. */
function stored(item: RunItem): Item {
  const due = [dueStep(item.run)?.at, decisionAt(item.run)].filter((at) => at !== undefined).sort()[0]
  return {
    ...keys.run.key(item.run.id),
    run: item.run,
    shards: item.shards,
    title: item.title,
    providerName: item.providerName,
    venue: item.venue,
    conditions: item.conditions,
    family: item.family,
    trade: item.trade,
    level: item.level,
    version: item.version,
    auditHash: item.auditHash,
    ...dueAttributes('run', item.run.id, due),
  }
}

/** Creates a run with all its seats free, in one transaction with `more`. Fails by name: `code` when the provider has a run of this code, and the names in `more`. */
export function createRun(
  world: World,
  run: Run,
  copies: RunCopies,
  providerCode: string,
  { by, action, command }: By,
  more: readonly Step[] = [],
): Promise<Outcome<RunItem>> {
  const audit = auditStep({ entity: run.id, action, by, at: world.now(), commandId: command?.id }, undefined)
  const shards = shardCount(run.capacity)
  const item: RunItem = { run, shards, ...copies, ...audit.history }
  const steps: Step[] = [
    codeStep('run', providerCode, run.code, run.id),
    { name: 'run', put: { item: stored(item), condition: 'attribute_not_exists(pk)' } },
    { name: 'pointer', put: { item: { ...keys.runOfCourse.key(run.courseId, run.id), runId: run.id } } },
    { name: 'pointer of provider', put: { item: { ...keys.runOfProvider.key(run.providerId, run.id), runId: run.id } } },
    ...issueSteps(world, run.id, run.capacity, shards, item.version),
    audit.step,
    ...more,
  ]
  return transact(world, command, steps, item)
}

export interface RunChange extends By {
  before: RunItem
  run: Run
  /** Left out: the copies stay as they are. */
  copies?: RunCopies
  /** Steps of the same change: hours of rooms and instructors, the crew. */
  more?: readonly Step[]
}

/**
 * Writes a changed run, in one transaction: the run at the version it was read, all its seat heads pinned to the new version (and resized when
 * the capacity changed: new seats are first set aside for those who wait), the waiting list told of what concerns it, audit, the event of a cancellation or,
 * where seats are sold or held, of other times or places, and the command's record.
 * Fails by name: `run` when it was changed meanwhile, `capacity` when more seats would have to go than are free, and the names in `more`.
 */
export async function changeRun<T>(world: World, change: RunChange, answer: T): Promise<Outcome<T>> {
  const { before, run, command } = change
  const audit = auditStep({ entity: run.id, action: change.action, by: change.by, at: world.now(), commandId: command?.id }, before)
  const item: RunItem = { ...before, ...change.copies, run, ...audit.history }
  const write: Step = { name: 'run', put: { item: stored(item), condition: 'version = :before', values: { ':before': before.version } } }
  const cancels = run.state === 'cancelled' && before.run.state !== 'cancelled'
  const confirms = run.state !== 'cancelled' && before.run.tentative?.confirmedAt === null && typeof run.tentative?.confirmedAt === 'string'
  const moves = moved(before, item)
  const soonest = soonestMoved(before.run, run, world.now())
  for (let attempt = 0; ; attempt += 1) {
    const heads = moves || run.capacity !== before.run.capacity ? await readHeads(world.table, run.id, before.shards) : []
    const seats = seatChange(heads, before, run)
    if (seats === 'too-few') return { failed: 'capacity', met: undefined }
    const tells = moves && heads.some(({ sold, held }) => sold + held > 0)
    const queue = await queueChange(world, before.run, run, seats)
    const pins = pinSteps(world, run.id, before.shards, before.version, item.version, queue.changes)
    const outcome = await transact(
      world,
      command,
      [
        write,
        ...(moves && !tells ? pins.map(stillUntaken) : pins),
        ...queue.steps,
        audit.step,
        ...(cancels
          ? [
              outboxStep(world, { type: run.mergedInto === undefined ? 'run-cancelled' : 'run-merged', runId: run.id }),
              settlingStep(run.id, world.now()),
            ]
          : []),
        ...(tells ? [outboxStep(world, { type: 'run-changed', runId: run.id, ...(soonest === undefined ? {} : { soonest }) })] : []),
        ...(confirms ? [outboxStep(world, { type: 'run-confirmed', runId: run.id })] : []),
        ...(change.more ?? []),
      ],
      answer,
    )
    if (!('failed' in outcome) || (outcome.failed !== 'queue' && !outcome.failed.startsWith('head '))) return outcome
    if (outcome.failed !== 'queue' && outcome.met?.['runVersion'] !== before.version) return { failed: 'run', met: undefined }
    if (attempt >= mostTries) return { failed: outcome.failed === 'queue' ? 'run' : 'capacity', met: undefined }
  }
}

/** The same step, but only while of its head nothing is sold or held: a claim since the heads were read means that somebody must be told after all. */
function stillUntaken(step: Step): Step {
  const { update } = step
  if (update === undefined) return step
  return {
    ...step,
    update: { ...update, condition: `${update.condition} AND sold = :none AND held = :none`, values: { ...update.values, ':none': 0 } },
  }
}

/** Whether a run can have this many seats now, as far as reading tells. */
export async function canResize(world: World, before: RunItem, capacity: number): Promise<boolean> {
  if (capacity === before.run.capacity) return true
  return resizeSeats(await readHeads(world.table, before.run.id, before.shards), capacity) !== undefined
}

function seatChange(heads: readonly SeatHead[], before: RunItem, run: Run): number[] | undefined | 'too-few' {
  if (run.capacity === before.run.capacity) return undefined
  return resizeSeats(heads, run.capacity) ?? 'too-few'
}

/** A run, or undefined. */
export async function readRun(table: Table, runId: string): Promise<RunItem | undefined> {
  return runOf(await readItem(table, keys.run.key(runId)))
}

/** The runs of a course; with `newest` so many of them, those that were planned last. */
export async function readRunsOf(table: Table, courseId: string, newest?: number): Promise<RunItem[]> {
  const bound = newest === undefined ? {} : { backward: true, limit: newest }
  const lines = await readRange(table, { pk: keys.course.key(courseId).pk, begins: 'RUN#', ...bound })
  const items = await readItems(
    table,
    lines.map((line) => keys.run.key(line['runId'] as string)),
  )
  return items.map(runOf).filter((item) => item !== undefined)
}

/** The ids of runs whose next step is due by an instant, the longest due first. It may be a moment behind: read each run again. */
export async function readDueRuns(table: Table, now: string, limit: number): Promise<string[]> {
  const due = await readDue(table, 'run', now, limit)
  return due.map(({ pk }) => pk.slice(keys.run.key('').pk.length))
}
