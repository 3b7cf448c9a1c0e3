import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { Refusal } from '@skills/contract/refusals.ts'
import { auditStep } from '../audit.ts'
import { enrollmentItemOf, type EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { indexes, keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { Attendance, Evidence } from './evidence.ts'
import { evidenceDigest } from './evidence-digest.ts'

/** Reads an attendance out of its item. */
export function attendanceOf(item: Item | undefined): Attendance | undefined {
  return item as unknown as Attendance | undefined
}

/** One person's attendance of one meeting, or undefined where nothing was ever shown. */
export async function readAttendance(table: Table, meetingId: string, personId: string): Promise<Attendance | undefined> {
  return attendanceOf(await readItem(table, keys.attendance.key(meetingId, personId)))
}

/** One person's attendance of several meetings; those without any are left out. */
export async function readAttendances(table: Table, meetingIds: readonly string[], personId: string): Promise<Attendance[]> {
  const items = await readItems(
    table,
    meetingIds.map((meetingId) => keys.attendance.key(meetingId, personId)),
  )
  return items.map(attendanceOf).filter((one) => one !== undefined)
}

/** Everybody's attendance of a meeting. */
export async function readMeeting(table: Table, meetingId: string): Promise<Attendance[]> {
  const items = await readRange(table, { pk: keys.attendance.key(meetingId, '').pk, begins: 'ATTENDANCE#' })
  return items.map(attendanceOf).filter((one) => one !== undefined)
}

/** The seat of a person in a run that lets her in: paid and not given back. Refuses `not-enrolled`. */
export async function readSeat(table: Table, runId: string, personId: string): Promise<EnrollmentItem> {
  const guard = await readItem(table, keys.guard.key(personId, runId))
  const item =
    guard?.['state'] === 'active'
      ? enrollmentItemOf(await readItem(table, keys.enrollment.key(personId, guard['enrollmentId'] as string)))
      : undefined
  if (item?.enrollment.state !== 'active') throw new Refusal('not-enrolled')
  return item
}

/** The seats of a run's roster, in the order of enrolling, by the index roster-of-run: a page, or the one with an id. It may be a moment behind. */
export async function readSeats(
  table: Table,
  runId: string,
  { limit, after, id }: { limit?: number; after?: Record<string, unknown> | undefined; id?: string },
): Promise<{ seats: EnrollmentItem[]; next: Record<string, unknown> | undefined }> {
  const { name, pk, sk } = indexes.rosterOfRun
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: name,
      KeyConditionExpression: id === undefined ? '#pk = :run' : '#pk = :run AND #sk = :id',
      ExpressionAttributeNames: { '#pk': pk, ...(id === undefined ? {} : { '#sk': sk }) },
      ExpressionAttributeValues: { ':run': runId, ...(id === undefined ? {} : { ':id': id }) },
      ...(limit === undefined ? {} : { Limit: limit }),
      ...(after === undefined ? {} : { ExclusiveStartKey: after }),
    }),
  )
  return { seats: (answer.Items ?? []).map((item) => enrollmentItemOf(item as Item) as EnrollmentItem), next: answer.LastEvaluatedKey }
}

/** The seat of a run with this id. Refuses `not-enrolled`. */
export async function seatOf(table: Table, runId: string, enrollmentId: string): Promise<EnrollmentItem> {
  const seat = (await readSeats(table, runId, { id: enrollmentId })).seats[0]
  if (seat === undefined) throw new Refusal('not-enrolled')
  return seat
}

export interface AttendanceChange {
  before: Attendance | undefined
  meetingId: string
  seat: Pick<EnrollmentItem, 'personId'> & { enrollment: { id: string; runId: string } }
  evidence: Evidence[]
  action: string
  by: string
  commandId?: string | undefined
}

/**
 * The steps that write a person's attendance at the version it was read, with its audit entry, while her seat is still hers. Fails by the names `attendance` (somebody else wrote
 * meanwhile) and `guard` (the seat is gone).
 */
export function attendanceSteps(world: World, change: AttendanceChange): { steps: Step[]; attendance: Attendance } {
  const { before, meetingId, seat, evidence, action, by, commandId } = change
  const { personId, enrollment } = seat
  const entity = `${meetingId}.${personId}`
  const audit = auditStep({ entity, action, by, at: world.now(), commandId, evidence: evidenceDigest(evidence) }, before)
  const attendance: Attendance = {
    meetingId,
    runId: enrollment.runId,
    personId,
    enrollmentId: enrollment.id,
    entity,
    evidence,
    ...audit.history,
  }
  const is =
    before === undefined
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'version = :before', values: { ':before': before.version } }
  return {
    attendance,
    steps: [
      { name: 'attendance', put: { item: { ...keys.attendance.key(meetingId, personId), ...attendance }, ...is } },
      {
        name: 'guard',
        check: {
          key: keys.guard.key(personId, enrollment.runId),
          condition: 'enrollmentId = :id AND #state = :active',
          names: { '#state': 'state' },
          values: { ':id': enrollment.id, ':active': 'active' },
        },
      },
      audit.step,
    ],
  }
}
