import type { Actor } from '@skills/contract/actor.ts'
import type { Dashboard } from '@skills/contract/dashboard.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { keys } from '@skills/core/keys.ts'
import { dashboardRun, dashboardTasks, runsAhead, toState, type RunFacts } from '@skills/core/payout/dashboard.ts'
import { readPayoutMoney } from '@skills/core/payout/payout-payment.table.ts'
import { readNewestRuns, withoutStatement } from '@skills/core/payout/run-list.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { readStanding } from '@skills/core/provider/standing.table.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { lookers } from './own-run.ts'

/** Runs that are looked at closely: the next ones. What is later is counted only. */
const mostRuns = 60
const atOnceMost = 12

/** What a provider looks at first: its next runs with their seats, what waits for it, and what closed statements say of its money. Refuses `not-found`. */
export async function getDashboard(
  world: World,
  { actor, params: { providerId } }: { actor: Actor; params: { providerId: string } },
): Promise<Dashboard> {
  const { table } = world
  const known = mayAct(actor, providerId, lookers) && (await readItem(table, keys.provider.key(providerId))) !== undefined
  if (!known) throw new Refusal('not-found')
  const now = world.now()
  const [items, money, standing] = await Promise.all([
    readNewestRuns(table, providerId, now),
    readPayoutMoney(table, providerId),
    readStanding(table, providerId),
  ])
  const next = runsAhead(items, now)
  const over = await withoutStatement(table, toState(items, now))
  const ahead = await all(next.slice(0, mostRuns), async (item): Promise<RunFacts> => {
    const { run, shards } = item
    const [heads, crew] = await Promise.all([readHeads(table, run.id, shards), readCrew(table, run.id)])
    return { item, heads, crew }
  })
  return {
    runs: ahead.map((facts) => dashboardRun(facts, now)),
    leftOut: Math.max(0, next.length - mostRuns),
    tasks: dashboardTasks({ ahead, over, standing }, now),
    money,
  }
}

/** The answers for all of them, in their order, so many at once; the first failure is everybody's. */
async function all<T, R>(of: readonly T[], ask: (one: T) => Promise<R>): Promise<R[]> {
  const { answers, failed } = await atOnce(of, atOnceMost, ask)
  if (failed[0] !== undefined) throw failed[0].error
  return answers
}
