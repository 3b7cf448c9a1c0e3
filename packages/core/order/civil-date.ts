const dayMs = 86_400_000
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const msOf = (date: string) => Date.parse(`${date}T00:00:00Z`)

/** The civil date so many days later (or earlier, below zero). */
export function plusDays(date: string, days: number): string {
  return dateOf(msOf(date) + days * dayMs)
}

/** The day of the week, Monday 1 to Sunday 7 (ISO 8601). */
export function weekdayOf(date: string): number {
  return new Date(msOf(date)).getUTCDay() || 7
}

/** Saturday or Sunday. */
export function isWeekend(date: string): boolean {
  return weekdayOf(date) > 5
}

/** The same day so many months later; where that month is too short, its last day (民法典 art. 202). */
export function plusMonths(date: string, months: number): string {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const last = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate()
  return dateOf(Date.UTC(Math.floor(count / 12), count % 12, Math.min(Number(date.slice(8)), last)))
}
