import type { PayoutSum } from '@skills/contract/payout.ts'
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
export function seenSeat(item: EnrollmentItem, credit: Credit | undefined, given: Given): SeenLine | undefined {
  const own = credit?.enrollmentId === item.enrollment.id ? credit : undefined
  const line = seatLine(item, given, own)
  return line === undefined ? undefined : { line, seen: { id: line.id, of: item.version, credit: own?.version ?? null } }
}

/** The same for a group order. */
export function seenGroup(order: GroupOrderItem, given: Given): SeenLine | undefined {
  const line = groupLine(order, given)
  return line === undefined ? undefined : { line, seen: { id: line.id, of: order.version, credit: null } }
}

/**
 * Every line of a run as it stands now, by id. Who ever had a seat is told by the run's seat ledger, so that nobody is left out because an index is a moment behind; each enrollment, group
 * order and attendance is read as it is.
 */
export async function reckonRun(table: Table, item: RunItem, now: string): Promise<SeenLine[]> {
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
  const lines = enrollments.flatMap((stored, place) => {
    const enrollment = enrollmentItemOf(stored)
    return enrollment === undefined ? [] : (seenSeat(enrollment, creditOf(credits[place]), given) ?? [])
  })
  const all = [...lines, ...groups.flatMap((order) => seenGroup(order, given) ?? [])]
  return all.toSorted((a, b) => (a.line.id < b.line.id ? -1 : 1))
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
