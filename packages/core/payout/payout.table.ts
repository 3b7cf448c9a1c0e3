import { createHash } from 'node:crypto'
import type { Command } from '@skills/contract/actor.ts'
import type { PayoutLine, PayoutStatement, PayoutSum } from '@skills/contract/payout.ts'
import { auditStep, type History } from '../audit.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { stableText } from '../catalog/stable-text.ts'
import { keys } from '../keys.ts'
import { readItem, readRange, type Item, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { givenAt, reckonRun, withNames, type SeenVersions } from './payout-facts.table.ts'
import type { Given } from './payout-line.ts'
import { statedStep } from './payout-payment.table.ts'
import { earnedBy, newLines, sumsOf, toDate } from './payout.ts'

/** The statements of one run: as many as its version says. */
export interface PayoutHead extends History {
  runId: string
  entity: string
  closedAt: string
}

/** A statement as the table holds it: with where its run stood, and the digest of everything it says, which its audit entry repeats. */
export interface StatementItem {
  statement: PayoutStatement
  given: Given
  digest: string
}

/** Lines of a statement with what each was reckoned from. */
export interface PayoutLinesItem {
  lines: PayoutLine[]
  seen: SeenVersions[]
}

const linesAtOnce = 50
const four = (number: number) => String(number).padStart(4, '0')

/** The name of the audit chain of a run's statements. */
const payoutEntity = (runId: string): string => `${runId}.payout`

/** The digest of a statement, closed or to be, with all its lines. */
export function payoutDigest(statement: Omit<PayoutStatement, 'closedAt' | 'closedBy'>, lines: readonly PayoutLine[]): string {
  return createHash('sha256')
    .update(stableText([statement, lines]))
    .digest('hex')
}

/** The statements of a run, oldest first. */
export async function readStatements(table: Table, providerId: string, runId: string): Promise<PayoutStatement[]> {
  const items = await readRange(table, { pk: keys.payoutStatement.key(providerId, runId, '').pk, begins: `PAYOUT#${runId}#` })
  return items.map(statementOf)
}

/** A page of the statements of a provider, those of the newest runs first; `sk` is their position. */
export async function readStatementsOf(
  table: Table,
  providerId: string,
  limit?: number,
  after?: string,
): Promise<{ statement: PayoutStatement; sk: string }[]> {
  const { pk } = keys.payoutStatement.key(providerId, '', '')
  const items = await readRange(table, { pk, begins: 'PAYOUT#', backward: true, after, ...(limit === undefined ? {} : { limit }) })
  return items.map((item) => ({ statement: statementOf(item), sk: item.sk }))
}

/** One statement, or undefined. */
export async function readStatement(table: Table, providerId: string, runId: string, number: number): Promise<PayoutStatement | undefined> {
  const item = await readItem(table, keys.payoutStatement.key(providerId, runId, four(number)))
  return item === undefined ? undefined : statementOf(item)
}

const statementOf = (item: Item) => (item as unknown as StatementItem).statement

/** The lines of a statement, in the order of their ids: all, or those after one, as many as asked for and perhaps some more. */
export async function readLines(table: Table, runId: string, number: number): Promise<PayoutLine[]> {
  const items = await readRange(table, { pk: keys.payoutLines.key(runId, four(number), '').pk, begins: 'LINES#' })
  return (items as unknown as PayoutLinesItem[]).flatMap(({ lines }) => lines)
}

/** What the next statement of a run would say. */
export interface NextPayout {
  head: PayoutHead | undefined
  given: Given
  lines: PayoutLine[]
  seen: SeenVersions[]
  /** What the statements before it hold back. */
  heldBefore: number
  statement: Omit<PayoutStatement, 'closedAt' | 'closedBy'>
}

/** Reckons the next statement of a run from everything as it is now. */
export async function nextPayout(world: World, item: RunItem): Promise<NextPayout> {
  const { run, title } = item
  const now = world.now()
  const head = (await readItem(world.table, keys.payout.key(run.id))) as unknown as PayoutHead | undefined
  const numbers = Array.from({ length: head?.version ?? 0 }, (_, place) => place + 1)
  const before = (await Promise.all(numbers.map((number) => readLines(world.table, run.id, number)))).flat()
  const { seen: reckoned, rules } = await reckonRun(world.table, item, now)
  const lines = newLines(
    reckoned.map(({ line }) => line),
    before,
  )
  const seen = new Map(reckoned.map((one) => [one.line.id, one.seen]))
  const all = toDate(before, lines)
  const sums = await withNames(world.table, sumsOf(all))
  return {
    head,
    given: givenAt(item, now),
    lines,
    seen: lines.flatMap(({ id }) => seen.get(id) ?? []),
    heldBefore: heldIn(sumsOf(toDate(before, []))),
    statement: {
      runId: run.id,
      providerId: run.providerId,
      number: numbers.length + 1,
      title,
      runName: run.name,
      lines: lines.length,
      sums,
      earnedFen: all.reduce((sum, line) => sum + earnedBy(line), 0),
      heldFen: heldIn(sums),
      differenceFen: lines.reduce((sum, { differenceFen }) => sum + differenceFen, 0),
      rules,
    },
  }
}

const heldIn = (sums: readonly Pick<PayoutSum, 'heldFen'>[]) => sums.reduce((sum, { heldFen }) => sum + heldFen, 0)

/** Closes a statement: it is written whole, in one transaction, and never changed. Fails by the name `payout` where another one was closed meanwhile. */
export function closeStatement(world: World, command: Command, next: NextPayout, by: string): Promise<Outcome<PayoutStatement>> {
  const { head, given, lines, seen } = next
  const at = world.now()
  const statement: PayoutStatement = { ...next.statement, closedAt: at, closedBy: by }
  const { runId, providerId } = statement
  const number = four(statement.number)
  const digest = payoutDigest(statement, lines)
  const entity = payoutEntity(runId)
  const audit = auditStep({ entity, action: 'close-payout', by, at, commandId: command.id, evidence: digest }, head)
  const kept: StatementItem = { statement, given, digest }
  const versions = new Map(seen.map((one) => [one.id, one]))
  const parts = Array.from({ length: Math.ceil(lines.length / linesAtOnce) }, (_, part): Step => {
    const own = lines.slice(part * linesAtOnce, (part + 1) * linesAtOnce)
    const item: PayoutLinesItem = { lines: own, seen: own.flatMap(({ id }) => versions.get(id) ?? []) }
    return {
      name: 'lines',
      put: { item: { ...keys.payoutLines.key(runId, number, four(part)), ...item }, condition: 'attribute_not_exists(pk)' },
    }
  })
  const written: PayoutHead = { runId, entity, closedAt: at, ...audit.history }
  return transact(
    world,
    command,
    [
      {
        name: 'payout',
        put: {
          item: { ...keys.payout.key(runId), ...written },
          ...(head === undefined
            ? { condition: 'attribute_not_exists(pk)' }
            : { condition: 'version = :before', values: { ':before': head.version } }),
        },
      },
      {
        name: 'statement',
        put: { item: { ...keys.payoutStatement.key(providerId, runId, number), ...kept }, condition: 'attribute_not_exists(pk)' },
      },
      ...parts,
      statedStep(providerId, statement.differenceFen, statement.heldFen - next.heldBefore),
      audit.step,
    ],
    statement,
  )
}
