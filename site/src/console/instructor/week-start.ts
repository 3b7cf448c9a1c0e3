import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { weekdayOf } from '../../dates.ts'

/** The instant at which a week begins in Beijing: that of an instant, or of now where the address holds none. */
export function weekStart(instant: string | undefined): string {
  const known = instant !== undefined && !Number.isNaN(Date.parse(instant))
  const date = dateAt(known ? instant : new Date().toISOString())
  return plusMinutes(instantOf(date, '00:00'), -((weekdayOf(date) + 6) % 7) * 24 * 60)
}
