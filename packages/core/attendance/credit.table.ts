import { atOnce } from '../at-once.ts'
import { auditStep } from '../audit.ts'
import { readRun } from '../catalog/run.table.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { stableText } from '../catalog/stable-text.ts'
import { scheduleStep } from '../enrollment/claim-steps.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { admittedMinutes } from '../enrollment/moved-run.ts'
import { scheduleOf, withNoShow } from '../enrollment/schedule.ts'
import { keys } from '../keys.ts'
import { outboxStep } from '../outbox.ts'
import { readItem, readItems, type Item } from '../table.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { attendanceOf, readSeats } from './attendance.table.ts'
import { judgeCredit, taughtMeetings, type Credit } from './credit.ts'
import { settleAt, type Register } from './register.ts'
import { readRegister, registerSteps } from './register.table.ts'
import { ruleOf } from './rule.ts'

const by = 'system:sweep-attendance'
const pageOfSeats = 50
/** So many seats of one run are credited in one go, so many at a time; a sweep has a minute for all runs. */
const mostSeats = 500
const seatsAtOnce = 8
const mostTries = 8

/** A credit out of its item. */
export function creditOf(item: Item | undefined): Credit | undefined {
  return item as unknown as Credit | undefined
}

/**
 * Credits the hours of a run to everybody with a seat in it, and writes down who missed it, once nothing can be synced any more; again where a correction came since. Each person is
 * one transaction, and what stands already is not written twice, so it may be stopped anywhere and begun again. After `most` seats it
 * stays due and goes on there the next time, behind other runs; whatever else changes the register has it begin again. Out: how many credits were written.
 */
export async function creditHours(world: World, runId: string, most = mostSeats): Promise<number> {
  const [register, item] = await Promise.all([readRegister(world.table, runId), readRun(world.table, runId)])
  if (register === undefined || register.settledAt !== null) return 0
  if (item === undefined) throw new Error(`${runId} has a register and does not exist`)
  const due = settleAt(item.run)
  if (item.run.state !== 'cancelled' && world.now() < due) {
    // The run was moved since: its register waits longer.
    await writeRegister(world, register, { dueAt: due, settledAt: null, action: 'moved' })
    return 0
  }
  let written = 0
  let seen = 0
  let after = register.creditedTo
  while (item.run.state !== 'cancelled') {
    const page = await readSeats(world.table, runId, { limit: Math.min(pageOfSeats, most - seen), after })
    const active = page.seats.filter(({ enrollment }) => enrollment.state === 'active')
    const { answers, failed } = await atOnce(active, seatsAtOnce, (seat) => creditSeat(world, item, register, seat))
    if (failed[0] !== undefined) throw failed[0].error
    written += answers.reduce((sum, one) => sum + one, 0)
    seen += page.seats.length
    after = page.next
    if (after === undefined) break
    if (seen < most) continue
    await writeRegister(world, register, { dueAt: world.now(), settledAt: null, action: 'credit-on', creditedTo: after })
    return written
  }
  await writeRegister(world, register, { dueAt: undefined, settledAt: world.now(), action: 'settle' })
  return written
}

/** Where a correction came meanwhile the register stays due, and the next sweep credits again. */
async function writeRegister(
  world: World,
  before: Register,
  change: { dueAt: string | undefined; settledAt: string | null; action: string; creditedTo?: Record<string, unknown> },
) {
  const { settledAt, ...rest } = change
  await transact(world, undefined, registerSteps(world, { before, after: { ...before, settledAt }, ...rest, by }), true)
}

async function creditSeat(world: World, item: RunItem, register: Register, seat: EnrollmentItem): Promise<number> {
  const { personId, enrollment } = seat
  const taught = taughtMeetings(item.run).map(({ id }) => id)
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const [found, scheduleItem, guard, ...shown] = await readItems(world.table, [
      keys.credit.key(personId, item.run.id),
      keys.schedule.key(personId),
      keys.guard.key(personId, item.run.id),
      ...taught.map((id) => keys.attendance.key(id, personId)),
    ])
    if (guard?.['state'] !== 'active' || guard['enrollmentId'] !== enrollment.id) return 0
    const before = creditOf(found)
    const again = before?.enrollmentId === enrollment.id
    const attendances = shown.map(attendanceOf).filter((one) => one !== undefined)
    const judged = judgeCredit(
      {
        run: item.run,
        taken: register.taken.map(({ meetingId }) => meetingId),
        checks: register.checks,
        attendances,
        admittedMinutes: admittedMinutes(item.run, seat),
      },
      ruleOf(again ? before : undefined, item.trade),
    )
    if (before !== undefined && again && same(before, judged)) return 0
    const entity = `${personId}.${item.run.id}.credit`
    const audit = auditStep({ entity, action: `credit ${judged.outcome}`, by, at: world.now() }, before)
    const credit: Credit = { runId: item.run.id, personId, enrollmentId: enrollment.id, entity, ...judged, ...audit.history }
    const is =
      before === undefined
        ? { condition: 'attribute_not_exists(pk)' }
        : { condition: 'version = :before', values: { ':before': before.version } }
    const steps: Step[] = [{ name: 'credit', put: { item: { ...keys.credit.key(personId, item.run.id), ...credit }, ...is } }, audit.step]
    const had = before?.noShowAt ?? null
    if (had !== judged.noShowAt) {
      const schedule = scheduleOf(scheduleItem)
      steps.push(scheduleStep(personId, schedule, withNoShow(schedule, had, judged.noShowAt)))
    }
    steps.push(seatStep(personId, item.run.id, enrollment.id))
    // When her first minutes are credited; more of them ask nobody again.
    if (judged.minutes > 0 && (before?.enrollmentId !== enrollment.id || before.minutes === 0))
      steps.push(outboxStep(world, { type: 'rating-asked', personId, runId: item.run.id, enrollmentId: enrollment.id }))
    if ('answer' in (await transact(world, undefined, steps, true))) return 1
  }
  throw new Error(`the credit of ${enrollment.id} kept changing`)
}

function seatStep(personId: string, runId: string, enrollmentId: string): Step {
  return {
    name: 'guard',
    check: {
      key: keys.guard.key(personId, runId),
      condition: 'enrollmentId = :id AND #state = :active',
      names: { '#state': 'state' },
      values: { ':id': enrollmentId, ':active': 'active' },
    },
  }
}

/** The table gives a map back with its names in another order, so texts are compared that do not depend on it. */
const same = (before: Credit, judged: Omit<Credit, 'version' | 'auditHash' | 'entity' | 'runId' | 'personId' | 'enrollmentId'>) =>
  (Object.keys(judged) as (keyof typeof judged)[]).every((name) => stableText(before[name]) === stableText(judged[name]))

/** What a run came to for a person, or undefined while it is not credited. */
export async function readCredit(world: World, personId: string, runId: string): Promise<Credit | undefined> {
  return creditOf(await readItem(world.table, keys.credit.key(personId, runId)))
}
