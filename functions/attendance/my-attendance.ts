import type { Actor, Page } from '@skills/contract/actor.ts'
import type { MyAttendance } from '@skills/contract/attendance.ts'
import { readAttendances } from '@skills/core/attendance/attendance.table.ts'
import { taughtMeetings } from '@skills/core/attendance/credit.ts'
import { readCredit } from '@skills/core/attendance/credit.table.ts'
import { deviceNow } from '@skills/core/attendance/device.ts'
import { readDevices } from '@skills/core/attendance/device.table.ts'
import { presenceView } from '@skills/core/attendance/presence-view.ts'
import { readRegister } from '@skills/core/attendance/register.table.ts'
import { ruleFor } from '@skills/core/attendance/rule.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { enrollmentItemOf, type EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { readEnrollments } from '@skills/core/enrollment/enrollment.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { checksOf } from './check-in.ts'
import type { Taking } from './meeting-of.ts'

interface Call {
  actor: Actor
  page: Page
}
interface Mine {
  personId: string
  device: { id: string; since: string } | null
  now: string
  items: MyAttendance[]
  next: string | null
}

/** What the caller was shown to have attended, of each run she has a seat in, newest first: minutes, evidence, what is missing. With her device, and our clock. */
export async function listMyAttendance({ world }: Taking, { actor, page }: Call): Promise<Mine> {
  const prefix = keys.enrollment.key(actor.personId, '').sk
  const after = page.after === undefined ? undefined : `${prefix}${page.after}`
  const [enrollments, devices] = await Promise.all([
    readEnrollments(world, actor.personId, page.limit, after),
    readDevices(world.table, actor.personId),
  ])
  const seats = enrollments.map(enrollmentItemOf).filter((one) => one !== undefined)
  const active = seats.filter(({ enrollment }) => enrollment.state === 'active')
  const items = await Promise.all(active.map((seat) => mine(world, seat)))
  const device = deviceNow(devices)
  const last = seats.at(-1)
  return {
    personId: actor.personId,
    device: device === undefined ? null : { id: device.id, since: device.since },
    now: world.now(),
    items: items.filter((one) => one !== undefined),
    next: seats.length < page.limit || last === undefined ? null : last.enrollment.id,
  }
}

async function mine(world: World, { personId, enrollment }: EnrollmentItem): Promise<MyAttendance | undefined> {
  const item = await readRun(world.table, enrollment.runId)
  if (item === undefined || item.run.state === 'cancelled') return undefined
  const meetings = taughtMeetings(item.run)
  const venueIds = [...new Set(meetings.flatMap(({ venueId }) => (venueId === null ? [] : [venueId])))]
  const [shown, register, credit, venues] = await Promise.all([
    readAttendances(
      world.table,
      meetings.map(({ id }) => id),
      personId,
    ),
    readRegister(world.table, item.run.id),
    readCredit(world, personId, item.run.id),
    readItems(
      world.table,
      venueIds.map((id) => keys.venue.key(id)),
    ),
  ])
  const rule = ruleFor(item.trade)
  const looks = { looks: { personId, decides: false }, whose: personId }
  return {
    runId: item.run.id,
    enrollmentId: enrollment.id,
    title: item.title,
    runName: item.run.name,
    providerName: item.providerName,
    completePercent: rule.completePercent,
    credit: credit === undefined || credit.enrollmentId !== enrollment.id ? null : pick(credit),
    meetings: meetings.map(({ id, startsAt, endsAt, kind, venueId, room }) => {
      const venue = venues[venueIds.indexOf(venueId ?? '')]?.['venue'] as
        { name: { zh: string; en: string }; address: { zh: string; en: string } } | undefined
      const evidence = shown.find(({ meetingId }) => meetingId === id)?.evidence ?? []
      return {
        meetingId: id,
        ...{ startsAt, endsAt, kind, room },
        venue: venue === undefined ? null : { name: venue.name, address: venue.address },
        presence: presenceView({ startsAt, endsAt }, checksOf(register, id), evidence, rule, looks),
      }
    }),
  }
}

const pick = ({ outcome, minutes, outOfMinutes, hours, rule }: NonNullable<MyAttendance['credit']>) => ({
  outcome,
  minutes,
  outOfMinutes,
  hours,
  rule,
})
