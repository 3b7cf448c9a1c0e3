import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { Limits } from '../enrollment/limits.ts'
import { unpaidMinutes } from '../enrollment/schedule.ts'
import { keys } from '../keys.ts'
import { readItem, type Table } from '../table.ts'
import type { Step } from '../transact.ts'

/** What an employer holds unpaid, and when group orders of its own ended unpaid, the latest first: as many as could count. */
export interface EmployerQuota {
  unpaidSeats: number
  unpaidEnds: string[]
}

/** An employer's quota, strongly read. */
export async function readQuota(table: Table, employerId: string): Promise<EmployerQuota> {
  return { unpaidSeats: 0, unpaidEnds: [], ...((await readItem(table, keys.employerQuota.key(employerId))) as EmployerQuota | undefined) }
}

/** What keeps an employer from so many unpaid seats more now: `unpaid-too-often` until the first of those that ended is a day old, or `quota-reached`; undefined: nothing. */
export function overQuota({ unpaidSeats, unpaidEnds }: EmployerQuota, seats: number, limits: Limits, now: string): Refusal | undefined {
  const { employerHolds, employerUnpaidHolds: most } = limits
  const until = most === 0 ? undefined : unpaidEnds[most - 1]
  if (until !== undefined && until > plusMinutes(now, -unpaidMinutes))
    return new Refusal('unpaid-too-often', { most, until: plusMinutes(until, unpaidMinutes) })
  return unpaidSeats + seats > employerHolds ? new Refusal('quota-reached', { most: employerHolds }) : undefined
}

/** So many unpaid seats more for an employer, while `overQuota` has nothing against it. Fails by the name `quota`. */
export function takeQuota(employerId: string, seats: number, { employerHolds, employerUnpaidHolds }: Limits, now: string): Step {
  const often = `unpaidEnds[${employerUnpaidHolds - 1}]`
  const room = '(attribute_not_exists(unpaidSeats) OR unpaidSeats <= :room)'
  const limited = employerUnpaidHolds > 0
  return {
    name: 'quota',
    update: {
      key: keys.employerQuota.key(employerId),
      set: 'SET unpaidSeats = if_not_exists(unpaidSeats, :none) + :seats',
      condition: limited ? `${room} AND (attribute_not_exists(${often}) OR ${often} <= :since)` : room,
      values: {
        ...{ ':none': 0, ':seats': seats, ':room': employerHolds - seats },
        ...(limited ? { ':since': plusMinutes(now, -unpaidMinutes) } : {}),
      },
    },
  }
}

/** The same seats no longer unpaid: paid for, or given up with their run. Fails by the name `quota`. */
export function releaseQuota(employerId: string, seats: number): Step {
  return {
    name: 'quota',
    update: {
      key: keys.employerQuota.key(employerId),
      set: 'SET unpaidSeats = unpaidSeats - :seats',
      condition: 'unpaidSeats >= :seats',
      values: { ':seats': seats },
    },
  }
}

/** The same where nobody paid for them: the instant is kept. In: the quota as it was read. Fails by the name `quota`. */
export function releaseUnpaid(employerId: string, seats: number, { unpaidEnds }: EmployerQuota, limits: Limits, now: string): Step {
  return {
    name: 'quota',
    update: {
      key: keys.employerQuota.key(employerId),
      set: 'SET unpaidSeats = unpaidSeats - :seats, unpaidEnds = :ends',
      condition: `unpaidSeats >= :seats AND ${unpaidEnds.length === 0 ? '(attribute_not_exists(unpaidEnds) OR unpaidEnds = :seen)' : 'unpaidEnds = :seen'}`,
      values: { ':seats': seats, ':seen': unpaidEnds, ':ends': [now, ...unpaidEnds].slice(0, limits.employerUnpaidHolds) },
    },
  }
}
