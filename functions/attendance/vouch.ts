import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { withMore } from '@skills/core/attendance/add-proof.ts'
import { attendanceSteps, readAttendance, readSeat, seatOf } from '@skills/core/attendance/attendance.table.ts'
import { proofsOf, unconfirmed, type Vouch } from '@skills/core/attendance/evidence.ts'
import { readRegister } from '@skills/core/attendance/register.table.ts'
import { correctDays } from '@skills/core/attendance/rule.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { transact } from '@skills/core/transact.ts'
import { againSteps } from './correct-attendance.ts'
import { meetingToTake, type OfMeeting, type Taking } from './meeting-of.ts'

interface Call {
  actor: Actor
  params: OfMeeting
  body: { enrollmentIds: string[] }
}

/**
 * Says of people whose codes came late that they were there; so these count. Out: of how many it was said now. Refuses `second-person-needed` for oneself,
 * `correction-over` once a month has passed.
 */
export async function vouch({ world }: Taking, { actor, params, body }: Call): Promise<{ vouched: number }> {
  const { item, meeting } = await meetingToTake(world, actor, params)
  if (world.now() > plusMinutes(meeting.endsAt, correctDays * 24 * 60)) throw new Refusal('correction-over')
  let vouched = 0
  for (const enrollmentId of new Set(body.enrollmentIds)) {
    const { personId } = await seatOf(world.table, params.runId, enrollmentId)
    if (personId === actor.personId) throw new Refusal('second-person-needed')
    vouched += await untilDone(world, undefined, async () => {
      const seat = await readSeat(world.table, params.runId, personId)
      const before = await readAttendance(world.table, meeting.id, personId)
      const known = before?.evidence ?? []
      if (!proofsOf(known).some((proof) => unconfirmed(proof, known))) return { answer: 0, replayed: true }
      const said: Vouch = { type: 'vouch', id: world.id('checkIn'), at: world.now(), by: actor.personId }
      const change = { before, meetingId: meeting.id, seat, evidence: withMore(known, said), action: 'vouch', by: actor.personId }
      const again = againSteps(world, item.run, await readRegister(world.table, item.run.id), actor.personId)
      return transact(world, undefined, [...attendanceSteps(world, change).steps, ...again], 1)
    })
  }
  return { vouched }
}
