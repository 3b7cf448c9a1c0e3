import type { Page } from '@skills/contract/actor.ts'
import type { GrantLine } from '@skills/contract/sponsors.routes.ts'
import type * as z from 'zod/mini'
import { enrollmentItemOf } from '../enrollment/enrollment-item.ts'
import { shardNames } from '../enrollment/seats.ts'
import { keys } from '../keys.ts'
import { readItems, readRange, type Table } from '../table.ts'
import { readSetAside } from './budget.table.ts'
import type { PotLine } from './pot.ts'

export type Granted = z.infer<typeof GrantLine>

/** Lines of a pot that are read at once. */
const linesAtOnce = 200

/**
 * A page of who got what of a program, by the ledgers of its pots: run by run, then voucher by voucher, in each the oldest first. Every grant stands in it once, with
 * its state now; names are masked. `next` is the position of the next page, made of ids only, or null at the end.
 */
export async function readGrants(table: Table, programId: string, page: Page): Promise<{ items: Granted[]; next: string | null }> {
  const pots = (await readSetAside(table, programId)).flatMap(({ of, parts }) => shardNames(parts).map((part) => ({ of, part })))
  const [ofAfter = '', partAfter = '', lineAfter] = page.after?.split(' ') ?? []
  const from = Math.max(
    0,
    pots.findIndex(({ of, part }) => of === ofAfter && part === partAfter),
  )
  const lines: PotLine[] = []
  for (const [place, { of, part }] of pots.slice(from).entries()) {
    const { pk } = keys.pot.key(programId, of, part)
    let after = place === 0 && lineAfter !== undefined ? keys.potLine.key(programId, of, part, lineAfter).sk : undefined
    let read: PotLine[]
    do {
      const items = await readRange(table, { pk, begins: 'MONEY#', after, limit: linesAtOnce })
      read = items as unknown as PotLine[]
      after = items.at(-1)?.sk
      lines.push(...read.filter((line) => line.from === 'available' && line.grantId !== null))
    } while (read.length === linesAtOnce && lines.length <= page.limit)
    if (lines.length > page.limit) break
  }
  const shown = lines.slice(0, page.limit)
  const last = lines.length > page.limit ? shown.at(-1) : undefined
  return { items: await withGrants(table, shown), next: last === undefined ? null : `${last.of} ${last.part} ${last.id}` }
}

async function withGrants(table: Table, lines: readonly PotLine[]): Promise<Granted[]> {
  const items = await readItems(
    table,
    lines.map(({ personId, enrollmentId }) => keys.enrollment.key(personId ?? '', enrollmentId ?? '')),
  )
  return lines.flatMap(({ at, grantId, fen }, place): Granted[] => {
    const enrollment = enrollmentItemOf(items[place])
    const order = enrollment?.order ?? undefined
    const grant = order?.grants.find(({ id }) => id === grantId)
    if (enrollment === undefined || order === undefined || grant === undefined) return []
    const { runId, title: runTitle } = order
    const { state, ruleSet, reviewId } = grant
    return [{ at, runId, runTitle, maskedName: enrollment.maskedName, fen, state, ruleSet, exception: reviewId !== null }]
  })
}
