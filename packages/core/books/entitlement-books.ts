import type { EligibilityRule, Program } from '@skills/contract/funding.ts'
import type { Schedule } from '../enrollment/schedule.ts'
import { atMostReason, schemeYearReason } from '../funding/eligibility-limits.ts'
import { keys } from '../keys.ts'
import type { Books, Violation } from './books.ts'
import type { Granted } from './grant-books.ts'

/**
 * B5 of one person. In: the grants that are promised or paid. Each counts exactly once in her schedule; and each is judged once more by the rules of the version
 * that granted it, against what she had then: the same trade and level once, so often in a year of the scheme, so often over schemes. What a review granted is not.
 */
export function checkEntitlement(books: Books, person: string, grants: readonly Granted[]): Violation[] {
  const found: Violation[] = []
  const { uses = [] } = (books.find(keys.schedule.key(person).pk, 'SCHEDULE') ?? {}) as Partial<Schedule>
  // Claims of one person take turns, and each adds its own at the end: so this is the order in which they were decided.
  const turn = new Map(uses.map(({ grantId }, place) => [grantId, place]))
  for (const grant of grants) {
    if (uses.filter(({ grantId }) => grantId === grant.id).length !== 1)
      found.push({ code: 'B5', at: grant.at, says: 'a grant does not count exactly once in its person’s entitlement' })
    if (grant.reviewId !== null) continue
    const own = turn.get(grant.id) ?? -1
    const earlier = grants.filter(({ id, enrollmentId }) => enrollmentId !== grant.enrollmentId && (turn.get(id) ?? own) < own)
    const beside = grants.filter(({ id, enrollmentId }) => enrollmentId === grant.enrollmentId && id !== grant.id)
    for (const rule of rulesOf(books, grant)) {
      const says = beyond(rule, grant, earlier, beside)
      if (says !== undefined) found.push({ code: 'B5', at: grant.at, says })
    }
  }
  return found
}

/** The rules of the version that granted it; they keep their content once a program has set money aside. */
function rulesOf(books: Books, { programId, ruleSet }: Granted): readonly EligibilityRule[] {
  const program = books.find(keys.program.key(programId).pk, 'PROGRAM')?.['program'] as Program | undefined
  return program?.ruleSets.find(({ version }) => version === ruleSet)?.rules ?? []
}

/** Which limit of a rule a grant is beyond. What was given back since counted then as well: so what is beyond a limit by what is left was beyond it. */
function beyond(rule: EligibilityRule, grant: Granted, earlier: readonly Granted[], beside: readonly Granted[]): string | undefined {
  const { trade, level, scheme, year } = grant
  if (rule.kind === 'once-per-trade-and-level')
    return trade !== null && earlier.some((one) => one.trade === trade && one.level === level)
      ? 'the same trade and level is subsidized twice'
      : undefined
  const all = [...earlier, ...beside]
  if (rule.kind === 'per-scheme-and-year')
    return schemeYearReason(rule, scheme, { trade, startsOn: `${year}-01-01` }, all) === undefined
      ? undefined
      : 'more subsidies of a scheme in a year than its rules allow'
  if (rule.kind === 'at-most') return atMostReason(rule, year, all) === undefined ? undefined : 'more subsidies than its rules allow'
  return undefined
}
