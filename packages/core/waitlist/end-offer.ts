import type { Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readRun } from '../catalog/run.table.ts'
import { moveSeat, scheduleStep } from '../enrollment/claim-steps.ts'
import { timesLetGo } from '../enrollment/limits.ts'
import { scheduleOf, withUnpaid } from '../enrollment/schedule.ts'
import { keys } from '../keys.ts'
import { outboxStep } from '../outbox.ts'
import { readItem } from '../table.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { freedSeat } from './freed-seat.ts'
import { entrySteps, readEntry } from './waitlist.table.ts'

/** How often another change may come first. */
const mostTries = 8

export interface EndedOffer {
  runId: string
  number: string
  /** `lapsed`: its time is over; `declined`: by its person; `closed`: its run takes nobody any more. */
  to: 'lapsed' | 'declined' | 'closed'
  by: string
  /** Declined because she has a seat another way: that is no seat let go. */
  seatElsewhere?: true
}

const actions = { lapsed: 'lapse', declined: 'decline', closed: 'close' } as const

/**
 * Ends an offer: its seat goes to the next of the queue, or is free, in the same transaction. Whoever let the time pass, or lost the offer because the run closed, is told.
 * A seat that was let go counts among the person's unpaid ones: it was nobody else's meanwhile.
 * Out: true; false where there is no such offer (any more), or its time is not over yet. Refuses `busy`, and what `transact` refuses.
 */
export async function endOffer(
  world: World,
  { runId, number, to, by, seatElsewhere }: EndedOffer,
  command?: Command,
  answer: unknown = null,
): Promise<boolean> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const entry = await readEntry(world.table, runId, number)
    const run = await readRun(world.table, runId)
    const at = world.now()
    if (entry?.state !== 'offered' || entry.shard === null || run === undefined) return false
    if (to === 'lapsed' && (entry.offerUntil ?? at) > at) return false
    const { personId, shard } = entry
    const schedule = scheduleOf(await readItem(world.table, keys.schedule.key(personId)))
    const times = to === 'closed' || seatElsewhere ? 0 : timesLetGo(entry.offeredAt ?? at, at, world.limits)
    const freed = await freedSeat(world, run, shard)
    const outcome = await transact(
      world,
      command,
      [
        ...entrySteps(entry, { ...entry, state: to }, { action: actions[to], by, at, commandId: command?.id }),
        ...moveSeat(world, { runId, shard, from: 'held', to: freed.to, written: 'free', at, personId, enrollmentId: null }),
        ...(times === 0 ? [] : [scheduleStep(personId, schedule, withUnpaid(schedule, at, times))]),
        ...(to === 'declined' ? [] : [outboxStep(world, { type: to === 'lapsed' ? 'offer-ended' : 'waiting-closed', personId, runId })]),
        ...freed.steps,
      ],
      answer,
    )
    if ('answer' in outcome) return true
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
