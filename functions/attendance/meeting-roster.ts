import type { Actor, Page } from '@skills/contract/actor.ts'
import type { AttendanceLine } from '@skills/contract/attendance.ts'
import { attendanceOf, readSeats } from '@skills/core/attendance/attendance.table.ts'
import { attendanceLine, presenceView } from '@skills/core/attendance/presence-view.ts'
import { readRegister } from '@skills/core/attendance/register.table.ts'
import { ruleFor } from '@skills/core/attendance/rule.ts'
import { indexes, keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import { checksOf } from './check-in.ts'
import { meetingToTake, type OfMeeting, type Taking } from './meeting-of.ts'

interface Call {
  actor: Actor
  params: OfMeeting
  page: Page
}

/** Who has a seat and what was shown of each, a page of the roster at a time (a page may hold fewer than were read). Names are masked. */
export async function listAttendance(
  { world }: Taking,
  { actor, params, page }: Call,
): Promise<{ items: AttendanceLine[]; next: string | null }> {
  const { item, meeting, decides } = await meetingToTake(world, actor, params)
  const { pk, sk } = indexes.rosterOfRun
  const [person = '', enrollment = ''] = page.after?.split(' ') ?? []
  const after = page.after === undefined ? undefined : { ...keys.enrollment.key(person, enrollment), [pk]: params.runId, [sk]: enrollment }
  const [{ seats, next }, register] = await Promise.all([
    readSeats(world.table, params.runId, { limit: page.limit, after }),
    readRegister(world.table, params.runId),
  ])
  const active = seats.filter((seat) => seat.enrollment.state === 'active')
  const found = await readItems(
    world.table,
    active.map(({ personId }) => keys.attendance.key(meeting.id, personId)),
  )
  const checks = checksOf(register, meeting.id)
  const looks = { personId: actor.personId, decides }
  const items = active.map((seat, place) => {
    const evidence = attendanceOf(found[place])?.evidence ?? []
    return attendanceLine(seat, presenceView(meeting, checks, evidence, ruleFor(item.trade), { looks, whose: seat.personId }))
  })
  const last = seats.at(-1)
  return { items, next: next === undefined || last === undefined ? null : `${last.personId} ${last.enrollment.id}` }
}
