import * as z from 'zod/mini'
import { File, GoodUntil } from './files.ts'
import { idOf } from './ids.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

export const applicationStates = ['draft', 'submitted', 'more-asked', 'approved', 'refused'] as const
export const ApplicationState = z.enum(applicationStates)
export type ApplicationState = z.infer<typeof ApplicationState>

/** The most venues of one application: what one transaction can write. */
export const mostVenues = 12
const words = (most: number) => z.string().check(z.maxLength(most))
const draftText = (most: number) => z.strictObject({ zh: words(most), en: words(most) })
const region = z.string().check(z.regex(/^(\d{6})?$/))
const fileIds = z.array(idOf('file')).check(z.maxLength(8))

/** What a provider is promised to and by: one of the platform's rules, accepted as it stood. */
export const RuleCode = z.enum(['truthful', 'safety', 'refunds', 'data'])
export type RuleCode = z.infer<typeof RuleCode>

/** A version of a rule, with the day from which it holds (E-Commerce Law arts. 32–34). */
export const RuleText = z.strictObject({
  id: idOf('ruleText'),
  code: RuleCode,
  title: Text,
  text: Text,
  from: CivilDate,
  announcedAt: Instant,
})
export type RuleText = z.infer<typeof RuleText>

const DraftRoom = z.strictObject({
  name: words(60),
  capacity: z.int().check(z.minimum(0), z.maximum(2000)),
  equipment: z.array(words(40)).check(z.maxLength(30)),
})

const DraftVenue = z.strictObject({
  name: draftText(80),
  address: draftText(200),
  region,
  rooms: z.array(DraftRoom).check(z.maxLength(30)),
  photos: fileIds,
  fireSafety: z.nullable(z.strictObject({ fileId: idOf('file'), until: GoodUntil })),
})
export type DraftVenue = z.infer<typeof DraftVenue>

/** The facts of an application, each of which may still be empty in a draft. `until` of a licence or scope: null where the paper has no end. */
export const ApplicationFacts = z.strictObject({
  name: draftText(80),
  about: draftText(1000),
  region,
  uscc: words(40),
  legalPerson: words(60),
  licence: z.nullable(z.strictObject({ fileId: idOf('file'), until: GoodUntil })),
  scope: z.array(z.strictObject({ trade: words(40), fileId: z.nullable(idOf('file')), until: GoodUntil })).check(z.maxLength(40)),
  venues: z.array(DraftVenue).check(z.maxLength(mostVenues)),
  commitments: z.array(idOf('ruleText')).check(z.maxLength(20)),
})
export type ApplicationFacts = z.infer<typeof ApplicationFacts>

/** An application as its applicant sees it. `providerId`: whose it becomes. */
export const Application = z.strictObject({
  id: idOf('application'),
  providerId: idOf('provider'),
  /** Whether it is for a provider that the platform knows already. */
  known: z.boolean(),
  state: ApplicationState,
  facts: ApplicationFacts,
  createdAt: Instant,
  submittedAt: z.nullable(Instant),
  /** What the operator said, the newest last. */
  answers: z.array(z.strictObject({ at: Instant, to: ApplicationState, reason: z.string() })),
  version: z.int(),
})
export type Application = z.infer<typeof Application>

/** A line of the operator's queue. */
export const ApplicationLine = z.strictObject({
  id: idOf('application'),
  name: z.string(),
  uscc: z.string(),
  region: z.string(),
  submittedAt: Instant,
  /** Whole days since it was submitted. */
  waitedDays: z.int(),
})
export type ApplicationLine = z.infer<typeof ApplicationLine>

/** Another application with the same code, name or address. */
export const Likeness = z.strictObject({
  by: z.enum(['uscc', 'name', 'address']),
  applicationId: idOf('application'),
  name: z.string(),
  state: ApplicationState,
})
export type Likeness = z.infer<typeof Likeness>

/** Everything an operator decides on. */
export const ApplicationCase = z.strictObject({
  application: Application,
  personId: idOf('person'),
  files: z.array(File),
  likenesses: z.array(Likeness),
  /** What is missing or expired today, which a decision must mind. */
  faults: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: Text })),
})

/** Where a provider stands, as it and operators see it. */
export const ProviderStanding = z.strictObject({
  providerId: idOf('provider'),
  state: z.enum(['approved', 'suspended']),
  reason: z.nullable(z.string()),
  licenceUntil: GoodUntil,
  scope: z.array(z.strictObject({ trade: z.string(), until: GoodUntil })),
  /** Venues whose fire-safety proof has an end. */
  venues: z.array(z.strictObject({ venueId: idOf('venue'), name: Text, until: CivilDate })),
  /** Rules that hold and were not accepted yet, and those that will hold. */
  toAccept: z.array(RuleText),
  announced: z.array(RuleText),
  version: z.int(),
})
export type ProviderStanding = z.infer<typeof ProviderStanding>
