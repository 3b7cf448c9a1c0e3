import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readClaimants } from '@skills/core/enrollment/seats.table.ts'
import { keys } from '@skills/core/keys.ts'
import { standingTo } from '@skills/core/messages/reader.table.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { liveAssignments } from '@skills/core/scheduling/crew.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { readItem, readItems, type Item } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { stillOpen, type RunEvent } from './still-open.ts'

/** What is not said any more of a run that was cancelled. */
const ofLiveRuns: readonly OutboxEvent['type'][] = [
  'seat-claimed',
  'run-changed',
  'run-confirmed',
  'run-announced',
  'instructor-sought',
  'instructor-missing',
  'instructor-ill',
  'instructor-unqualified',
  'assignment-moved',
  'assignment-answered',
  'assignment-lapsed',
  'seat-invited',
]

/**
 * Whom an event concerns. Events come late, twice and out of order, so each is held against what is true now, strongly read: a seat is
 * announced to who still has it in a run that takes place, its return to who has not taken another since. A change of a run goes to
 * everybody in its seat ledger whose guard says that the seat is theirs now; the roster index cannot be read strongly.
 */
export async function concerned(world: World, event: RunEvent, { run, shards }: RunItem): Promise<string[]> {
  if ('personId' in event) return (await stillConcerns(world, event, { run }, event.personId)) ? [event.personId] : []
  if (run.state === 'cancelled' && ofLiveRuns.includes(event.type)) return []
  if ((await isHidden(world, event)) || (await isTaught(world, event))) return []
  const everybody = [...(await readClaimants(world.table, event.runId, shards))]
  const guards = await readItems(
    world.table,
    everybody.map((personId) => keys.guard.key(personId, event.runId)),
  )
  return everybody.filter((_, place) => had(event, guards[place]))
}

/** Whether an event is still true for one of those whom it concerns: the same question for a message that waited. */
export async function stillConcerns(world: World, event: RunEvent, { run }: Pick<RunItem, 'run'>, personId: string): Promise<boolean> {
  if (run.state === 'cancelled' && ofLiveRuns.includes(event.type)) return false
  if (await isTaught(world, event)) return false
  if (!('personId' in event))
    return !(await isHidden(world, event)) && had(event, await readItem(world.table, keys.guard.key(personId, event.runId)))
  if (event.type === 'seat-offered')
    return (await readItem(world.table, keys.waitingFor.key(event.personId, event.runId)))?.['state'] === 'offered'
  // A request that was withdrawn, answered or lapsed meanwhile asks for nothing any more.
  if (event.type === 'assignment-asked') {
    const crew = await readCrew(world.table, event.runId)
    const asked = crew === undefined ? [] : liveAssignments(crew, world.now())
    return asked.some(({ bookingId, state }) => bookingId === event.bookingId && state === 'asked')
  }
  const open = await stillOpen(world, event, run)
  if (open !== undefined) return open
  // Who rated on her own needs no reminder.
  if (event.type === 'rating-asked')
    return (await readItem(world.table, keys.ratingOf.key(event.personId, event.enrollmentId))) === undefined
  // Who was to answer and does so no more, a manager who was dismissed among them, hears of no question.
  if (event.type === 'question-asked' && (await standingTo(world, personId, { run })).answers === null) return false
  if (event.type === 'question-asked' || event.type === 'question-answered') return !(await isHidden(world, event))
  // Money, decisions and places in a queue are told whatever came after them.
  if (event.type !== 'seat-claimed' && event.type !== 'seat-given-back' && event.type !== 'hold-lapsed') return true
  const guard = await readItem(world.table, keys.guard.key(event.personId, event.runId))
  const state = event.type === 'seat-claimed' ? 'active' : 'released'
  // What went back because its run was cancelled is told by that.
  if (event.type === 'seat-given-back' && guard?.['runCancelled'] === true) return false
  return guard?.['state'] === state && guard['enrollmentId'] === event.enrollmentId
}

/** The seats of a cancelled run with a price are given back soon after, maybe before this. */
function had(event: RunEvent, guard: Item | undefined): boolean {
  const cancelled = event.type === 'run-cancelled' || event.type === 'run-merged'
  return guard?.['state'] === 'active' || (cancelled && guard?.['runCancelled'] === true)
}

/** Nobody is led to words that an operator took out of sight. */
async function isHidden(world: World, event: RunEvent): Promise<boolean> {
  if (!('threadId' in event)) return false
  const thread = await readItem(world.table, keys.thread.key(event.threadId))
  return thread === undefined || thread['hidden'] === true
}

/** Who was found meanwhile is not sought. */
async function isTaught(world: World, event: RunEvent): Promise<boolean> {
  if (event.type !== 'instructor-sought' && event.type !== 'instructor-missing') return false
  return ((await readCrew(world.table, event.runId))?.untaught ?? []).length === 0
}
