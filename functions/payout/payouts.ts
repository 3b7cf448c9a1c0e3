import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { PaidStatement, Payout, PayoutLine, PayoutMoney } from '@skills/contract/payout.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { lastMeeting, runAt } from '@skills/core/catalog/run.ts'
import { keys } from '@skills/core/keys.ts'
import { readPayoutMoney, recordPayment, withPayments } from '@skills/core/payout/payout-payment.table.ts'
import type { SaidPayment } from '@skills/core/payout/payout-payment.ts'
import { nextPayout, payoutDigest, readLines, readStatement, readStatements, readStatementsOf } from '@skills/core/payout/payout.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { lookers, ownRun } from './own-run.ts'

interface OfRun {
  actor: Actor
  params: { runId: string }
}
interface OfStatement {
  actor: Actor
  params: { runId: string; number: number }
}
interface Lines {
  items: PayoutLine[]
  next: string | null
}

/** The statements of a provider, those of the newest runs first, a page at a time. Refuses `not-found` for a provider the caller does not act for. */
export async function listPayouts(
  world: World,
  { actor, params: { providerId }, page }: { actor: Actor; params: { providerId: string }; page: Page },
): Promise<{ items: PaidStatement[]; next: string | null; money: PayoutMoney }> {
  const known = mayAct(actor, providerId, lookers) && (await readItem(world.table, keys.provider.key(providerId))) !== undefined
  if (!known) throw new Refusal('not-found')
  const [items, money] = await Promise.all([
    readStatementsOf(world.table, providerId, page.limit + 1, page.after),
    readPayoutMoney(world.table, providerId),
  ])
  const shown = items.slice(0, page.limit)
  const paid = await withPayments(
    world.table,
    shown.map(({ statement }) => statement),
  )
  return { items: paid, next: items.length > page.limit ? (shown.at(-1)?.sk ?? null) : null, money }
}

/** What a run has earned by its statements, and what the next one would say. Refuses `not-found`. */
export async function getPayout(world: World, { actor, params }: OfRun): Promise<Payout> {
  const item = await ownRun(world, actor, params.runId)
  const { run, title } = item
  const [statements, next] = await Promise.all([readStatements(world.table, run.providerId, run.id), nextPayout(world, item)])
  return {
    runId: run.id,
    providerId: run.providerId,
    title,
    runName: run.name,
    state: runAt(run, world.now()).state,
    closesFrom: lastMeeting(run),
    statements: await withPayments(world.table, statements),
    next: next.lines.length === 0 ? null : { ...next.statement, digest: payoutDigest(next.statement, next.lines) },
  }
}

/** The lines that the next statement would have, a page at a time in the order of their ids. Refuses `not-found`. */
export async function listNextPayoutLines(world: World, { actor, params, page }: OfRun & { page: Page }): Promise<Lines> {
  const item = await ownRun(world, actor, params.runId)
  return pageOfLines((await nextPayout(world, item)).lines, page)
}

/** The lines of a closed statement, as above. Refuses `not-found`. */
export async function listPayoutLines(
  world: World,
  { actor, params: { runId, number }, page }: OfStatement & { page: Page },
): Promise<Lines> {
  const { run } = await ownRun(world, actor, runId)
  if ((await readStatement(world.table, run.providerId, runId, number)) === undefined) throw new Refusal('not-found')
  return pageOfLines(await readLines(world.table, runId, number), page)
}

/** Records what an operator saw paid of a closed statement. Refuses `not-found`, and what core says. */
export async function recordPayoutPayment(
  world: World,
  { actor, command, params: { runId, number }, body }: OfStatement & { command: Command; body: SaidPayment },
): Promise<PaidStatement> {
  const { run } = await ownRun(world, actor, runId, [])
  const statement = await readStatement(world.table, run.providerId, runId, number)
  if (statement === undefined) throw new Refusal('not-found')
  return recordPayment(world, command, statement, body, actor.personId)
}

function pageOfLines(lines: readonly PayoutLine[], { limit, after }: Page): Lines {
  const rest = after === undefined ? lines : lines.filter(({ id }) => id > after)
  const items = rest.slice(0, limit)
  return { items, next: rest.length > limit ? (items.at(-1)?.id ?? null) : null }
}
