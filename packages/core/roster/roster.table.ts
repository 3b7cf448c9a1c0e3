import type { Page } from '@skills/contract/actor.ts'
import type { RosterLine, SoFar } from '@skills/contract/learners.routes.ts'
import { attendanceOf, readSeats } from '../attendance/attendance.table.ts'
import { creditOf } from '../attendance/credit.table.ts'
import type { Register } from '../attendance/register.ts'
import { readRegister } from '../attendance/register.table.ts'
import type { RunItem } from '../catalog/run-item.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { indexes, keys } from '../keys.ts'
import { consents } from '../people/consent.ts'
import { readItems, type Table } from '../table.ts'
import { soFar } from './so-far.ts'

/**
 * A page of a run's roster by the index roster-of-run, in the order of enrolling, with what is known of each one's attendance and whether she may be contacted. `next` is the position of
 * the next page, made of ids only, or null at the end. The index may be a moment behind. `named`: the ids of persons are said.
 */
export async function readRoster(
  table: Table,
  item: RunItem,
  page: Page,
  named: boolean,
): Promise<{ items: RosterLine[]; next: string | null }> {
  const runId = item.run.id
  const { pk, sk } = indexes.rosterOfRun
  const [person = '', enrollment = ''] = page.after?.split(' ') ?? []
  const after = page.after === undefined ? undefined : { ...keys.enrollment.key(person, enrollment), [pk]: runId, [sk]: enrollment }
  const [{ seats, next }, register] = await Promise.all([readSeats(table, runId, { limit: page.limit, after }), readRegister(table, runId)])
  const [consented, known] = await Promise.all([
    readItems(
      table,
      seats.map(({ personId }) => keys.consent.key(personId, 'provider-contact')),
    ),
    register === undefined ? seats.map(() => null) : attended(table, item, register, seats),
  ])
  const items = seats.map(({ enrollment: { id, state, claimedAt }, personId, maskedName }, place): RosterLine => {
    // Held and lapsed ones have no place in this index.
    const active = state === 'active'
    return {
      enrollmentId: id,
      personId: named ? personId : null,
      maskedName,
      state: active ? 'active' : 'cancelled',
      claimedAt,
      soFar: known[place] ?? null,
      mayContact: active && consents(consented[place], 'provider-contact'),
    }
  })
  return {
    items,
    next: next === undefined ? null : `${String(next['pk']).slice(keys.enrollment.key('', '').pk.length)} ${String(next[sk])}`,
  }
}

async function attended(table: Table, item: RunItem, register: Register, seats: readonly EnrollmentItem[]): Promise<SoFar[]> {
  const taken = register.taken.map(({ meetingId }) => meetingId)
  const [credits, shown] = await Promise.all([
    readItems(
      table,
      seats.map(({ personId }) => keys.credit.key(personId, item.run.id)),
    ),
    readItems(
      table,
      seats.flatMap(({ personId }) => taken.map((meetingId) => keys.attendance.key(meetingId, personId))),
    ),
  ])
  return seats.map((seat, place) => {
    const own = shown.slice(place * taken.length, (place + 1) * taken.length).flatMap((one) => attendanceOf(one) ?? [])
    const credit = creditOf(credits[place])
    return soFar(item, register, own, credit?.enrollmentId === seat.enrollment.id ? credit : undefined)
  })
}
