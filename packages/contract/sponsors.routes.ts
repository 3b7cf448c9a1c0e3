import * as z from 'zod/mini'
import {
  Allocation,
  allocationStates,
  Budget,
  Program,
  programStates,
  ProgramTerms,
  Sponsor,
  SponsorView,
  sponsorLevels,
} from './funding.ts'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { grantStates } from './order.ts'
import { PageQuery, pageOf } from './page.ts'
import { recently, route } from './route.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

const sponsorParams = z.strictObject({ sponsorId: idOf('sponsor') })
/** What routes about one program take, who may manage it, and who may look at it. */
export const programParams = z.strictObject({ programId: idOf('program') })
export const manages = { tag: 'sponsors', function: 'sponsor', who: { anyOf: ['sponsor:manager', 'platform:operator'] } } as const
export const reads = {
  tag: 'sponsors',
  function: 'sponsor',
  who: { anyOf: ['sponsor:manager', 'sponsor:reviewer', 'platform:operator'] },
} as const
const versioned = { version: z.int() }

export const listSponsors = route({
  name: 'listSponsors',
  summary: { zh: '我代表的工会（含下级）', en: 'The unions I act for, and those below them' },
  ...reads,
  /** `above`: the unions over those, from the root down, so that each can show its place in the tree. */
  answer: {
    status: 200,
    body: z.strictObject({ sponsors: z.array(SponsorView), above: z.array(z.pick(Sponsor, { id: true, name: true, level: true })) }),
  },
  refusals: [],
})

export const saveSponsor = route({
  name: 'saveSponsor',
  summary: { zh: '登记或修改工会', en: 'Register or change a union' },
  tag: 'sponsors',
  function: 'sponsor',
  who: { anyOf: ['platform:operator'] },
  params: sponsorParams,
  body: z.strictObject({
    name: Text,
    level: z.enum(sponsorLevels),
    parentId: z.nullable(idOf('sponsor')),
    region: z.string().check(z.regex(/^\d{6}$/)),
    /** Its unified social credit code as typed; empty or absent for none. */
    uscc: z.optional(z.string().check(z.maxLength(40))),
    /** The version that was changed; absent for a new union. */
    version: z.optional(z.int().check(z.minimum(1))),
  }),
  answer: { status: 200, body: SponsorView },
  refusals: ['validation-failed', 'version-conflict', 'busy', 'outcome-unknown'],
})

export const ProgramView = z.strictObject({
  program: Program,
  budget: Budget,
  version: z.int(),
  allocations: z.int(),
  openReviews: z.int(),
})
export type ProgramView = z.infer<typeof ProgramView>

export const listPrograms = route({
  name: 'listPrograms',
  summary: { zh: '补贴项目', en: 'Programs of a union' },
  ...reads,
  params: sponsorParams,
  answer: { status: 200, body: z.strictObject({ programs: z.array(ProgramView) }) },
  refusals: [],
})

export const createProgram = route({
  name: 'createProgram',
  summary: { zh: '新建补贴项目', en: 'Create a program' },
  ...manages,
  params: sponsorParams,
  body: ProgramTerms,
  answer: { status: 201, body: ProgramView },
  refusals: ['validation-failed', 'busy', 'outcome-unknown'],
})

export const getProgram = route({
  name: 'getProgram',
  summary: { zh: '查看补贴项目和预算', en: 'A program and its budget' },
  ...reads,
  params: programParams,
  answer: { status: 200, body: ProgramView },
  refusals: [],
})

