import type { Actor } from '@skills/contract/actor.ts'
import { codeAt, graceSeconds, windowSeconds, windowStart } from '@skills/contract/attendance-code.ts'
import type { Kept } from '@skills/contract/attendance.ts'
import type { LateCode } from '@skills/contract/attendance.routes.ts'
import { lateText, signedBy } from '@skills/contract/device-texts.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { hasProof, withKept } from '@skills/core/attendance/add-proof.ts'
import { attendanceSteps, readAttendance, readSeat } from '@skills/core/attendance/attendance.table.ts'
import { readDevices } from '@skills/core/attendance/device.table.ts'
import type { Proof } from '@skills/core/attendance/evidence.ts'
import { doorsOpen, sealOf, secretOf } from '@skills/core/attendance/judge-code.ts'
import { skewMinutes, syncHours } from '@skills/core/attendance/rule.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { transact } from '@skills/core/transact.ts'
import { meetingOf, notByOneself, type Taking } from './meeting-of.ts'

interface Call {
  actor: Actor
  body: { codes: LateCode[] }
}

/**
 * Takes codes that a device scanned without a network and signed then, each for itself: the time that counts is that of the code's window, which only the screen could show. Sending them again
 * changes nothing. They are shown as late, and count once who teaches has vouched for their person.
 */
export async function sendLateCodes(taking: Taking, { actor, body }: Call): Promise<{ results: Kept[] }> {
  const results: Kept[] = []
  for (const code of body.codes) results.push(await outcomeOf(() => sendOne(taking, actor, code)))
  return { results }
}

/** What became of one of several: a refusal is an answer here. */
export async function outcomeOf(work: () => Promise<'taken' | 'known'>): Promise<Kept> {
  try {
    return { outcome: await work(), code: null }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'busy') throw error
    return { outcome: 'refused', code: error.code }
  }
}

/** Until when what was kept without a network is taken. Refuses `sync-over`. */
export function stillTaken(meeting: { endsAt: string }, now: string): void {
  if (now > plusMinutes(meeting.endsAt, syncHours * 60)) throw new Refusal('sync-over')
}

async function sendOne({ world, secretKey }: Taking, actor: Actor, late: LateCode): Promise<'taken' | 'known'> {
  const { personId } = actor
  const { item, meeting } = await meetingOf(world, late)
  await notByOneself(world, actor, late, item)
  const at = windowStart(late.window)
  stillTaken(meeting, world.now())
  doorsOpen(meeting, late.kind, at)
  // A device that was registered once the code was gone saw nothing of it.
  const gone = new Date(Date.parse(at) + (windowSeconds + graceSeconds) * 1000).toISOString()
  const device = (await readDevices(world.table, personId))?.devices.find(({ id, since }) => id === late.deviceId && since <= gone)
  if (device === undefined) throw new Refusal('device-unknown')
  if (!(await signedBy(device.key, lateText(late, late.at), late.signature))) throw new Refusal('signature-wrong')
  const secret = secretOf(secretKey, late.runId, late.meetingId)
  if ((await codeAt(secret, late.meetingId, late.kind, late.window)) !== late.code) throw new Refusal('code-wrong')
  const off = Math.abs(Date.parse(late.at) - Date.parse(at)) / 1000
  if (off > skewMinutes * 60 + windowSeconds + graceSeconds || at > world.now()) throw new Refusal('code-expired')
  const seal = sealOf('late', late.meetingId, late.kind, late.window)
  return untilDone<'taken' | 'known'>(world, undefined, async () => {
    const seat = await readSeat(world.table, late.runId, personId)
    const before = await readAttendance(world.table, late.meetingId, personId)
    if (hasProof(before?.evidence ?? [], seal)) return { answer: 'known', replayed: true }
    const id = world.id('checkIn')
    const { kind, deviceId } = late
    const proof: Proof = { type: 'proof', id, kind, by: 'late-code', at, receivedAt: world.now(), deviceId, recordedBy: null, seal }
    const evidence = withKept(before?.evidence ?? [], proof)
    const change = { before, meetingId: late.meetingId, seat, evidence, action: `late-${late.kind}`, by: personId }
    return transact(world, undefined, attendanceSteps(world, change).steps, 'taken')
  })
}
