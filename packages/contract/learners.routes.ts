import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import { Purpose } from './reveal.ts'
import { recently, route } from './route.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

const runParams = z.strictObject({ runId: idOf('run') })
const looks = {
  tag: 'catalog',
  function: 'roster',
  who: { anyOf: ['provider:manager', 'provider:registrar', 'provider:instructor', 'platform:operator'] },
} as const

/** What is known by now of somebody's attendance: at how many meetings, of those whose attendance was taken; and what it came to once hours are credited. */
export const SoFar = z.strictObject({
  came: z.int(),
  taken: z.int(),
  minutes: z.int(),
  outcome: z.nullable(z.enum(['completed', 'incomplete', 'no-show', 'not-taken'])),
})
export type SoFar = z.infer<typeof SoFar>

/** A line of the roster. The name is masked (`张*`, `欧阳**`). */
export const RosterLine = z.strictObject({
  enrollmentId: idOf('enrollment'),
  /** Said to operators only, who need it for what they decide about a seat. */
  personId: z.nullable(idOf('person')),
  maskedName: z.string(),
  state: z.enum(['active', 'cancelled']),
  claimedAt: Instant,
  /** Null while nobody took attendance of any meeting. */
  soFar: z.nullable(SoFar),
  /** Whether she agrees that her name and number may be given to the provider whose run she attends. */
  mayContact: z.boolean(),
})
export type RosterLine = z.infer<typeof RosterLine>

export const listRoster = route({
  name: 'listRoster',
  summary: { zh: '查看一期的学员名单（脱敏）', en: 'The roster of a run, masked' },
  ...looks,
  params: runParams,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(RosterLine) },
  refusals: ['invalid-cursor'],
})

export const exportRoster = route({
  name: 'exportRoster',
  summary: { zh: '导出学员名单（脱敏）', en: 'Export the roster of a run, masked' },
  ...looks,
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
  stepUp: recently,
  params: runParams,
  query: z.strictObject({ format: z.optional(z.enum(['csv', 'xlsx'])) }),
  answer: { status: 200, body: { text: 'text/csv; charset=utf-8' } },
  refusals: [],
})

/** What of a learner may be opened to her provider. */
const Field = z.enum(['name', 'mobile'])

/** One field of one learner in clear. It is opened once, and never kept in an answer that can be had again. */
export const Revealed = z.strictObject({ enrollmentId: idOf('enrollment'), what: Field, value: z.string(), at: Instant })
export type Revealed = z.infer<typeof Revealed>

export const revealLearner = route({
  name: 'revealLearner',
  summary: { zh: '为说明的目的查看一名学员的姓名或手机号', en: 'Open the name or mobile of one learner for a stated purpose' },
  tag: 'catalog',
  function: 'roster',
  who: { anyOf: ['provider:manager'] },
  stepUp: recently,
  params: z.strictObject({ runId: idOf('run'), enrollmentId: idOf('enrollment') }),
  /** `sentence`: why, in words that its learner reads. */
  body: z.strictObject({ what: Field, purpose: Purpose, sentence: z.string().check(z.minLength(5), z.maxLength(200)) }),
  answer: { status: 200, body: Revealed },
  refusals: ['contact-not-allowed', 'reveal-closed', 'reveal-over', 'too-many-reveals', 'validation-failed', 'busy', 'outcome-unknown'],
})

/** Who looked at what of the caller's, when, for which run, what for and in which words. */
export const Reveal = z.strictObject({
  at: Instant,
  what: Field,
  purpose: Purpose,
  sentence: z.string(),
  runId: idOf('run'),
  runTitle: Text,
  providerName: Text,
  /** The masked name of who looked. */
  byName: z.string(),
})
export type Reveal = z.infer<typeof Reveal>

export const listMyReveals = route({
  name: 'listMyReveals',
  summary: { zh: '谁查看过我的姓名或手机号', en: 'Who looked at my name or mobile' },
  tag: 'people',
  function: 'people',
  who: 'person',
  answer: { status: 200, body: z.strictObject({ reveals: z.array(Reveal) }) },
  refusals: [],
})
