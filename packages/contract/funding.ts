import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { EmploymentKind, Level } from './taxonomy.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

/** A union that pays for seats. Unions form a tree: a member of one is a member of every union above it. */
export const sponsorLevels = ['province', 'city', 'district', 'industry', 'firm'] as const
export const Sponsor = z.strictObject({
  id: idOf('sponsor'),
  name: Text,
  level: z.enum(sponsorLevels),
  parentId: z.nullable(idOf('sponsor')),
  /** From the root of the tree down to and with the sponsor itself. */
  path: z.array(idOf('sponsor')).check(z.minLength(1), z.maxLength(8)),
  region: z.string().check(z.regex(/^\d{6}$/)),
  /** Its unified social credit code; absent where nobody entered one. */
  uscc: z.optional(z.string().check(z.regex(/^[0-9A-Z]{18}$/))),
})
export type Sponsor = z.infer<typeof Sponsor>

/** A union with the number of its last change, which who changes it next must have seen. */
export const SponsorView = z.extend(Sponsor, { version: z.int() })
export type SponsorView = z.infer<typeof SponsorView>

/** What a program pays for one seat: a fixed sum, a share of the list price (whole percent, rounded down to fen, at most the cap), or all of it. */
export const FundingRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), fen: Fen }),
  z.strictObject({
    kind: z.literal('percentage'),
    percent: z.int().check(z.minimum(1), z.maximum(100)),
    capFen: z.nullable(Fen),
  }),
  z.strictObject({ kind: z.literal('full') }),
])
export type FundingRule = z.infer<typeof FundingRule>

const scheme = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/))
const times = z.int().check(z.minimum(1), z.maximum(20))
const trade = z.string().check(z.maxLength(40))

/** One rule of eligibility, as data. A rule set is met when all its rules are. */
export const EligibilityRule = z.discriminatedUnion('kind', [
  /** Member of the program's sponsor or of a union below it. */
  z.strictObject({ kind: z.literal('union-member') }),
  /** Region codes or their beginnings: `46` a province, `4601` a city. */
  z.strictObject({
    kind: z.literal('region'),
    regions: z.array(z.string().check(z.regex(/^\d{2}(\d{2}){0,2}$/))).check(z.minLength(1), z.maxLength(40)),
  }),
  z.strictObject({ kind: z.literal('employment'), kinds: z.array(EmploymentKind).check(z.minLength(1)) }),
  /** Full years on the day of the first meeting. */
  z.strictObject({ kind: z.literal('age'), min: z.nullable(z.int()), max: z.nullable(z.int()) }),
  z.strictObject({
    kind: z.literal('trade'),
    trades: z.array(trade).check(z.minLength(1), z.maxLength(60)),
    levels: z.nullable(z.array(Level)),
  }),
  /** The same trade and level is subsidized once, ever, by whatever scheme. */
  z.strictObject({ kind: z.literal('once-per-trade-and-level') }),
  /** At most so often in a civil year in this scheme; more often for shortage trades. */
  z.strictObject({
    kind: z.literal('per-scheme-and-year'),
    times,
    shortage: z.nullable(z.strictObject({ trades: z.array(trade), extra: times })),
  }),
  /** At most so often over all schemes named (null: all), in a civil year or ever. */
  z.strictObject({ kind: z.literal('at-most'), times, period: z.enum(['year', 'ever']), schemes: z.nullable(z.array(scheme)) }),
  /** Who holds a higher level of the trade gets no subsidy for a lower one. */
  z.strictObject({ kind: z.literal('no-lower-level') }),
  /** Not beside a subsidy of these schemes for the same trade and level. */
  z.strictObject({ kind: z.literal('not-with'), schemes: z.array(scheme).check(z.minLength(1)) }),
  /** At most so many missed runs within so many months. */
  z.strictObject({ kind: z.literal('attendance'), withinMonths: z.int().check(z.minimum(1), z.maximum(60)), mostNoShows: z.int() }),
])
export type EligibilityRule = z.infer<typeof EligibilityRule>

