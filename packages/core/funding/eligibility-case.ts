import type { EmploymentKind, Family, Level as LevelSchema } from '@skills/contract/taxonomy.ts'
import type { Grant } from '@skills/contract/order.ts'
import type * as z from 'zod/mini'

type Level = z.infer<typeof LevelSchema>

/** What is known of a person when subsidies are judged; null where the profile does not say. */
export interface FundingFacts {
  bornOn: string | null
  /** Six digits. */
  region: string | null
  employmentKind: z.infer<typeof EmploymentKind> | null
  certificates: readonly { trade: string; level: Level | null }[]
  /** From rosters: the union, its path from the root of the tree down to it, and the last civil date the flag holds. */
  unions: readonly { sponsorId: string; path: readonly string[]; until: string }[]
  /** Instants of the first meetings of runs that were missed. */
  noShows: readonly string[]
}

/** What would be subsidized. `startsOn` is the civil date of the first meeting: ages, periods and yearly limits count by it. */
export interface FundingSubject {
  courseId: string
  trade: string | null
  level: Level | null
  family: z.infer<typeof Family>
  startsOn: string
}

/** A grant as the limits count it. Reserved and spent ones count, voided and returned ones do not. */
export type FundingUse = Pick<Grant, 'programId' | 'scheme' | 'year' | 'trade' | 'level' | 'state'>

/** One person, one seat, one day: everything that eligibility is judged on. */
export interface FundingCase {
  /** The civil date of the decision: rule sets and union memberships must be in force on it. */
  on: string
  facts: FundingFacts
  subject: FundingSubject
  /** Every earlier grant of the person, by whatever program. */
  uses: readonly FundingUse[]
  /** Grants that would stand beside this one on the same seat. */
  beside?: readonly FundingUse[]
}

/** The civil year a subsidy counts for: that of the first meeting. */
export function fundingYear(subject: Pick<FundingSubject, 'startsOn'>): string {
  return subject.startsOn.slice(0, 4)
}
