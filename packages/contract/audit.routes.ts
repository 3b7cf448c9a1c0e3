import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { PageQuery } from './page.ts'
import { route } from './route.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

/** The name of an audit chain: an id, or one with what of it is meant (`per_…/CONSENT#sms`, `mtg_….per_…`). */
const Entity = z.string().check(z.regex(/^[a-z-]*[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}[A-Za-z0-9_.#/-]{0,80}$/))

/** One entry of the audit. What it holds are ids and words of the house; who reads it learns nobody's name. */
export const AuditLine = z.strictObject({
  entity: z.string(),
  version: z.int(),
  at: Instant,
  /** A person's id, `system:<function>`, or `learner` for what somebody did with her own complaint or rating. */
  by: z.string(),
  /** What it was done to, and what was done. */
  what: Text,
  kind: z.string(),
  /** Whether words or a document stand with what was changed, of which the entry holds the digest. */
  evidence: z.boolean(),
})
export type AuditLine = z.infer<typeof AuditLine>

/** Whether the chain of an entity holds: `brokenAt` is the first version whose entry is missing, changed or out of place. */
export const AuditChain = z.strictObject({
  entity: z.string(),
  entries: z.int(),
  holds: z.boolean(),
  brokenAt: z.nullable(z.int()),
})
export type AuditChain = z.infer<typeof AuditChain>

export const searchAudit = route({
  name: 'searchAudit',
  summary: { zh: '查询审计记录', en: 'Search the audit' },
  tag: 'audit',
  function: 'audit',
  who: { anyOf: ['platform:operator'] },
  /**
   * Exactly one of `entity`, `by` (who did it in a role: operator, provider, sponsor, employer, instructor) and `person` (whom it concerns); `since` and `until` bound
   * the time by days of Beijing, both of them too. Newest first.
   */
  query: z.strictObject({
    entity: z.optional(Entity),
    by: z.optional(idOf('person')),
    person: z.optional(idOf('person')),
    since: z.optional(CivilDate),
    until: z.optional(CivilDate),
    ...PageQuery,
  }),
  answer: {
    status: 200,
    body: z.strictObject({ items: z.array(AuditLine), next: z.nullable(z.string()), chain: z.nullable(AuditChain) }),
  },
  refusals: ['invalid-cursor', 'validation-failed'],
})
