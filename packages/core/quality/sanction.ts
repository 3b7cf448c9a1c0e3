import type { Sanction, SanctionCase, SanctionGrade } from '@skills/contract/quality.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'
import { termDays, termEnd } from './terms.ts'

/** A sanction as the table holds it, with the operators who had to do with it. */
export interface SanctionItem extends History {
  sanction: Omit<Sanction, 'version'>
  proposedBy: string
  confirmedBy: string | null
  appealDecidedBy: string | null
  /** Whether open registrations are still to be closed because of it. */
  closing: boolean
}

type Bare = SanctionItem['sanction']

/** Grades that close registration, and keep it closed. */
export const closesRegistration = (grade: SanctionGrade) => grade === 'suspension' || grade === 'removal'
/** Grades that keep a provider from publishing and from opening registration. */
export const barsPublishing = (grade: SanctionGrade) => grade !== 'warning'

const wrong = (pointer: string, code: string, detail: Text) =>
  new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer, code, detail }] })

export type SanctionFacts = Pick<
  Bare,
  'id' | 'providerId' | 'providerName' | 'grade' | 'reason' | 'complaintIds' | 'ruleTextId' | 'clause' | 'days' | 'atOnce'
>

/** A new proposal: the provider has five working days to be heard. Refuses `validation-failed` for a term that its grade has not, or lacks. */
export function proposed(facts: SanctionFacts, now: string): Bare {
  const { grade, days, atOnce } = facts
  const timed = grade === 'no-new-runs' || grade === 'suspension'
  if (timed !== (days !== null))
    throw wrong('#/days', 'term', {
      zh: '停止新发布和暂停要写明天数；警告和清退没有天数。',
      en: 'A stop of new runs and a suspension last a number of days; a warning and a removal have none.',
    })
  if (grade === 'warning' && atOnce !== null)
    throw wrong('#/atOnce', 'not-for-a-warning', {
      zh: '警告不需要立即生效的理由。',
      en: 'A warning needs no reason to take effect at once.',
    })
  const none = { hearing: null, withdrawn: null, from: null, endsAt: null, appealUntil: null, appeal: null }
  return { ...facts, state: 'proposed', proposedAt: now, hearUntil: termEnd(now, termDays.hear), ...none }
}

const never = ({ state }: Bare) => new Refusal('illegal-transition', { current: state, allowed: [] })

/** What its provider says before it takes effect, once. Refuses `illegal-transition`. */
export function heard(sanction: Bare, text: string, now: string): Bare {
  if (sanction.state !== 'proposed' || sanction.hearing !== null || now >= sanction.hearUntil) throw never(sanction)
  return { ...sanction, hearing: { text, at: now } }
}

/**
 * A sanction that takes effect now. A warning, and what danger to people does not let wait, needs no hearing first. Refuses `illegal-transition`, `still-to-be-heard`, and
 * `another-operator-needed` for who proposed it.
 */
export function confirmed({ sanction, proposedBy }: Pick<SanctionItem, 'sanction' | 'proposedBy'>, by: string, now: string): Bare {
  if (sanction.state !== 'proposed') throw never(sanction)
  if (by === proposedBy) throw new Refusal('another-operator-needed')
  const { grade, atOnce, hearUntil, days } = sanction
  if (barsPublishing(grade) && atOnce === null && now < hearUntil) throw new Refusal('still-to-be-heard', { until: hearUntil })
  const endsAt = days === null ? null : endOf(now, days)
  return { ...sanction, state: 'in-force', from: now, endsAt, appealUntil: termEnd(now, termDays.appeal) }
}

const endOf = (from: string, days: number) => plusMinutes(from, days * 24 * 60)

/** A proposal taken back. Refuses `illegal-transition`. */
export function withdrawn(sanction: Bare, reason: string, now: string): Bare {
  if (sanction.state !== 'proposed') throw never(sanction)
  return { ...sanction, state: 'withdrawn', withdrawn: { reason, at: now } }
}

