import type { EligibilityRule, Program, RuleSet } from '@skills/contract/funding.ts'
import { levels } from '@skills/contract/taxonomy.ts'
import { dateAt } from '@skills/contract/time.ts'
import { plusMonths } from '../order/civil-date.ts'
import { ageReason } from './eligibility-age.ts'
import { fundingYear, type FundingCase, type FundingFacts, type FundingUse } from './eligibility-case.ts'
import { fundingReason, type FundingReason } from './eligibility-reason.ts'
import { atMostReason, schemeYearReason } from './eligibility-limits.ts'

/** What one rule set says of one case: the kinds of the rules that are met, and why the others are not. Met as a whole when `unmet` is empty. */
export interface Eligibility {
  /** The version that was judged by, or null when none is in force. */
  ruleSet: string | null
  met: EligibilityRule['kind'][]
  unmet: FundingReason[]
}

/** The rule set in force on a civil date; where several are, the one that began last. */
export function ruleSetOn(ruleSets: readonly RuleSet[], on: string): RuleSet | undefined {
  return ruleSets
    .filter(({ from, until }) => from <= on && (until === null || on <= until))
    .reduce<RuleSet | undefined>((latest, set) => (latest === undefined || set.from >= latest.from ? set : latest), undefined)
}

/** Judges a case by the program's rules of its day. All rules are judged, so that a person sees at once everything that stands in the way. */
export function eligibility(program: Pick<Program, 'sponsorId' | 'scheme' | 'ruleSets'>, of: FundingCase): Eligibility {
  const set = ruleSetOn(program.ruleSets, of.on)
  if (set === undefined) return { ruleSet: null, met: [], unmet: [fundingReason('no-rules')] }
  const judged = set.rules.map((rule) => ({ kind: rule.kind, reason: unmet(rule, program, of) }))
  return {
    ruleSet: set.version,
    met: judged.flatMap(({ kind, reason }) => (reason === undefined ? [kind] : [])),
    unmet: judged.flatMap(({ reason }) => reason ?? []),
  }
}

/** Grants that limits count: promised or paid, not given back. */
const counted = (uses: readonly FundingUse[]) => uses.filter(({ state }) => state === 'reserved' || state === 'spent')

function unmet(rule: EligibilityRule, program: Pick<Program, 'sponsorId' | 'scheme'>, of: FundingCase): FundingReason | undefined {
  const { facts, subject } = of
  const earlier = counted(of.uses)
  const all = counted([...of.uses, ...(of.beside ?? [])])
  const same = ({ trade, level }: FundingUse) => subject.trade !== null && trade === subject.trade && level === subject.level
  switch (rule.kind) {
    case 'union-member':
      return unionReason(program.sponsorId, facts, of.on)
    case 'region':
      return regionReason(rule.regions, facts.region)
    case 'employment':
      if (facts.employmentKind === null) return fundingReason('employment-unknown')
      return rule.kinds.includes(facts.employmentKind) ? undefined : fundingReason('employment-not-covered')
    case 'age':
      return ageReason(rule, facts.bornOn, subject.startsOn)
    case 'trade':
      if (subject.trade === null || !rule.trades.includes(subject.trade)) return fundingReason('trade-not-covered')
      if (rule.levels === null || (subject.level !== null && rule.levels.includes(subject.level))) return undefined
      return fundingReason('level-not-covered')
    // What stands beside it on the same seat is one and the same occasion: whether that may be is the stacking policy's question.
    case 'once-per-trade-and-level':
      return earlier.some(same) ? fundingReason('already-subsidized') : undefined
    case 'per-scheme-and-year':
      return schemeYearReason(rule, program.scheme, subject, all)
    case 'at-most':
      return atMostReason(rule, fundingYear(subject), all)
    case 'no-lower-level':
      return higherHeld(of, earlier) ? fundingReason('higher-level-held') : undefined
    case 'not-with':
      return all.some((use) => rule.schemes.includes(use.scheme) && same(use)) ? fundingReason('other-scheme-used') : undefined
    case 'attendance':
      return attendanceReason(rule, facts.noShows, subject.startsOn)
  }
}

function unionReason(sponsorId: string, { unions }: FundingFacts, on: string): FundingReason | undefined {
  const ends = unions.filter(({ path }) => path.includes(sponsorId)).map(({ until }) => until)
  const last = ends.toSorted().at(-1)
  if (last === undefined) return fundingReason('union-unknown')
  return last >= on ? undefined : fundingReason('union-ended', { until: last })
}

/** `460000` means all of 46 and `460100` all of 4601, as the zeros of GB/T 2260 do. */
function regionReason(regions: readonly string[], region: string | null): FundingReason | undefined {
  if (region === null || region === '') return fundingReason('region-unknown')
  const covered = regions.some((code) => region.startsWith(code.replace(/(00){1,2}$/, '')))
  return covered ? undefined : fundingReason('region-not-covered')
}

/** A certificate of a higher level counts, and so does a subsidy for one (answer of the Ministry of Human Resources, 2025-05-22). */
function higherHeld({ facts, subject }: FundingCase, earlier: readonly FundingUse[]): boolean {
  const { trade, level, family } = subject
  if (family !== 'skill-level' || trade === null || level === null) return false
  return [...facts.certificates, ...earlier].some(
    (held) => held.trade === trade && held.level !== null && levels.indexOf(held.level) > levels.indexOf(level),
  )
}

function attendanceReason(
  { withinMonths, mostNoShows }: { withinMonths: number; mostNoShows: number },
  noShows: readonly string[],
  startsOn: string,
): FundingReason | undefined {
  // The civil dates from which each missed run no longer counts, the latest first.
  const counts = noShows
    .map((at) => plusMonths(dateAt(at), withinMonths))
    .filter((date) => date > startsOn)
    .toSorted()
    .toReversed()
  const from = counts[mostNoShows]
  if (from === undefined) return undefined
  return fundingReason('runs-missed', { months: withinMonths, missed: counts.length, most: mostNoShows, from })
}
