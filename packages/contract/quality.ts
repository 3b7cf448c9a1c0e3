import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

/** What a complaint is about; a closed list, so that it can be counted. */
export const complaintKinds = ['teaching', 'safety', 'fees', 'treatment', 'false-description', 'attendance-record', 'other'] as const
export const ComplaintKind = z.enum(complaintKinds)
export type ComplaintKind = z.infer<typeof ComplaintKind>

/** `open`: the provider answers; `answered`: the learner says whether that settles it; `with-operator`: an operator decides. The others are ends. */
export const complaintStates = ['open', 'answered', 'with-operator', 'settled', 'lapsed', 'upheld', 'not-upheld'] as const
export const ComplaintState = z.enum(complaintStates)
export type ComplaintState = z.infer<typeof ComplaintState>

/** The longest text of a complaint and of what is said about it, characters. */
export const mostWords = 2000
export const Words = z.string().check(z.minLength(1), z.maxLength(mostWords))

/** A complaint as its person sees it. `answerBy`: until when the provider is to answer; `sayBy`, `decideBy`: until when she and an operator are to, once it is their turn. */
export const Complaint = z.strictObject({
  id: idOf('complaint'),
  providerId: idOf('provider'),
  providerName: Text,
  runId: idOf('run'),
  enrollmentId: idOf('enrollment'),
  title: Text,
  kind: ComplaintKind,
  text: z.string(),
  fileId: z.nullable(idOf('file')),
  /** Whether the provider's manager may see her name; without it she is a masked name. */
  nameShown: z.boolean(),
  state: ComplaintState,
  raisedAt: Instant,
  answerBy: Instant,
  answer: z.nullable(z.strictObject({ text: z.string(), at: Instant, inTime: z.boolean() })),
  sayBy: z.nullable(Instant),
  said: z.nullable(z.strictObject({ settled: z.boolean(), text: z.nullable(z.string()), at: Instant })),
  decideBy: z.nullable(Instant),
  decision: z.nullable(z.strictObject({ upheld: z.boolean(), reason: z.string(), at: Instant })),
  closedAt: z.nullable(Instant),
  version: z.int(),
})
export type Complaint = z.infer<typeof Complaint>

/** A complaint as the provider's manager and operators see it: of its person the masked name. */
export const ComplaintCase = z.extend(z.omit(Complaint, { enrollmentId: true, fileId: true }), {
  maskedName: z.string(),
  hasFile: z.boolean(),
})
export type ComplaintCase = z.infer<typeof ComplaintCase>

/** From the mildest on: a warning is recorded; then nothing new is published or opened; then registration closes too; then that for good. */
export const sanctionGrades = ['warning', 'no-new-runs', 'suspension', 'removal'] as const
export const SanctionGrade = z.enum(sanctionGrades)
export type SanctionGrade = z.infer<typeof SanctionGrade>

/** `lifted` by an appeal, `ended` on its date, `withdrawn` before it took effect. */
export const sanctionStates = ['proposed', 'withdrawn', 'in-force', 'lifted', 'ended'] as const
export const SanctionState = z.enum(sanctionStates)
export type SanctionState = z.infer<typeof SanctionState>

export const appealOutcomes = ['kept', 'shortened', 'lifted'] as const
export const AppealOutcome = z.enum(appealOutcomes)
export type AppealOutcome = z.infer<typeof AppealOutcome>

/** A sanction as its provider and operators see it. Who proposed, confirmed and decided stands in the audit. */
export const Sanction = z.strictObject({
  id: idOf('sanction'),
  providerId: idOf('provider'),
  providerName: Text,
  grade: SanctionGrade,
  reason: z.string(),
  /** The complaints it stands on. */
  complaintIds: z.array(idOf('complaint')),
  /** The version of the rule that was broken, and its clause. */
  ruleTextId: idOf('ruleText'),
  clause: z.string(),
  /** How many days it is to last; null for a warning and a removal. */
  days: z.nullable(z.int()),
  /** Why it does not wait for the hearing: danger to people; null where it does. */
  atOnce: z.nullable(z.string()),
  state: SanctionState,
  proposedAt: Instant,
  /** Until when the provider can be heard before it takes effect. */
  hearUntil: Instant,
  hearing: z.nullable(z.strictObject({ text: z.string(), at: Instant })),
  withdrawn: z.nullable(z.strictObject({ reason: z.string(), at: Instant })),
  /** From when it holds, and until when it does by itself; null: not confirmed, or without an end. */
  from: z.nullable(Instant),
  endsAt: z.nullable(Instant),
  appealUntil: z.nullable(Instant),
  appeal: z.nullable(
    z.strictObject({
      text: z.string(),
      at: Instant,
      outcome: z.nullable(AppealOutcome),
      reason: z.nullable(z.string()),
      decidedAt: z.nullable(Instant),
    }),
  ),
  version: z.int(),
})
export type Sanction = z.infer<typeof Sanction>

/** A sanction before an operator: what she may do with it, because she has done none of what went before and is not concerned. */
export const SanctionCase = z.extend(Sanction, { may: z.array(z.enum(['confirm', 'withdraw', 'decide-appeal'])) })
export type SanctionCase = z.infer<typeof SanctionCase>

/** A sanction in force, for everybody to read. */
export const PublicSanction = z.strictObject({
  id: idOf('sanction'),
  providerId: idOf('provider'),
  providerName: Text,
  grade: SanctionGrade,
  clause: z.string(),
  ruleTextId: idOf('ruleText'),
  from: Instant,
  endsAt: z.nullable(Instant),
  /** An appeal that is not decided yet. */
  appealed: z.boolean(),
})
export type PublicSanction = z.infer<typeof PublicSanction>

/** What is counted of a provider, whole numbers over the window. */
export const QualityCounts = z.strictObject({
  /** Complaints raised; of them those whose answer was due or came, and those answered in time; those decided, and upheld. */
  complaints: z.int(),
  answersDue: z.int(),
  answeredInTime: z.int(),
  decided: z.int(),
  upheld: z.int(),
  /** Public runs that were to begin, and of them those the provider cancelled. */
  runs: z.int(),
  cancelled: z.int(),
  /** Enrollments of which attendance is known; of them those who came at all, and those who were there enough. */
  credited: z.int(),
  attended: z.int(),
  completed: z.int(),
})
export type QualityCounts = z.infer<typeof QualityCounts>

/** A rate in basis points (1/10,000), rounded half up; null: nothing to divide by, or too few to say. */
export const Rate = z.nullable(z.int().check(z.minimum(0)))

/** The quality figures of a provider, from `since` up to but not including `until`. */
export const QualityFigures = z.strictObject({
  providerId: idOf('provider'),
  formula: z.string(),
  since: CivilDate,
  until: CivilDate,
  computedAt: Instant,
  counts: QualityCounts,
  rates: z.strictObject({
    response: Rate,
    complaint: Rate,
    upheld: Rate,
    cancellation: Rate,
    attendance: Rate,
    /** Null until appraisals exist. */
    pass: Rate,
  }),
})
export type QualityFigures = z.infer<typeof QualityFigures>