/** An appeal, once, until its term is over. Refuses `illegal-transition`, `appeal-over`. */
export function appealed(sanction: Bare, text: string, now: string): Bare {
  const { state, appeal, appealUntil } = sanction
  if ((state !== 'in-force' && state !== 'ended') || appeal !== null || appealUntil === null) throw never(sanction)
  if (now >= appealUntil) throw new Refusal('appeal-over', { until: appealUntil })
  return { ...sanction, appeal: { text, at: now, outcome: null, reason: null, decidedAt: null } }
}

interface Decision {
  outcome: 'kept' | 'shortened' | 'lifted'
  days: number | null
  reason: string
}

/**
 * The decision of an appeal, by an operator who neither proposed nor confirmed. A removal can be shortened to a number of days; what has ended meanwhile stays ended, and the decision says who was
 * right. Refuses `illegal-transition`, `another-operator-needed`, `validation-failed` for days that shorten nothing.
 */
export function appealDecided(
  item: Pick<SanctionItem, 'sanction' | 'proposedBy' | 'confirmedBy'>,
  decision: Decision,
  by: string,
  now: string,
): Bare {
  const sanction = sanctionAt(item.sanction, now)
  const { appeal, state, grade, from, endsAt } = sanction
  if (appeal === null || appeal.outcome !== null) throw never(sanction)
  if (by === item.proposedBy || by === item.confirmedBy) throw new Refusal('another-operator-needed')
  const { outcome, days, reason } = decision
  if ((outcome === 'shortened') !== (days !== null))
    throw wrong('#/days', 'term', {
      zh: '缩短时写明总天数，其他情况不写。',
      en: 'Say the days in all where it is shortened, and only there.',
    })
  const said = { ...sanction, appeal: { ...appeal, outcome, reason, decidedAt: now } }
  if (state !== 'in-force' || outcome === 'kept') return said
  if (outcome === 'lifted') return { ...said, state: 'lifted', endsAt: now }
  const end = endOf(from ?? now, days ?? 0)
  if (grade === 'warning' || (endsAt !== null && end >= endsAt))
    throw wrong('#/days', 'not-shorter', {
      zh: '总天数要比现在的短；警告不能缩短。',
      en: 'The days must be fewer than now; a warning has none.',
    })
  return { ...said, days, endsAt: end, state: end <= now ? 'ended' : 'in-force' }
}

/** The sanction as the clock has it: on its date it ends by itself. */
export function sanctionAt(sanction: Bare, now: string): Bare {
  return sanction.state === 'in-force' && sanction.endsAt !== null && sanction.endsAt <= now ? { ...sanction, state: 'ended' } : sanction
}

/** The next instant at which the sweep must look at it, or undefined. */
export function sanctionDueAt({ sanction, closing }: Pick<SanctionItem, 'sanction' | 'closing'>): string | undefined {
  if (sanction.state !== 'in-force') return undefined
  return closing ? (sanction.from ?? undefined) : (sanction.endsAt ?? undefined)
}

/** Whether operators or the public still have to do with it. */
export const isLive = ({ state, appeal }: Bare) =>
  state === 'proposed' || state === 'in-force' || (appeal !== null && appeal.outcome === null)

/** What its provider sees, as the clock has it. */
export const shownSanction = ({ sanction, version }: SanctionItem, now: string): Sanction => ({ ...sanctionAt(sanction, now), version })

/** What an operator sees, with what she may do: none of it where she is concerned. */
export function sanctionCase(item: SanctionItem, by: string, concerned: boolean, now: string): SanctionCase {
  const shown = shownSanction(item, now)
  const may: SanctionCase['may'] = []
  if (!concerned && shown.state === 'proposed') {
    const ripe = !barsPublishing(shown.grade) || shown.atOnce !== null || now >= shown.hearUntil
    if (by !== item.proposedBy && ripe) may.push('confirm')
    may.push('withdraw')
  }
  const open = shown.appeal !== null && shown.appeal.outcome === null
  if (!concerned && open && by !== item.proposedBy && by !== item.confirmedBy) may.push('decide-appeal')
  return { ...shown, may }
}
