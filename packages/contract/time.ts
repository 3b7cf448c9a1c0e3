import * as z from 'zod/mini'

/** The zone of every civil date in the house unless another is named. It has had no clock changes since 1991. */
export const zone = 'Asia/Shanghai'
const offsetMs = 8 * 3_600_000

/** An instant as `2026-11-21T02:00:00.000Z`: UTC, milliseconds, so that texts sort as time does. */
export const Instant = z.string().check(
  z.refine((text) => {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return false
    const time = Date.parse(text)
    return !Number.isNaN(time) && new Date(time).toISOString() === text
  }, 'instant'),
)

/** A civil date as `2026-11-21` in `zone`; a date that no calendar has is refused. */
export const CivilDate = z.string().check(z.refine(isCivilDate, 'date'))

/** Whether the text is a date that exists, between 1900 and 2199. */
export function isCivilDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** The civil date in `zone` at an instant. */
export function dateAt(instant: string): string {
  return new Date(Date.parse(instant) + offsetMs).toISOString().slice(0, 10)
}

/** The wall clock `HH:MM` in `zone` at an instant. */
export function clockAt(instant: string): string {
  return new Date(Date.parse(instant) + offsetMs).toISOString().slice(11, 16)
}

/** The instant of a civil date and `HH:MM` in `zone`. */
export function instantOf(date: string, clock: string): string {
  return new Date(Date.parse(`${date}T${clock}:00.000Z`) - offsetMs).toISOString()
}

/** An instant moved by minutes. */
export function plusMinutes(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString()
}

/** Full years between a birth date and a civil date, as Chinese law counts them: a year older on the birthday. */
export function ageOn(bornOn: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return date.slice(5) < bornOn.slice(5) ? years - 1 : years
}
