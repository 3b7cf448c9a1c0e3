/** One year's public holidays as they were arranged, beside the weekends. Dates are civil dates in China. */
export interface HolidayCalendar {
  year: string
  /** Set where the State Council has not arranged the year yet: why these days are not final. */
  provisional: string | null
  source: { title: string; document: string }
  /** Days off, from and until, both included; weekends inside them are named too. */
  off: readonly (readonly [from: string, until: string])[]
  /** Weekend days that are worked instead (调休上班). */
  worked: readonly string[]
}
