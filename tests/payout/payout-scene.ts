import type { Actor } from '@skills/contract/actor.ts'
import type { Run } from '@skills/contract/catalog.ts'
import type { Role } from '@skills/contract/route.ts'
import type { Credit } from '@skills/core/attendance/credit.ts'
import { auditStep, historyOf } from '@skills/core/audit.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { Violation } from '@skills/core/books/books.ts'
import { openBooks } from '@skills/core/books/books.ts'
import { checkAudit } from '@skills/core/books/audit-books.ts'
import { checkPayouts } from '@skills/core/books/payout-books.ts'
import { lastMeeting } from '@skills/core/catalog/run.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem, type Item } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { closePayout } from '@skills/functions/payout/close-payout.ts'
import { getPayout, listNextPayoutLines, listPayoutLines } from '@skills/functions/payout/payouts.ts'
import { fresh, type Held, type PaymentScene } from '../order/payment-scene.ts'

/** Somebody who acts for a provider. */
export const providerActor = (providerId: string, role: Role = 'provider:manager', personId = 'per_70000000000000000000000021'): Actor => ({
  personId,
  memberships: [{ organizationId: providerId, roles: [role] }],
})

/** Writes what attendance of a run came to for somebody, as crediting hours does: so many of its 120 minutes, or that nobody took it. */
export async function credit(world: World, { personId, runId, enrollmentId }: Held, minutes: number | 'not taken'): Promise<void> {
  const key = keys.credit.key(personId, runId)
  const entity = `${personId}.${runId}`
  const audit = auditStep({ entity, action: 'credit', by: 'system:test', at: world.now() }, historyOf(await readItem(world.table, key)))
  const taken = minutes === 'not taken' ? 0 : minutes
  const item: Credit = {
    ...{ runId, personId, enrollmentId, entity },
    outcome: minutes === 'not taken' ? 'not-taken' : taken >= 96 ? 'completed' : taken > 0 ? 'incomplete' : 'no-show',
    minutes: taken,
    outOfMinutes: 120,
    hours: 0,
    rule: 'test',
    noShowAt: null,
    meetings: [],
    ...audit.history,
  }
  const done = await transact(world, undefined, [{ name: 'credit', put: { item: { ...key, ...item } } }, audit.step], true)
  if (!('answer' in done)) throw new Error(done.failed)
}

/** What a provider's manager does with the money of one run. */
export function payoutScene(world: World, { id: runId, providerId }: Pick<Run, 'id' | 'providerId'>) {
  const actor = providerActor(providerId)
  const page = { limit: 100, after: undefined }
  return {
    actor,
    look: (by = actor) => getPayout(world, { actor: by, params: { runId } }),
    nextLines: async () => (await listNextPayoutLines(world, { actor, params: { runId }, page })).items,
    lines: async (number: number) => (await listPayoutLines(world, { actor, params: { runId, number }, page })).items,
    /** Closes what is to be closed, or what the sum (and the digest of its lines) says. */
    async close(differenceFen?: number, by = actor, said?: string) {
      const { next } = await getPayout(world, { actor, params: { runId } })
      const body = { differenceFen: differenceFen ?? next?.differenceFen ?? 0, digest: said ?? next?.digest ?? '' }
      return closePayout(world, { actor: by, command: fresh('closePayout'), params: { runId }, body })
    },
  }
}

/** Moves both clocks behind the last meeting of a run. */
export async function afterRun({ world, scene }: PaymentScene, run: Run): Promise<void> {
  const to = new Date(Date.parse(lastMeeting(run)) + 60_000).toISOString()
  world.moveTo(to)
  await scene.stripe.clock.moveTo(to)
}

/** What the books say of payouts: the codes of their rules, and whether everything else stands. */
export async function payoutFaults(world: World, change: (items: Item[]) => Item[] = (items) => items): Promise<Violation[]> {
  const books = openBooks(change(await scanTable(world.table)), world.now())
  return [...checkPayouts(books), ...checkAudit(books).filter(({ at }) => at.includes('PAYOUT'))]
}

/** All books, but for what no stream empties here and what only a whole house writes of attendance. */
export const otherFaults = async (world: World): Promise<Violation[]> =>
  violations(await scanTable(world.table), world.now()).filter(({ code, at }) => code !== 'T1' && !at.includes('CREDIT#'))
