import type { Quiet } from '@skills/contract/notices.ts'
import { clockAt, dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'

/** The instant at which the quiet hours end that it is now in, or undefined outside of them. Hours are Beijing's and may go past midnight; `null` is none. */
export function quietEnd(quiet: Quiet | null, now: string): string | undefined {
  if (quiet === null) return undefined
  const { from, to } = quiet
  const clock = clockAt(now)
  const inside = from < to ? clock >= from && clock < to : clock >= from || clock < to
  if (!inside) return undefined
  const today = dateAt(now)
  return instantOf(clock < to ? today : dateAt(plusMinutes(now, 24 * 60)), to)
}
