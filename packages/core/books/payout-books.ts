import type { Program } from '@skills/contract/funding.ts'
import type { PayoutLine } from '@skills/contract/payout.ts'
import { creditOf } from '../attendance/credit.table.ts'
import { runOf } from '../catalog/run-item.ts'
import { lastMeeting } from '../catalog/run.ts'
import { groupOrderOf } from '../employer/group-order.table.ts'
import { enrollmentItemOf } from '../enrollment/enrollment-item.ts'
import { keys } from '../keys.ts'
import { seenGroup, seenSeat, type SeenLine } from '../payout/payout-facts.table.ts'
import { addsUp, earnedBy, mostLines, sameMoney, sumsOf, toDate } from '../payout/payout.ts'
import type { RulesOfGrant } from '../payout/payout-rule.ts'
import { payoutDigest, type PayoutHead, type PayoutLinesItem, type StatementItem } from '../payout/payout.table.ts'
import type { Item } from '../table.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/**
 * P1 payout statements add up: each part of each line (`paid = refunded + lost + held + earned`, reasons for all that is held), the sums of the run, the differences over all statements; they are
 * numbered without a gap, none was closed before its run was over, and what they say is what their audit entries recorded. P2 a statement is its rebuild: each line whose enrollment, group order
 * and attendance stand as it saw them comes to the same fen, and nobody whose money came before it is left out.
 */
export function checkPayouts(books: Books): Violation[] {
  const statements = groupBy(books.of('payoutStatement'), (item) => (item as unknown as StatementItem).statement.runId)
  const parts = groupBy(books.of('payoutLines'), ({ pk }) => pk)
  const audits = groupBy(
    books.of('audit').filter(({ action }) => action === 'close-payout'),
    (item) => item['entity'] as string,
  )
  if (statements.size === 0) return headsWithout(books, statements)
  const seats = groupBy(books.of('enrollment'), (item) => (item['enrollment'] as { runId: string }).runId)
  const groups = groupBy(books.of('groupOrder'), (item) => item['runId'] as string)
  const found = headsWithout(books, statements)
  for (const [runId, items] of statements) {
    const of = items.toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
    found.push(...checkRun(books, runId, of, { parts, audits, seats: seats.get(runId) ?? [], groups: groups.get(runId) ?? [] }))
  }
  return found
}

function headsWithout(books: Books, statements: ReadonlyMap<string, unknown>): Violation[] {
  return books
    .of('payout')
    .filter((item) => !statements.has(item['runId'] as string))
    .map((item) => ({ code: 'P1', at: where(item), says: 'its statements are gone' }))
}

interface Around {
  parts: ReadonlyMap<string, Item[]>
  audits: ReadonlyMap<string, Item[]>
  seats: readonly Item[]
  groups: readonly Item[]
}

