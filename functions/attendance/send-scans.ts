import type { Actor } from '@skills/contract/actor.ts'
import type { Kept } from '@skills/contract/attendance.ts'
import { passIsOf, passSeconds, readPass } from '@skills/contract/device-texts.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { hasProof, withKept } from '@skills/core/attendance/add-proof.ts'
import { attendanceSteps, readAttendance, readSeat } from '@skills/core/attendance/attendance.table.ts'
import { ownerOfDevice, readDevices } from '@skills/core/attendance/device.table.ts'
import type { Proof } from '@skills/core/attendance/evidence.ts'
import { doorsOpen, sealOf } from '@skills/core/attendance/judge-code.ts'
import { settleAt } from '@skills/core/attendance/register.ts'
import { readRegister, registerSteps } from '@skills/core/attendance/register.table.ts'
import { skewMinutes } from '@skills/core/attendance/rule.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { transact } from '@skills/core/transact.ts'
import { outcomeOf, stillTaken } from './late-codes.ts'
import { meetingToTake, type OfMeeting, type Taking } from './meeting-of.ts'
import { withTaken } from './take-attendance.ts'

interface Scan {
  pass: string
  kind: 'in' | 'out'
  scannedAt: string
}
interface Call {
  actor: Actor
  params: OfMeeting
  body: { deviceNow: string; scans: Scan[] }
}
type Found = Awaited<ReturnType<typeof meetingToTake>>
type Result = Kept & { maskedName: string | null }

/**
 * Takes passes that who teaches scanned without a network, each for itself and for the coming or leaving that its person signed; sending them again, or from two scanners, loses and doubles nothing. The scanner's clock is set right by what it says now, the
 * phone that showed the pass may be `skewMinutes` off.
 */
export async function sendScans(taking: Taking, { actor, params, body }: Call): Promise<{ results: Result[] }> {
  const { world } = taking
  const found = await meetingToTake(world, actor, params)
  stillTaken(found.meeting, world.now())
  await markTaken(taking, found, actor.personId)
  const off = Date.parse(world.now()) - Date.parse(body.deviceNow)
  const results: Result[] = []
  for (const scan of body.scans) {
    let maskedName: string | null = null
    const at = new Date(Math.min(Date.parse(scan.scannedAt) + off, Date.parse(world.now()))).toISOString()
    const kept = await outcomeOf(() => takeOne(taking, found, actor.personId, { ...scan, scannedAt: at }, (name) => (maskedName = name)))
    results.push({ ...kept, maskedName })
  }
  return { results }
}

/** A run whose passes were scanned had its attendance taken, also where no screen was open. */
async function markTaken({ world }: Taking, { item, meeting }: Found, by: string): Promise<void> {
  await untilDone(world, undefined, async () => {
    const before = await readRegister(world.table, item.run.id)
    const after = withTaken(item, before, { meetingId: meeting.id, at: world.now(), by })
    if (before !== undefined && after.taken.length === before.taken.length) return { answer: true, replayed: true }
    return transact(world, undefined, registerSteps(world, { before, after, dueAt: settleAt(item.run), action: 'open', by }), true)
  })
}

async function takeOne({ world }: Taking, { item, meeting }: Found, by: string, scan: Scan, named: (name: string) => void) {
  const pass = readPass(scan.pass)
  const personId = pass === undefined ? undefined : await ownerOfDevice(world.table, pass.deviceId)
  if (pass === undefined || personId === undefined) throw new Refusal('device-unknown')
  if (personId === by) throw new Refusal('second-person-needed')
  const device = (await readDevices(world.table, personId))?.devices.find(({ id }) => id === pass.deviceId)
  if (device === undefined || !(await passIsOf(pass, device.key))) throw new Refusal('signature-wrong')
  if (pass.kind !== scan.kind) throw new Refusal('pass-for-other')
  const at = scan.scannedAt
  doorsOpen(meeting, scan.kind, at)
  if (Math.abs(Date.parse(pass.at) - Date.parse(at)) > (skewMinutes * 60 + passSeconds) * 1000) throw new Refusal('code-expired')
  const seal = sealOf('pass', meeting.id, scan.pass)
  return untilDone<'taken' | 'known'>(world, undefined, async () => {
    const seat = await readSeat(world.table, item.run.id, personId)
    named(seat.maskedName)
    const before = await readAttendance(world.table, meeting.id, personId)
    if (hasProof(before?.evidence ?? [], seal)) return { answer: 'known', replayed: true }
    const id = world.id('checkIn')
    const from = { deviceId: pass.deviceId, recordedBy: by, seal }
    const proof: Proof = { type: 'proof', id, kind: scan.kind, by: 'pass', at, receivedAt: world.now(), ...from }
    const evidence = withKept(before?.evidence ?? [], proof)
    const change = { before, meetingId: meeting.id, seat, evidence, action: `pass-${scan.kind}`, by }
    return transact(world, undefined, attendanceSteps(world, change).steps, 'taken')
  })
}
