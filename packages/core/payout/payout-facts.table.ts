import type { PayoutRule, PayoutSum } from '@skills/contract/payout.ts'
import type { Text } from '@skills/contract/text.ts'
import type { Credit } from '../attendance/credit.ts'
import { creditOf } from '../attendance/credit.table.ts'
import { runAt } from '../catalog/run.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { readGroupOrdersOfRun } from '../employer/group-order.table.ts'
import type { GroupOrderItem } from '../employer/group-order.ts'
import { enrollmentItemOf, type EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { shardNames } from '../enrollment/seats.ts'
import { programItemOf } from '../funding/program-item.ts'
import { keys } from '../keys.ts'
import { readItems, readRange, type Item, type Table } from '../table.ts'
import { groupLine, seatLine, type Given, type ReckonedLine } from './payout-line.ts'
import { attendedRule, givenRule, grantRule, type RulesOfGrant } from './payout-rule.ts'

/** A line as reckoned, and which versions of what it was reckoned from. */
export interface SeenLine {
  line: ReckonedLine
  seen: SeenVersions
}
/** `of`: the enrollment or group order; `credit`: the attendance, null where there was none. */
export interface SeenVersions {
  id: string
  of: number
  credit: number | null
}

/** Where a run stands at an instant, for who is paid by it. */
export function givenAt({ run }: Pick<RunItem, 'run'>, now: string): Given {
  const { state } = runAt(run, now)
  return state === 'cancelled' ? 'cancelled' : state === 'completed' ? 'given' : 'to-come'
}

/** One line, with what it was reckoned from; undefined where nobody paid. Attendance of an earlier seat of the same person is none of this one. */
export function seenSeat(item: EnrollmentItem, credit: Credit | undefined, given: Given, rulesOf: RulesOfGrant): SeenLine | undefined {
  const own = credit?.enrollmentId === item.enrollment.id ? credit : undefined
  const line = seatLine(item, given, own, rulesOf)
  return line === undefined ? undefined : { line, seen: { id: line.id, of: item.version, credit: own?.version ?? null } }
}

/** The same for a group order. */
export function seenGroup(order: GroupOrderItem, given: Given): SeenLine | undefined {
  const line = groupLine(order, given)
  return line === undefined ? undefined : { line, seen: { id: line.id, of: order.version, credit: null } }
}

/**
 * Every line of a run as it stands now, by id, and the rules it was reckoned by. Who ever had a seat is told by the run's seat ledger, so that nobody is left out because an index is a moment behind; each enrollment, group
 * order and attendance is read as it is.
 */
export async function reckonRun(table: Table, item: RunItem, now: string): Promise<{ seen: SeenLine[]; rules: PayoutRule[] }> {
  const { run, shards } = item
  const given = givenAt(item, now)
  const [ledgers, groups] = await Promise.all([
    Promise.all(shardNames(shards).map((shard) => readRange(table, { pk: keys.shard.key(run.id, shard).pk, begins: 'TRANSFER#' }))),
    readGroupOrdersOfRun(table, run.id),
  ])
  const seats = new Map(ledgers.flat().flatMap(ofSeat))
  const [enrollments, credits] = await Promise.all([
    readItems(
      table,
      [...seats].map(([id, personId]) => keys.enrollment.key(personId, id)),
    ),
    readItems(
      table,
      [...seats].map(([, personId]) => keys.credit.key(personId, run.id)),
    ),
  ])
  const seatItems = enrollments.map(enrollmentItemOf)
  const grants = seatItems.flatMap((one) => one?.order?.grants ?? [])
  const rulesOf = await readRulesOf(table, new Set(grants.map(({ programId }) => programId)))
  const lines = seatItems.flatMap((one, place) =>
    one === undefined ? [] : (seenSeat(one, creditOf(credits[place]), given, rulesOf) ?? []),
  )
  const all = [...lines, ...groups.flatMap((order) => seenGroup(order, given) ?? [])]
  const used = new Set(all.flatMap(({ line }) => line.parts.map(({ rule }) => rule)))
  const known = new Map([givenRule, attendedRule, ...grants.map((grant) => grantRule(grant, rulesOf))].map((rule) => [rule.version, rule]))
  return {
    seen: all.toSorted((a, b) => (a.line.id < b.line.id ? -1 : 1)),
    rules: [...known.values()].filter(({ version }) => used.has(version)),
  }
}

/** The rule sets of programs. One that granted keeps its content, so what it says now is what it said then. */
async function readRulesOf(table: Table, programIds: ReadonlySet<string>): Promise<RulesOfGrant> {
  const ids = [...programIds]
  const items = await readItems(
    table,
    ids.map((id) => keys.program.key(id)),
  )
  const programs = new Map(ids.map((id, place) => [id, programItemOf(items[place])?.program]))
  return (programId, version) => programs.get(programId)?.ruleSets.find((set) => set.version === version)
}

const ofSeat = ({ personId, enrollmentId }: Item): [string, string][] =>
  typeof personId === 'string' && typeof enrollmentId === 'string' ? [[enrollmentId, personId]] : []

/** Sums with the names of the programs that pay, and of their unions. */
export async function withNames(table: Table, sums: readonly PayoutSum[]): Promise<PayoutSum[]> {
  const items = await readItems(
    table,
    sums.flatMap(({ programId }) => (programId === null ? [] : [keys.program.key(programId)])),
  )
  const programs = new Map(items.flatMap((item) => (item === undefined ? [] : [[String(item.pk), programItemOf(item)] as const])))
  return sums.map((sum) => {
    const found = sum.programId === null ? undefined : programs.get(keys.program.key(sum.programId).pk)
    return { ...sum, name: found === undefined ? null : joined(found.sponsorName, found.program.name) }
  })
}
const joined = (union: Text, program: Text): Text => ({ zh: `${union.zh}：${program.zh}`, en: `${union.en}: ${program.en}` })
