import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Meeting } from '@skills/contract/catalog.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { readMeeting } from '@skills/core/attendance/attendance.table.ts'
import { proofsOf } from '@skills/core/attendance/evidence.ts'
import { checkTimes, doorsAreOpen, doorsOpen, secretOf } from '@skills/core/attendance/judge-code.ts'
import type { Check } from '@skills/core/attendance/presence.ts'
import { settleAt, type Register } from '@skills/core/attendance/register.ts'
import { readRegister, registerSteps } from '@skills/core/attendance/register.table.ts'
import { checkMinutes } from '@skills/core/attendance/rule.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { transact } from '@skills/core/transact.ts'
import { checksOf } from './check-in.ts'
import { meetingToTake, type OfMeeting, type Taking } from './meeting-of.ts'

interface Call {
  actor: Actor
  command: Command
  params: OfMeeting
}

/** The register of a run with a meeting marked as taken, as it would be written. */
export function withTaken({ run }: RunItem, before: Register | undefined, taken: { meetingId: string; at: string; by: string }) {
  const register = before ?? { runId: run.id, providerId: run.providerId, taken: [], checks: [], settledAt: null }
  const known = register.taken.some(({ meetingId }) => meetingId === taken.meetingId)
  return known ? register : { ...register, taken: [...register.taken, taken], settledAt: null }
}

/** Begins to take attendance of a meeting; from then on its evidence counts for and against people. Again: the same answer. */
export async function openAttendance({ world }: Taking, { actor, command, params }: Call): Promise<{ meetingId: string; at: string }> {
  return untilDone(world, command, async () => {
    const { item, meeting } = await meetingToTake(world, actor, params)
    doorsOpen(meeting, world.now() <= meeting.endsAt ? 'in' : 'out', world.now())
    const before = await readRegister(world.table, params.runId)
    const after = withTaken(item, before, { meetingId: meeting.id, at: world.now(), by: actor.personId })
    const at = after.taken.find(({ meetingId }) => meetingId === meeting.id)?.at ?? world.now()
    const answer = { meetingId: meeting.id, at }
    if (before !== undefined && after.taken.length === before.taken.length) return { answer, replayed: true }
    const change = { before, after, dueAt: settleAt(item.run), action: 'open', by: actor.personId, commandId: command.id }
    return transact(world, command, registerSteps(world, change), answer)
  })
}

/** Calls for a check: who is there answers within three minutes. While one is open, it is that one. */
export async function openCheck({ world }: Taking, { actor, command, params }: Call): Promise<Check> {
  return untilDone(world, command, async () => {
    const { item, meeting } = await meetingToTake(world, actor, params)
    const now = world.now()
    doorsOpen(meeting, 'mid', now)
    const before = await readRegister(world.table, params.runId)
    const open = checksOf(before, meeting.id).find(({ at, until }) => at <= now && now <= until)
    if (open !== undefined) return { answer: { id: open.id, at: open.at, until: open.until }, replayed: true }
    const check = { id: world.id('checkIn'), at: now, until: plusMinutes(now, checkMinutes) }
    const taken = withTaken(item, before, { meetingId: meeting.id, at: now, by: actor.personId })
    const after = { ...taken, settledAt: null, checks: [...taken.checks, { meetingId: meeting.id, ...check }] }
    const change = { before, after, dueAt: settleAt(item.run), action: 'check', by: actor.personId, commandId: command.id }
    return transact(world, command, registerSteps(world, change), check)
  })
}

export interface Screen {
  title: Text
  runName: Text
  meeting: Meeting
  secret: string | null
  now: string
  opened: boolean
  checkTimes: string[]
  checks: Check[]
  enrolled: number
  here: number
  left: number
}

/** What the screen of who teaches needs: the secret of its codes and when to call for checks (both only while doors are open), and how many came. */
export async function getCode({ world, secretKey }: Taking, { actor, params }: Omit<Call, 'command'>): Promise<Screen> {
  const { item, meeting } = await meetingToTake(world, actor, params)
  const [register, came, heads] = await Promise.all([
    readRegister(world.table, params.runId),
    readMeeting(world.table, meeting.id),
    readHeads(world.table, params.runId, item.shards),
  ])
  const last = came.flatMap(({ evidence }) => proofsOf(evidence).slice(-1))
  const secret = secretOf(secretKey, params.runId, meeting.id)
  const open = doorsAreOpen(meeting, world.now())
  return {
    title: item.title,
    runName: item.run.name,
    meeting,
    secret: open ? secret : null,
    now: world.now(),
    opened: register?.taken.some(({ meetingId }) => meetingId === meeting.id) ?? false,
    checkTimes: !open ? [] : checkTimes(secret, meeting.id, meeting),
    checks: checksOf(register, meeting.id).map(({ id, at, until }) => ({ id, at, until })),
    enrolled: heads.reduce((sum, { sold }) => sum + sold, 0),
    here: last.filter(({ kind }) => kind !== 'out').length,
    left: last.filter(({ kind }) => kind === 'out').length,
  }
}
