import type { Run } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { keys } from '../keys.ts'
import { daysAhead } from '../scheduling/plan-span.ts'
import { readWeeks } from '../scheduling/week.table.ts'
import { mondaysOf, standing } from '../scheduling/week.ts'
import { readItem } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'

/** How often somebody is asked for one meeting, and how many of her meetings one provider may hold unanswered: a request takes her hours until she answers. */
const mostAsks = 2
const mostOpen = 60

/**
 * The step that notes that an instructor is asked for meetings of a run, once more each. Counted exactly where the crew of the run is written in the same transaction at the version read before. In: her
 * id and the meetings. Refuses `asked-enough` where she was asked for one of them as often as anybody is.
 */
export async function askedStep(
  world: World,
  { id: runId }: Pick<Run, 'id'>,
  { instructorId, meetingIds }: { instructorId: string; meetingIds: readonly string[] },
): Promise<Step> {
  const key = keys.crewOf.key(instructorId, runId)
  const before = ((await readItem(world.table, key))?.['asks'] ?? {}) as Record<string, number>
  if (meetingIds.some((id) => (before[id] ?? 0) >= mostAsks)) throw new Refusal('asked-enough', { most: mostAsks })
  const asks = { ...before, ...Object.fromEntries(meetingIds.map((id) => [id, (before[id] ?? 0) + 1])) }
  return { name: 'crew of', put: { item: { ...key, runId, asks } } }
}

/** Refuses `asks-open` when a provider would hold more unanswered meetings of an instructor than one may. Requests at the same moment can pass it together: it bounds a nuisance, not a right. */
export async function refuseManyOpen(
  world: World,
  { providerId }: Pick<Run, 'providerId'>,
  { instructorId: resource, meetingIds }: { instructorId: string; meetingIds: readonly string[] },
): Promise<void> {
  const now = world.now()
  const mondays = mondaysOf(now, plusMinutes(now, daysAhead * 24 * 60))
  const weeks = await readWeeks(
    world,
    mondays.map((monday) => ({ resource, monday })),
  )
  const open = weeks
    .flatMap(({ bookings }) => bookings)
    .filter((one) => one.state === 'asked' && one.providerId === providerId && standing(one, now))
  const distinct = new Set(open.map(({ id }) => id))
  if (distinct.size + meetingIds.length > mostOpen) throw new Refusal('asks-open', { most: mostOpen, open: distinct.size })
}