export const saveProgram = route({
  name: 'saveProgram',
  summary: { zh: '修改补贴项目', en: 'Change a program' },
  ...manages,
  params: programParams,
  body: z.strictObject({ terms: ProgramTerms, ...versioned }),
  answer: { status: 200, body: ProgramView },
  refusals: ['version-conflict', 'illegal-transition', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const stepProgram = route({
  name: 'stepProgram',
  summary: { zh: '冻结、恢复、关闭项目', en: 'Freeze, resume or close a program' },
  ...manages,
  params: programParams,
  body: z.strictObject({ to: z.enum(programStates) }),
  answer: { status: 200, body: ProgramView },
  refusals: ['illegal-transition', 'busy', 'outcome-unknown'],
  idempotency: 'lease',
})

export const moveMoney = route({
  name: 'moveMoney',
  summary: { zh: '充值或提取预算', en: 'Top a budget up or withdraw from it' },
  ...manages,
  stepUp: recently,
  params: programParams,
  body: z.strictObject({
    kind: z.enum(['top-up', 'withdrawal']),
    fen: Fen.check(z.minimum(1)),
    /** The number of the document behind it. */
    reference: z.string().check(z.minLength(1), z.maxLength(80)),
  }),
  answer: { status: 201, body: Budget },
  refusals: ['budget-insufficient', 'program-not-active', 'busy', 'outcome-unknown'],
})

export const MoneyLine = z.strictObject({
  id: idOf('money'),
  at: Instant,
  from: z.string(),
  to: z.string(),
  fen: Fen,
  reference: z.nullable(z.string()),
  runId: z.nullable(idOf('run')),
  by: z.string(),
})
export const listMoney = route({
  name: 'listMoney',
  summary: { zh: '预算流水', en: 'The ledger of a budget' },
  ...reads,
  params: programParams,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(MoneyLine) },
  refusals: ['invalid-cursor'],
})

export const AllocationView = z.strictObject({
  allocation: Allocation,
  runTitle: Text,
  runName: Text,
  startsAt: Instant,
  seatsLeft: z.int(),
  availableFen: Fen,
  reservedFen: Fen,
  spentFen: Fen,
})
export type AllocationView = z.infer<typeof AllocationView>

export const listAllocations = route({
  name: 'listAllocations',
  summary: { zh: '按期拨款', en: 'Allocations of a program' },
  ...reads,
  params: programParams,
  answer: { status: 200, body: z.strictObject({ allocations: z.array(AllocationView) }) },
  refusals: [],
})

export const allocate = route({
  name: 'allocate',
  summary: { zh: '为一期预留名额和资金', en: 'Set seats and money aside for a run' },
  ...manages,
  params: programParams,
  body: z.strictObject({ runId: idOf('run'), seats: z.int().check(z.minimum(1), z.maximum(5000)), fen: Fen }),
  answer: { status: 201, body: AllocationView },
  refusals: ['budget-insufficient', 'allocation-exists', 'program-not-active', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const stepAllocation = route({
  name: 'stepAllocation',
  summary: { zh: '冻结、恢复或收回一期的拨款', en: 'Freeze, resume or close an allocation' },
  ...manages,
  params: z.strictObject({ programId: idOf('program'), runId: idOf('run') }),
  body: z.strictObject({ to: z.enum(allocationStates) }),
  answer: { status: 200, body: AllocationView },
  refusals: ['illegal-transition', 'busy', 'outcome-unknown'],
})

/** Who got what: masked. */
export const GrantLine = z.strictObject({
  at: Instant,
  runId: idOf('run'),
  runTitle: Text,
  maskedName: z.string(),
  fen: Fen,
  state: z.enum(grantStates),
  ruleSet: z.string(),
  exception: z.boolean(),
})
export const listGrants = route({
  name: 'listGrants',
  summary: { zh: '补贴了谁、多少（脱敏）', en: 'Who got what, masked' },
  ...reads,
  params: programParams,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(GrantLine) },
  refusals: ['invalid-cursor'],
})

export const exportGrants = route({
  name: 'exportGrants',
  summary: { zh: '导出补贴明细', en: 'Export the grants' },
  ...reads,
  stepUp: recently,
  params: programParams,
  /** A file holds what fits into it; where there is more, its header `x-next-cursor` says from where the next one goes on. */
  query: z.strictObject({ format: z.optional(z.enum(['csv', 'xlsx'])), cursor: PageQuery.cursor }),
  answer: { status: 200, body: { text: 'text/csv; charset=utf-8' } },
  refusals: ['invalid-cursor'],
})

export const Review = z.strictObject({
  id: idOf('review'),
  programId: idOf('program'),
  runId: idOf('run'),
  runTitle: Text,
  maskedName: z.string(),
  statement: z.string(),
  /** What stood in the way when it was asked for, by code: rules that were not met, and what was missing besides. */
  refusedFor: z.array(z.string()),
  state: z.enum(['open', 'granted', 'refused']),
  askedAt: Instant,
  decidedAt: z.nullable(Instant),
  decidedBy: z.nullable(z.string()),
  reason: z.nullable(z.string()),
})
export type Review = z.infer<typeof Review>

export const listReviews = route({
  name: 'listReviews',
  summary: { zh: '人工复核', en: 'Reviews to decide' },
  ...reads,
  params: programParams,
  answer: { status: 200, body: z.strictObject({ reviews: z.array(Review) }) },
  refusals: [],
})

export const decideReview = route({
  name: 'decideReview',
  summary: { zh: '决定一个复核', en: 'Decide a review' },
  ...reads,
  params: z.strictObject({ programId: idOf('program'), reviewId: idOf('review') }),
  body: z.strictObject({ to: z.enum(['granted', 'refused']), reason: z.string().check(z.minLength(1), z.maxLength(500)) }),
  answer: { status: 200, body: Review },
  refusals: ['illegal-transition', 'busy', 'outcome-unknown'],
})
