import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { isUndecided } from '@skills/core/planning/tentative.ts'
import { wrongs } from '@skills/core/planning/check-run.ts'
import { roomsHold } from '@skills/core/planning/rooms-hold.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { feedQueue } from '@skills/core/waitlist/feed-queue.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  params: { runId: string }
  body: { capacity: number }
}

/** A run whose seats are fewer than it needs could only be cancelled. */
const belowMinimum = () =>
  new Refusal(
    'validation-failed',
    { count: 1 },
    { errors: [{ pointer: '#/capacity', code: 'minimum-above-capacity', detail: wrongs['minimum-above-capacity'] }] },
  )

/** Others (a sweep, another manager, a rush) may change the run between read and write: then it is judged anew, so often. */
const mostTries = 8

/**
 * Gives a run another capacity, for managers of its own provider and operators; for everybody else there is no such run. New seats are offered to those who
 * wait first (`offered` says how many now; the sweep goes on), the rest is free; only free seats can be taken away. Can be done again from the start.
 * Refuses `not-found`, `capacity-too-small`, `validation-failed` for fewer than the minimum that the run still waits for, `room-too-small` where a room of its meetings holds fewer, `illegal-transition` for a run that is over.
 */
export async function changeCapacity(world: World, { actor, params: { runId }, body: { capacity } }: Call) {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const before = await readRun(world.table, runId)
    if (before === undefined || !mayAct(actor, before.run.providerId, ['provider:manager'])) throw new Refusal('not-found')
    const { state } = before.run
    if (state === 'completed' || state === 'cancelled') throw new Refusal('illegal-transition', { current: state, allowed: [] })
    if (isUndecided(before.run) && capacity < (before.run.tentative?.minimum ?? 0)) throw belowMinimum()
    if (before.run.capacity !== capacity) {
      const run = { ...before.run, capacity }
      const more = capacity > before.run.capacity ? await roomsHold(world, run, capacity) : []
      const outcome = await changeRun(world, { before, run, more, by: actor.personId, action: 'change capacity' }, null)
      if ('failed' in outcome && outcome.failed === 'capacity') {
        const heads = await readHeads(world.table, runId, before.shards)
        const taken = heads.reduce((sum, head) => sum + head.capacity, 0) - freeSeats(heads)
        if (taken > capacity) throw new Refusal('capacity-too-small', { taken })
      }
      if ('failed' in outcome) continue
    }
    return { runId, capacity, offered: await feedQueue(world, runId) }
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
