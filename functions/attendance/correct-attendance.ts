import type { Actor, Command } from '@skills/contract/actor.ts'
import type { AttendanceLine } from '@skills/contract/attendance.ts'
import type { Run } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { withAsked } from '@skills/core/attendance/add-proof.ts'
import { attendanceSteps, readAttendance, readSeat, seatOf } from '@skills/core/attendance/attendance.table.ts'
import type { Evidence, Override } from '@skills/core/attendance/evidence.ts'
import { attendanceLine, isSecond, presenceView } from '@skills/core/attendance/presence-view.ts'
import { settleAt, type Register } from '@skills/core/attendance/register.ts'
import { readRegister, registerSteps } from '@skills/core/attendance/register.table.ts'
import { correctDays, ruleFor } from '@skills/core/attendance/rule.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { transact, type Step } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { checksOf } from './check-in.ts'
import { meetingToTake, type OfMeeting, type Taking } from './meeting-of.ts'

interface Asking {
  actor: Actor
  command: Command
  params: OfMeeting
  body: { enrollmentId: string; present: boolean; from?: string | undefined; to?: string | undefined; reason: string }
}

/**
 * Asks for a correction: that somebody was, or was not, there for a part of the meeting. It changes nothing until a second person confirms it. Refuses `second-person-needed` for one's own
 * attendance, `meeting-not-now` before the meeting, `correction-over` a month after it, `validation-failed` where the times are not inside it,
 * `corrections-waiting` where three of them wait for this person already.
 */
export async function askOverride({ world }: Taking, { actor, command, params, body }: Asking): Promise<AttendanceLine> {
  const { item, meeting, decides } = await meetingToTake(world, actor, params)
  const now = world.now()
  if (now < meeting.startsAt) throw new Refusal('meeting-not-now', { from: meeting.startsAt, until: correctable(meeting) })
  if (now > correctable(meeting)) throw new Refusal('correction-over')
  const [from, to] = [body.from ?? meeting.startsAt, body.to ?? meeting.endsAt]
  if (from >= to || from < meeting.startsAt || to > meeting.endsAt) throw notInside()
  const { personId } = await seatOf(world.table, params.runId, body.enrollmentId)
  if (personId === actor.personId) throw new Refusal('second-person-needed')
  return untilDone(world, command, async () => {
    const seat = await readSeat(world.table, params.runId, personId)
    const [before, register] = await Promise.all([
      readAttendance(world.table, meeting.id, personId),
      readRegister(world.table, params.runId),
    ])
    const asked: Override = {
      type: 'override',
      id: world.id('checkIn'),
      ...{ present: body.present, from, to, reason: body.reason },
      ...{ askedBy: actor.personId, askedAt: now, decided: null },
    }
    const evidence = withAsked(before?.evidence ?? [], asked)
    const change = { before, meetingId: meeting.id, seat, evidence, action: 'ask-override', by: actor.personId, commandId: command.id }
    const looks = { looks: { personId: actor.personId, decides }, whose: personId }
    const line = attendanceLine(seat, presenceView(meeting, checksOf(register, meeting.id), evidence, ruleFor(item.trade), looks))
    return transact(world, command, attendanceSteps(world, change).steps, line)
  })
}

interface Deciding {
  actor: Actor
  command: Command
  params: OfMeeting & { checkInId: string }
  body: { enrollmentId: string; confirm: boolean }
}

/**
 * Confirms or refuses a correction, as a second manager or registrar of the provider. Refuses `not-found`, `second-person-needed` for who asked, whom it concerns and who only teaches, `correction-over`
 * where it was decided already or a month has passed.
 */
export async function decideOverride({ world }: Taking, { actor, command, params, body }: Deciding): Promise<AttendanceLine> {
  const { item, meeting, decides } = await meetingToTake(world, actor, params)
  const { personId } = await seatOf(world.table, params.runId, body.enrollmentId)
  return untilDone(world, command, async () => {
    const seat = await readSeat(world.table, params.runId, personId)
    const [before, register] = await Promise.all([
      readAttendance(world.table, meeting.id, personId),
      readRegister(world.table, params.runId),
    ])
    const asked = before?.evidence.find((one) => one.type === 'override' && one.id === params.checkInId) as Override | undefined
    if (before === undefined || asked === undefined) throw new Refusal('not-found')
    if (!decides || !isSecond(asked, actor.personId, personId)) throw new Refusal('second-person-needed')
    const now = world.now()
    if (asked.decided !== null || now > correctable(meeting)) throw new Refusal('correction-over')
    const decided = { by: actor.personId, at: now, confirmed: body.confirm }
    const evidence = before.evidence.map((one): Evidence => (one === asked ? { ...asked, decided } : one))
    const action = body.confirm ? 'confirm-override' : 'refuse-override'
    const change = { before, meetingId: meeting.id, seat, evidence, action, by: actor.personId, commandId: command.id }
    const looks = { looks: { personId: actor.personId, decides }, whose: personId }
    const line = attendanceLine(seat, presenceView(meeting, checksOf(register, meeting.id), evidence, ruleFor(item.trade), looks))
    const again = againSteps(world, item.run, register, actor.personId)
    return transact(world, command, [...attendanceSteps(world, change).steps, ...again], line)
  })
}

/**
 * What a run's hours stand on changed: the steps that have them credited anew, where they were credited already or are about to be, and for the first time where nobody took
 * attendance. A meeting that was only corrected does not count as taken, or everybody else would have missed it.
 */
export function againSteps(world: World, run: Run, register: Register | undefined, by: string): Step[] {
  const [now, due] = [world.now(), settleAt(run)]
  if (register !== undefined && register.settledAt === null && plusMinutes(now, 1) < due) return []
  const { id: runId, providerId } = run
  const after = { ...(register ?? { runId, providerId, taken: [], checks: [] }), settledAt: null }
  return registerSteps(world, { before: register, after, dueAt: due > now ? due : now, action: 'credit-again', by })
}

const correctable = ({ endsAt }: { endsAt: string }) => plusMinutes(endsAt, correctDays * 24 * 60)

function notInside(): Refusal {
  const detail = {
    zh: '更正的时间要在这次课之内，结束晚于开始。',
    en: 'The times must lie inside the meeting, the end after the beginning.',
  }
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/from', code: 'out-of-range', detail }] })
}
