import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { weekdayOf } from '../../dates.ts'

/** The instant at which a day begins in Beijing: that of an instant, or of now where the address holds none. */
export function dayStart(instant: string | undefined): string {
  const known = instant !== undefined && !Number.isNaN(Date.parse(instant))
  return instantOf(dateAt(known ? instant : new Date().toISOString()), '00:00')
}

/** The instant at which a week begins in Beijing: that of an instant, or of now where the address holds none. */
export function weekStart(instant: string | undefined): string {
  const day = dayStart(instant)
  return plusMinutes(day, -((weekdayOf(dateAt(day)) + 6) % 7) * 24 * 60)
}