const percent = z.int().check(z.minimum(0), z.maximum(100))
/**
 * What attendance earns of a program's money, where its sponsor agreed on something else than the platform's bands (`core/payout/payout-rule.ts`): all of it from so many percent of the minutes,
 * from `shareFromPercent` on as many percent as were attended, below that `belowPercent` of it.
 */
export const Earns = z.strictObject({ fullFromPercent: percent, shareFromPercent: percent, belowPercent: percent })
export type Earns = z.infer<typeof Earns>

/** Rules with the days they are in force and the document they come from. */
export const RuleSet = z.strictObject({
  version: z.string().check(z.maxLength(40)),
  from: CivilDate,
  /** The last day, or null while no end is known. */
  until: z.nullable(CivilDate),
  source: z.strictObject({ title: z.string().check(z.maxLength(200)), document: z.string().check(z.maxLength(200)) }),
  rules: z.array(EligibilityRule).check(z.maxLength(20)),
  earns: z.optional(Earns),
})
export type RuleSet = z.infer<typeof RuleSet>

/** `active` grants; `frozen` grants nothing for now; `closing` grants nothing any more and drains; `closed` holds no money. */
export const programStates = ['active', 'frozen', 'closing', 'closed'] as const

/** What a sponsor decides of a program. */
const programTerms = {
  name: Text,
  /** The scheme whose yearly limits it counts against. Programs of different years of one scheme share it. */
  scheme,
  period: z.strictObject({ from: CivilDate, until: CivilDate }),
  funding: FundingRule,
  ruleSets: z.array(RuleSet).check(z.minLength(1), z.maxLength(20)),
  /** Whether its grant may stand beside grants of other schemes on one seat. */
  stacking: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('exclusive') }),
    z.strictObject({ kind: z.literal('with'), schemes: z.nullable(z.array(scheme)) }),
  ]),
}
export const ProgramTerms = z.strictObject(programTerms)
export type ProgramTerms = z.infer<typeof ProgramTerms>
export const Program = z.strictObject({
  id: idOf('program'),
  sponsorId: idOf('sponsor'),
  ...programTerms,
  state: z.enum(programStates),
})
export type Program = z.infer<typeof Program>

/** A program's account, in fen: `toppedUp − withdrawn = free + available + reserved + spent`. The forecast of a sponsor. */
export const Budget = z.strictObject({
  toppedUpFen: Fen,
  withdrawnFen: Fen,
  /** Not set aside for any run. */
  freeFen: Fen,
  /** Set aside for runs and vouchers and not yet promised to anybody. */
  availableFen: Fen,
  /** Promised to seats that are held. */
  reservedFen: Fen,
  spentFen: Fen,
})
export type Budget = z.infer<typeof Budget>

/** `open` grants; `frozen` for now not; `closed`: what was unused went back to the program. */
export const allocationStates = ['open', 'frozen', 'closed'] as const
export const Allocation = z.strictObject({
  id: idOf('allocation'),
  programId: idOf('program'),
  sponsorId: idOf('sponsor'),
  runId: idOf('run'),
  /** How many seats may be subsidized, and the fen set aside for them. */
  seats: z.int().check(z.minimum(1), z.maximum(5000)),
  fen: Fen,
  state: z.enum(allocationStates),
  at: Instant,
})
export type Allocation = z.infer<typeof Allocation>

/** Face-value 面值券: worth so many fen; pass 抵用券: pays the rest of the price, whatever it is, up to its budget. */
export const voucherKinds = ['face-value', 'pass'] as const
export const Voucher = z.strictObject({
  id: idOf('voucher'),
  programId: idOf('program'),
  kind: z.enum(voucherKinds),
  /** Worth at one use; null for a pass. */
  faceFen: z.nullable(Fen),
  uses: z.int().check(z.minimum(1), z.maximum(10_000)),
  used: z.int(),
  /** Set aside for all uses together. */
  budgetFen: Fen,
  /** General (null) or directed to one course or trade. */
  directedTo: z.nullable(z.strictObject({ courseId: z.nullable(idOf('course')), trade: z.nullable(trade) })),
  until: Instant,
  state: z.enum(allocationStates),
})
export type Voucher = z.infer<typeof Voucher>
