import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import {
  Complaint,
  ComplaintCase,
  ComplaintKind,
  appealOutcomes,
  PublicSanction,
  QualityFigures,
  Sanction,
  SanctionCase,
  SanctionGrade,
  Words,
} from './quality.ts'
import { route } from './route.ts'

const base = { tag: 'quality', function: 'quality' } as const
const managers = { ...base, who: { anyOf: ['provider:manager'] } } as const
const managersAndOperators = { ...base, who: { anyOf: ['provider:manager', 'platform:operator'] } } as const
const operators = { ...base, who: { anyOf: ['platform:operator'] } } as const
const ofComplaint = z.strictObject({ complaintId: idOf('complaint') })
const ofSanction = z.strictObject({ sanctionId: idOf('sanction') })
const ofProvider = z.strictObject({ providerId: idOf('provider') })
const version = z.int()
const reason = z.string().check(z.minLength(1), z.maxLength(500))

export const raiseComplaint = route({
  name: 'raiseComplaint',
  summary: { zh: '投诉我报过名的一期', en: 'Complain about a run I have or had a seat in' },
  ...base,
  who: 'person',
  body: z.strictObject({
    enrollmentId: idOf('enrollment'),
    kind: ComplaintKind,
    text: Words,
    fileId: z.nullable(idOf('file')),
    nameShown: z.boolean(),
  }),
  answer: { status: 201, body: z.strictObject({ complaint: Complaint }) },
  refusals: ['validation-failed', 'not-found', 'complaint-open', 'complaints-enough', 'file-not-accepted', 'busy', 'outcome-unknown'],
})

export const listMyComplaints = route({
  name: 'listMyComplaints',
  summary: { zh: '我的投诉', en: 'My complaints' },
  ...base,
  who: 'person',
  answer: { status: 200, body: z.strictObject({ complaints: z.array(Complaint) }) },
  refusals: [],
})

