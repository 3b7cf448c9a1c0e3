import { orderIdOf } from '@skills/contract/order.ts'
import { atOnce } from '../at-once.ts'
import { runOf, type RunItem } from '../catalog/run-item.ts'
import { endGroupOrdersOf } from '../employer/settle-group-order.ts'
import { groupSeatBack } from '../employer/group-seat.ts'
import { giveSeatBack } from '../enrollment/give-seat-back.ts'
import { readClaimants } from '../enrollment/seats.table.ts'
import { keys } from '../keys.ts'
import { freeCrew } from '../planning/free-crew.ts'
import { readItem, readItems } from '../table.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { leftOrder } from './left-order.ts'
import { readOrder } from './order.table.ts'
import { feedQueue } from '../waitlist/feed-queue.ts'
import { mergeSeat } from '../planning/merge-seat.ts'
import { settledStep } from './settling.ts'

const by = 'system:settle-payments'
const mostRounds = 8
const atOnceMost = 4

/**
 * Gives back the hours of its rooms and instructors, and every seat of a cancelled run that has an order: all of the learner's money, the employer's and the subsidy, each in a small transaction of its own. It begins
 * anew wherever it was stopped: who is done has no seat any more. Nobody can take one meanwhile, so one clean pass is the last. Out: how many it
 * settled. Throws in the end when some could not be.
 */
export async function settleRun(world: World, runId: string): Promise<number> {
  const run = runOf(await readItem(world.table, keys.run.key(runId)))
  if (run === undefined || run.run.state !== 'cancelled') throw new Error(`${runId} is not cancelled`)
  await freeCrew(world, runId, by)
  // First, so that no seat goes back to an order that is over.
  while ((await endGroupOrdersOf(world, runId)) > 0) continue
  const people = [...(await readClaimants(world.table, runId, run.shards))]
  const guards = await readItems(
    world.table,
    people.map((personId) => keys.guard.key(personId, runId)),
  )
  const seats = people.flatMap((personId, place) =>
    guards[place]?.['state'] === 'active' ? [{ personId, enrollmentId: String(guards[place]['enrollmentId']) }] : [],
  )
  const { mergedInto } = run.run
  // Into another run they go in the order in which they came, one by one.
  const inOrder = seats.toSorted((a, b) => (a.enrollmentId < b.enrollmentId ? -1 : 1))
  const { answers, failed } = await atOnce(inOrder, mergedInto === undefined ? atOnceMost : 1, (seat) =>
    mergedInto === undefined ? settleSeat(world, run, seat) : mergeSeat(world, run, mergedInto, seat, by),
  )
  if (mergedInto !== undefined) await feedQueue(world, mergedInto)
  if (failed[0] !== undefined) throw failed[0].error
  await transact(world, undefined, [settledStep(runId, world.now())], null)
  return answers.filter(Boolean).length
}

/** One seat; one without an order (a free run) stays as its person's to leave. */
async function settleSeat(
  world: World,
  run: RunItem,
  { personId, enrollmentId }: { personId: string; enrollmentId: string },
): Promise<boolean> {
  const orderId = orderIdOf(enrollmentId)
  for (let round = 0; round < mostRounds; round += 1) {
    const read = await readOrder(world.table, personId, orderId)
    if (read === undefined || !['held', 'active'].includes(read.item.enrollment.state)) return false
    const { item: before, schedule } = read
    const order = leftOrder(world, { times: before.times, order: before.order }, run.run, 'run-cancelled')
    const group = await groupSeatBack(world, before, run, { to: 'withdrawn', by })
    const leaving = { before, schedule, run, to: 'cancelled', by, order, runCancelled: true } as const
    const freed = group?.freed === undefined ? {} : { freed: group.freed }
    const outcome = await giveSeatBack(world, undefined, { ...leaving, ...freed }, group?.steps)
    if ('answer' in outcome) return true
  }
  throw new Error(`${orderId} kept changing`)
}
