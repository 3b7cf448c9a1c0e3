import { clockAt, dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { plusDays } from '../order/civil-date.ts'

/** How far around is looked, in days. */
export const nearDays = 7
const stepMinutes = 30
const [firstClock, lastClock] = ['08:00', '22:00']
const mostOfEach = 2

/**
 * Hours as long as the wanted ones that could be had instead: up to two on the same day (nearest first), and up to two at the same clock on other days within a week. Nothing that has
 * begun. In: whether hours that begin at an instant fit; asked no more often than needed.
 */
export function nearHours(
  wanted: { from: string; to: string },
  now: string,
  fits: (hours: { from: string; to: string }) => boolean,
): { from: string; to: string }[] {
  const length = (Date.parse(wanted.to) - Date.parse(wanted.from)) / 60_000
  const hoursAt = (from: string) => ({ from, to: plusMinutes(from, length) })
  const distance = (from: string) => Math.abs(Date.parse(from) - Date.parse(wanted.from))
  const date = dateAt(wanted.from)
  const sameDay: string[] = []
  for (let from = instantOf(date, firstClock); hoursAt(from).to <= instantOf(date, lastClock); from = plusMinutes(from, stepMinutes))
    if (from !== wanted.from) sameDay.push(from)
  const otherDays = Array.from({ length: nearDays }, (_, day) => day + 1).flatMap((day) =>
    [day, -day].map((shift) => instantOf(plusDays(date, shift), clockAt(wanted.from))),
  )
  const found: string[] = []
  for (const candidates of [sameDay, otherDays]) {
    let left = mostOfEach
    for (const from of candidates.toSorted((a, b) => distance(a) - distance(b))) {
      if (left === 0) break
      if (from <= now || !fits(hoursAt(from))) continue
      found.push(from)
      left -= 1
    }
  }
  return found.toSorted().map(hoursAt)
}