export const sayOfComplaint = route({
  name: 'sayOfComplaint',
  summary: { zh: '我的投诉解决了，或没有解决', en: 'Say that my complaint is settled, or is not' },
  ...base,
  who: 'person',
  params: ofComplaint,
  body: z.strictObject({ settled: z.boolean(), text: z.nullable(Words) }),
  answer: { status: 200, body: z.strictObject({ complaint: Complaint }) },
  refusals: ['validation-failed', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const listComplaints = route({
  name: 'listComplaints',
  summary: { zh: '对一家机构的投诉，新的在前', en: 'Complaints about a provider, the newest first' },
  ...managersAndOperators,
  params: ofProvider,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(ComplaintCase) },
  refusals: ['invalid-cursor'],
})

export const answerComplaint = route({
  name: 'answerComplaint',
  summary: { zh: '机构答复投诉', en: 'Answer a complaint for its provider' },
  ...managers,
  params: ofComplaint,
  body: z.strictObject({ text: Words }),
  answer: { status: 200, body: z.strictObject({ complaint: ComplaintCase }) },
  refusals: ['validation-failed', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const showComplainant = route({
  name: 'showComplainant',
  summary: { zh: '查看投诉人的姓名与附件（留痕）', en: 'See who complained, on record' },
  ...managersAndOperators,
  params: ofComplaint,
  /** `fileId` is told to operators alone, who open it with its purpose. `version`: that of the complaint with this look on record. */
  answer: {
    status: 201,
    body: z.strictObject({ name: z.string(), personId: z.nullable(idOf('person')), fileId: z.nullable(idOf('file')), version }),
  },
  refusals: ['another-operator-needed', 'name-not-shown', 'busy', 'outcome-unknown'],
})

export const listOpenComplaints = route({
  name: 'listOpenComplaints',
  summary: {
    zh: '没有办结的投诉：安全的在前，其余等得最久的在前',
    en: 'Complaints that are not closed: about safety first, then the longest waiting',
  },
  ...operators,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(ComplaintCase) },
  refusals: ['invalid-cursor'],
})

export const decideComplaint = route({
  name: 'decideComplaint',
  summary: { zh: '平台裁定投诉成立或不成立', en: 'Decide whether a complaint is upheld' },
  ...operators,
  params: ofComplaint,
  body: z.strictObject({ upheld: z.boolean(), reason, version }),
  answer: { status: 200, body: z.strictObject({ complaint: ComplaintCase }) },
  refusals: ['another-operator-needed', 'validation-failed', 'version-conflict', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const getQuality = route({
  name: 'getQuality',
  summary: { zh: '一家机构的质量数据', en: 'The quality figures of a provider' },
  ...base,
  who: 'anyone',
  params: ofProvider,
  /** Null for a provider that was not reckoned yet. */
  answer: { status: 200, body: z.strictObject({ quality: z.nullable(QualityFigures) }) },
  refusals: [],
  cacheSeconds: 300,
})

export const listSanctions = route({
  name: 'listSanctions',
  summary: { zh: '生效中的处理措施', en: 'Sanctions in force' },
  ...base,
  who: 'anyone',
  answer: { status: 200, body: z.strictObject({ sanctions: z.array(PublicSanction) }) },
  refusals: [],
  cacheSeconds: 60,
})

export const listSanctionsOf = route({
  name: 'listSanctionsOf',
  summary: { zh: '一家机构的全部处理措施', en: 'Every sanction of a provider' },
  ...managersAndOperators,
  params: ofProvider,
  answer: { status: 200, body: z.strictObject({ sanctions: z.array(Sanction) }) },
  refusals: [],
})

export const listSanctionCases = route({
  name: 'listSanctionCases',
  summary: { zh: '待确认、生效中与申诉中的处理措施', en: 'Sanctions that are proposed, in force or appealed' },
  ...operators,
  answer: { status: 200, body: z.strictObject({ sanctions: z.array(SanctionCase) }) },
  refusals: [],
})

export const proposeSanction = route({
  name: 'proposeSanction',
  summary: { zh: '提出对机构的处理措施', en: 'Propose a sanction of a provider' },
  ...operators,
  params: ofProvider,
  body: z.strictObject({
    grade: SanctionGrade,
    reason,
    complaintIds: z.array(idOf('complaint')).check(z.maxLength(20)),
    ruleTextId: idOf('ruleText'),
    clause: z.string().check(z.minLength(1), z.maxLength(200)),
    days: z.nullable(z.int().check(z.minimum(1), z.maximum(365))),
    atOnce: z.nullable(reason),
  }),
  answer: { status: 201, body: z.strictObject({ sanction: Sanction }) },
  refusals: ['another-operator-needed', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const hearSanction = route({
  name: 'hearSanction',
  summary: { zh: '机构在生效前陈述意见', en: 'Be heard before a sanction takes effect' },
  ...managers,
  params: ofSanction,
  body: z.strictObject({ text: Words }),
  answer: { status: 200, body: z.strictObject({ sanction: Sanction }) },
  refusals: ['validation-failed', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const confirmSanction = route({
  name: 'confirmSanction',
  summary: { zh: '第二位运营人员确认处理措施', en: 'Confirm a sanction, as a second operator' },
  ...operators,
  params: ofSanction,
  body: z.strictObject({ version }),
  answer: { status: 200, body: z.strictObject({ sanction: Sanction }) },
  refusals: ['another-operator-needed', 'still-to-be-heard', 'version-conflict', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const withdrawSanction = route({
  name: 'withdrawSanction',
  summary: { zh: '撤回尚未生效的处理措施', en: 'Withdraw a sanction before it takes effect' },
  ...operators,
  params: ofSanction,
  body: z.strictObject({ reason }),
  answer: { status: 200, body: z.strictObject({ sanction: Sanction }) },
  refusals: ['another-operator-needed', 'validation-failed', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const appealSanction = route({
  name: 'appealSanction',
  summary: { zh: '机构对处理措施提出申诉', en: 'Appeal against a sanction' },
  ...managers,
  params: ofSanction,
  body: z.strictObject({ text: Words }),
  answer: { status: 200, body: z.strictObject({ sanction: Sanction }) },
  refusals: ['validation-failed', 'appeal-over', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const decideAppeal = route({
  name: 'decideAppeal',
  summary: { zh: '第三位运营人员决定申诉', en: 'Decide an appeal, as a third operator' },
  ...operators,
  params: ofSanction,
  /** `days`: how long it lasts in all, counted from its beginning, where it is shortened. */
  body: z.strictObject({
    outcome: z.enum(appealOutcomes),
    days: z.nullable(z.int().check(z.minimum(1), z.maximum(365))),
    reason,
    version,
  }),
  answer: { status: 200, body: z.strictObject({ sanction: Sanction }) },
  refusals: ['validation-failed', 'another-operator-needed', 'version-conflict', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const excuseRun = route({
  name: 'excuseRun',
  summary: { zh: '认定一期因不可抗力取消，不计入取消率', en: 'Record that a run was cancelled for a force majeure' },
  ...operators,
  params: z.strictObject({ runId: idOf('run') }),
  body: z.strictObject({ reason, document: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))) }),
  answer: { status: 201, body: z.strictObject({ runId: idOf('run') }) },
  refusals: ['validation-failed', 'illegal-transition', 'busy', 'outcome-unknown'],
})
