import type { Actor, Command } from '@skills/contract/actor.ts'
import type { CodeKind } from '@skills/contract/attendance-code.ts'
import type { PresenceView } from '@skills/contract/attendance.ts'
import { answerText, signedBy } from '@skills/contract/device-texts.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { hasProof, withCode } from '@skills/core/attendance/add-proof.ts'
import { attendanceSteps, readAttendance, readSeat } from '@skills/core/attendance/attendance.table.ts'
import { challengeSeconds, openChallenge, sealChallenge } from '@skills/core/attendance/challenge.ts'
import type { Proof } from '@skills/core/attendance/evidence.ts'
import { doorsOpen, judgeCode, sealOf, secretOf } from '@skills/core/attendance/judge-code.ts'
import { presenceView } from '@skills/core/attendance/presence-view.ts'
import type { Register } from '@skills/core/attendance/register.ts'
import { readRegister } from '@skills/core/attendance/register.table.ts'
import { ruleFor } from '@skills/core/attendance/rule.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { transact } from '@skills/core/transact.ts'
import { meetingOf, notByOneself, type OfMeeting, type Taking } from './meeting-of.ts'
import { deviceInHand } from './my-device.ts'

interface Asking {
  actor: Actor
  params: OfMeeting
  query: { code: string; device: string }
}

/**
 * Takes a code that the caller scanned and gives her device a challenge. The server's clock alone says whether the code is the one that stands on the screen, so a phone
 * whose clock is wrong does no harm. Everything that would be refused is refused here already, `second-person-needed` for who takes this attendance herself. Writes nothing.
 */
export async function askCheckIn(
  { world, secretKey }: Taking,
  { actor, params, query }: Asking,
): Promise<{ challenge: string; kind: CodeKind; until: string }> {
  const now = world.now()
  const { item, meeting } = await meetingOf(world, params)
  await readSeat(world.table, params.runId, actor.personId)
  const device = await deviceInHand(world, actor.personId, query.device)
  await notByOneself(world, actor, params, item)
  const secret = secretOf(secretKey, params.runId, params.meetingId)
  const { kind, window } = await judgeCode(secret, params.meetingId, query.code, now)
  doorsOpen(meeting, kind, now)
  const [attendance, register] = await Promise.all([
    readAttendance(world.table, params.meetingId, actor.personId),
    readRegister(world.table, params.runId),
  ])
  begun(register, params.meetingId)
  const would: Proof = {
    type: 'proof',
    id: '',
    kind,
    by: 'code',
    at: now,
    receivedAt: now,
    deviceId: device.id,
    recordedBy: null,
    seal: '',
  }
  withCode(attendance?.evidence ?? [], would, checksOf(register, params.meetingId))
  const challenge = { personId: actor.personId, ...params, deviceId: device.id, kind, window, at: now, chance: world.secret(12) }
  return {
    challenge: sealChallenge(secretKey, challenge),
    kind,
    until: new Date(Date.parse(now) + challengeSeconds * 1000).toISOString(),
  }
}

interface Answering {
  actor: Actor
  command: Command
  params: OfMeeting
  body: { challenge: string; signature: string }
}

/** Takes a device's answer to its challenge: from then on it is shown that its person was there at the instant of the scan. One answer, one proof. */
export async function checkIn(
  { world, secretKey }: Taking,
  { actor, command, params, body }: Answering,
): Promise<{ kind: CodeKind; at: string; presence: PresenceView }> {
  return untilDone(world, command, async () => {
    const { item, meeting } = await meetingOf(world, params)
    const seat = await readSeat(world.table, params.runId, actor.personId)
    const now = world.now()
    const { kind, at, deviceId } = openChallenge(secretKey, body.challenge, { ...params, personId: actor.personId }, now)
    const device = await deviceInHand(world, actor.personId, deviceId)
    if (!(await signedBy(device.key, answerText(body.challenge), body.signature))) throw new Refusal('signature-wrong')
    const [before, register] = await Promise.all([
      readAttendance(world.table, params.meetingId, actor.personId),
      readRegister(world.table, params.runId),
    ])
    begun(register, params.meetingId)
    const known = before?.evidence ?? []
    const seal = sealOf('code', body.challenge)
    if (hasProof(known, seal)) throw new Refusal('already-checked-in', { at })
    const id = world.id('checkIn')
    const proof: Proof = { type: 'proof', id, kind, by: 'code', at, receivedAt: now, deviceId, recordedBy: null, seal }
    const checks = checksOf(register, params.meetingId)
    const evidence = withCode(known, proof, checks)
    const change = { before, meetingId: meeting.id, seat, evidence, action: `check-${kind}`, by: actor.personId, commandId: command.id }
    const looks = { looks: { personId: actor.personId, decides: false }, whose: actor.personId }
    const presence = presenceView(meeting, checks, evidence, ruleFor(item.trade), looks)
    return transact(world, command, attendanceSteps(world, change).steps, { kind, at, presence })
  })
}

/**
 * What is shown at once counts for and against everybody only where somebody takes attendance: no run is credited without, and no worker begins it for the others. Refuses
 * `attendance-not-open`. What is brought late is taken all the same, for it could not be shown again.
 */
function begun(register: Register | undefined, meetingId: string): void {
  if (!register?.taken.some((one) => one.meetingId === meetingId)) throw new Refusal('attendance-not-open')
}

/** The checks of one meeting. */
export function checksOf<T extends { meetingId: string }>(register: { checks: T[] } | undefined, meetingId: string): T[] {
  return (register?.checks ?? []).filter((check) => check.meetingId === meetingId)
}