function checkRun(books: Books, runId: string, items: readonly Item[], { parts, audits, seats, groups }: Around): Violation[] {
  const found: Violation[] = []
  const wrong = (code: 'P1' | 'P2', item: Item, says: string) => void found.push({ code, at: where(item), says })
  const { pk, sk } = keys.payout.key(runId)
  const head = books.find(pk, sk) as (PayoutHead & Item) | undefined
  const run = runOf(books.find(keys.run.key(runId).pk, keys.run.key(runId).sk))
  const last = items.at(-1)
  if (last !== undefined && head?.version !== items.length) wrong('P1', last, 'the run does not know of so many statements')

  const before: PayoutLine[] = []
  const seenAt = new Map<string, { item: Item; line: PayoutLine; seen: PayoutLinesItem['seen'][number] | undefined }>()
  for (const [place, item] of items.entries()) {
    const { statement, digest } = item as unknown as StatementItem
    const number = String(statement.number).padStart(4, '0')
    const own = (parts.get(keys.payoutLines.key(runId, number, '').pk) ?? []).toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
    const chunks = own as unknown as PayoutLinesItem[]
    const lines = chunks.flatMap((chunk) => chunk.lines)
    const seen = new Map(chunks.flatMap((chunk) => chunk.seen).map((one) => [one.id, one]))
    if (statement.number !== place + 1 || lines.length !== statement.lines)
      wrong('P1', item, 'a statement or some of its lines are missing')
    if (payoutDigest(statement, lines) !== digest || audits.get(head?.entity ?? '')?.[place]?.['evidence'] !== digest)
      wrong('P1', item, 'it is not what was recorded when it was closed')
    if (!lines.every((line) => line.parts.every(addsUp))) wrong('P1', item, 'a line does not add up')
    const said = new Map(before.map((line) => [line.id, line]))
    for (const line of lines) {
      const old = said.get(line.id)
      if (line.differenceFen !== earnedBy(line) - (old === undefined ? 0 : earnedBy(old)))
        wrong('P1', item, `the difference of ${line.id} is not what it earned since`)
      seenAt.set(line.id, { item, line, seen: seen.get(line.id) })
    }
    before.push(...lines)
    const all = toDate(before, [])
    const earned = all.reduce((sum, line) => sum + earnedBy(line), 0)
    const plain = (sums: ReturnType<typeof sumsOf>) =>
      JSON.stringify(sums.map((sum) => [sum.programId, sum.payer, sum.paidFen, sum.heldFen, sum.earnedFen]))
    if (statement.earnedFen !== earned || plain(statement.sums) !== plain(sumsOf(all)))
      wrong('P1', item, 'the sums of the run do not add up')
    if (run !== undefined && run.run.state !== 'cancelled' && statement.closedAt < lastMeeting(run.run))
      wrong('P1', item, 'it was closed before the run was over')
  }
  if (last !== undefined) found.push(...checkRebuild(books, last, seenAt, seats, groups))
  return found
}

/** The rules that granted, as their programs say them. */
const rulesOf =
  (books: Books): RulesOfGrant =>
  (programId, version) => {
    const { pk, sk } = keys.program.key(programId)
    const program = books.find(pk, sk)?.['program'] as Program | undefined
    return program?.ruleSets.find((set) => set.version === version)
  }

type SeenAt = Map<string, { item: Item; line: PayoutLine; seen: PayoutLinesItem['seen'][number] | undefined }>

function checkRebuild(books: Books, last: Item, seenAt: SeenAt, seats: readonly Item[], groups: readonly Item[]): Violation[] {
  const found: Violation[] = []
  const { statement: latest } = last as unknown as StatementItem
  const compare = (now: SeenLine | undefined, id: string, paidAt: string | null) => {
    const said = seenAt.get(id)
    if (said === undefined) {
      if (now !== undefined && paidAt !== null && paidAt < latest.closedAt && latest.lines < mostLines)
        found.push({ code: 'P2', at: where(last), says: `${id} is left out` })
      return
    }
    const { of, credit } = said.seen ?? {}
    // What has changed since is for the next statement to say.
    if (now !== undefined && now.seen.of === of && now.seen.credit === credit && !sameMoney(now.line.parts, said.line.parts))
      found.push({ code: 'P2', at: where(said.item), says: `${id} comes to something else` })
  }
  const givenOf = (id: string) =>
    (seenAt.get(id)?.item as unknown as StatementItem | undefined)?.given ?? (last as unknown as StatementItem).given
  for (const stored of seats) {
    const item = enrollmentItemOf(stored)
    if (item === undefined) continue
    const { id, runId } = item.enrollment
    const { pk, sk } = keys.credit.key(item.personId, runId)
    compare(seenSeat(item, creditOf(books.find(pk, sk)), givenOf(id), rulesOf(books)), id, item.order?.confirmedAt ?? null)
  }
  for (const stored of groups) {
    const order = groupOrderOf(stored)
    if (order !== undefined) compare(seenGroup(order, givenOf(order.id)), order.id, order.paidAt)
  }
  return found
}
