import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { readOffer } from '../catalog/offer.table.ts'
import type { Offer } from '../catalog/offer.ts'
import { firstMeeting } from '../catalog/run.ts'
import { moveGrant, readPots } from '../funding/pot.table.ts'
import { priceOfRun } from '../funding/price-run.ts'
import { readLeft, readRunFunding } from '../funding/run-funding.table.ts'
import type { GrantItem, OrderItem } from '../order/order.ts'
import { outboxStep } from '../outbox.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import { readQueueHead } from '../waitlist/queue-head.table.ts'
import type { World } from '../world.ts'
import { readClaimant, type ReadClaimant } from './claimant.table.ts'
import { moveSeat, scheduleStep, takeGuard } from './claim-steps.ts'
import { enrollmentSteps, type EnrollmentItem } from './enrollment-item.ts'
import { overlap, timesOf, withRun } from './schedule.ts'
import { readHeads } from './seats.table.ts'

/**
 * A seat for money that came when its hold was over: taken from the free ones again, with the same subsidies, in one transaction. Undefined where that cannot be: the run is
 * over or cancelled, no seat is free or somebody waits for one, the person has another seat at that time (or this one again), or a subsidy is gone.
 * In: the order with its payment as it is now. Fails by name as a claim does: judge again.
 */
export async function retakeSeat(
  world: World,
  before: EnrollmentItem,
  order: OrderItem,
  by: string,
  more: readonly Step[] = [],
): Promise<Outcome<EnrollmentItem> | undefined> {
  const { personId, enrollment } = before
  const { id: enrollmentId, runId } = enrollment
  const run = await readOffer(world.table, runId)
  const at = world.now()
  if (run === undefined || run.run.state === 'cancelled' || at >= firstMeeting(run.run)) return undefined
  const [person, queue, heads] = await Promise.all([
    readClaimant(
      world,
      personId,
      runId,
      undefined,
      order.grants.map(({ programId }) => programId),
    ),
    readQueueHead(world.table, runId),
    readHeads(world.table, runId, run.shards),
  ])
  const { claimant, waiting } = person
  const times = timesOf(run.run.meetings)
  const waits = queue.waiting > 0 || waiting?.state === 'waiting' || waiting?.state === 'offered'
  if (waits || claimant.enrolled || overlap(claimant.schedule, runId, times) !== undefined) return undefined
  const open = heads.filter(({ free }) => free > 0)
  const head = open[world.chance(Math.max(1, open.length))]
  const grants = head === undefined ? undefined : await regranted(world, run, person, order)
  if (head === undefined || grants === undefined) return undefined

  const uses = grants.map(({ id, programId, scheme, year, trade, level }) => ({ grantId: id, programId, scheme, year, trade, level }))
  const schedule = withRun(claimant.schedule, { busy: { runId, title: run.title, times }, uses }, at)
  const taken: Enrollment = { ...enrollment, state: 'active', cancelledAt: null }
  const { steps, item } = enrollmentSteps(
    // The times stay those she paid for: a run that was moved meanwhile is one she may leave with all her money.
    { ...before, runVersion: run.version },
    { enrollment: taken, shard: head.shard, order: { ...order, state: 'confirmed', confirmedAt: at, grants } },
    { action: 'retake', by, at },
  )
  return transact(
    world,
    undefined,
    [
      ...steps,
      ...moveSeat(world, { runId, shard: head.shard, from: 'free', to: 'sold', at, personId, enrollmentId, runVersion: run.version }),
      takeGuard(personId, runId, enrollmentId),
      scheduleStep(personId, claimant.schedule, schedule),
      ...grants.flatMap((grant) => moveGrant(world, grant, 'available', 'spent', { personId, enrollmentId }, at)),
      outboxStep(world, { type: 'seat-claimed', personId, runId, enrollmentId }),
      ...more,
    ],
    item,
  )
}

/** The order's subsidies out of pots that have the money now, or undefined when the price of today is not the order's: who paid must not be asked for more. */
async function regranted(world: World, run: Offer, person: ReadClaimant, order: OrderItem): Promise<GrantItem[] | undefined> {
  if (order.grants.length === 0) return []
  // As in a claim, only the programs it was promised by: what others could pay by now does not count.
  const promised = new Set(order.grants.map(({ programId }) => programId))
  const funding = (await readRunFunding(world.table, order.runId)).filter(({ program }) => promised.has(program.program.id))
  const left = await Promise.all(funding.map(async (one) => ({ ...one, ...(await readLeft(world.table, one.allocation)) })))
  const today = priceOfRun(
    { run, facts: person.funding, schedule: person.claimant.schedule, funding: left, voucher: undefined, granted: person.granted },
    world.now(),
  )
  const grants: GrantItem[] = []
  for (const grant of order.grants) {
    const parts = funding.find(({ program }) => program.program.id === grant.programId)?.allocation.parts
    const same = today.grants.some(({ programId, fen }) => programId === grant.programId && fen === grant.fen)
    if (parts === undefined || !same || grant.voucherId !== null) return undefined
    const pots = await readPots(world.table, grant.programId, order.runId, parts)
    const able = pots.filter(
      ({ state, availableFen, availableSeats }) => state === 'open' && availableFen >= grant.fen && availableSeats > 0,
    )
    const pot = able[world.chance(Math.max(1, able.length))]
    if (pot === undefined) return undefined
    // A grant of its own: the one before was voided, and stands so in the ledger.
    grants.push({ ...grant, id: world.id('grant'), state: 'spent', pot: { ...grant.pot, part: pot.part } })
  }
  return today.grants.length === grants.length ? grants : undefined
}
