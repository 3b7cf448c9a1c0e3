import type { Earns, EligibilityRule, ProgramTerms, RuleSet } from '@skills/contract/funding.ts'
import { fenOf, yuanOf } from '../fen.ts'

export const ruleKinds = [
  'union-member',
  'region',
  'employment',
  'age',
  'trade',
  'once-per-trade-and-level',
  'per-scheme-and-year',
  'at-most',
  'no-lower-level',
  'not-with',
  'attendance',
] as const satisfies readonly EligibilityRule['kind'][]

/** A rule as the form holds it: the fields of all kinds, of which its kind says which count. */
export interface RuleDraft {
  kind: EligibilityRule['kind']
  regions?: string[]
  kinds?: string[]
  min?: number | null
  max?: number | null
  trades?: string[]
  levels?: string[]
  times?: number
  shortageTrades?: string[]
  extra?: number
  period?: 'year' | 'ever'
  schemes?: string[]
  withinMonths?: number
  mostNoShows?: number
}

/** The terms of a program as the form holds them: sums in yuan, what is left empty as undefined. Names are those of the terms, so that a refusal's pointer finds its field. */
export interface ProgramDraft {
  name: { zh: string; en: string }
  scheme: string
  period: { from?: string; until?: string }
  funding: { kind: 'fixed' | 'percentage' | 'full'; fen?: number | null; percent?: number | null; capFen?: number | null }
  stacking: { kind: 'exclusive' | 'with'; schemes?: string[] }
  ruleSets: {
    version: string
    from?: string
    until?: string | null
    source: { title: string; document: string }
    rules: RuleDraft[]
    /** Left empty: the platform's bands. */
    earns?: { [band in keyof Earns]?: number | null } | undefined
  }[]
}

const orNull = <T>(list: T[] | undefined): T[] | null => (list === undefined || list.length === 0 ? null : list)

/** What is sent of a draft. Nothing is judged here: the API says what is wrong, all at once. */
export function termsOf(draft: ProgramDraft): ProgramTerms {
  const { name, scheme, period, funding, stacking, ruleSets } = draft
  return {
    name: { zh: name.zh.trim(), en: name.en.trim() },
    scheme: scheme.trim(),
    period: { from: period.from ?? '', until: period.until ?? '' },
    funding:
      funding.kind === 'full'
        ? { kind: 'full' }
        : funding.kind === 'fixed'
          ? { kind: 'fixed', fen: fenOf(funding.fen) }
          : { kind: 'percentage', percent: funding.percent ?? 0, capFen: (funding.capFen ?? null) === null ? null : fenOf(funding.capFen) },
    stacking: stacking.kind === 'exclusive' ? { kind: 'exclusive' } : { kind: 'with', schemes: orNull(stacking.schemes) },
    ruleSets: ruleSets.map((set) => ({
      version: set.version.trim(),
      from: set.from ?? '',
      until: set.until || null,
      source: { title: set.source.title.trim(), document: set.source.document.trim() },
      rules: set.rules.map(ruleOf),
      ...earnsOf(set.earns),
    })),
  }
}

/** Bands of which one is filled in are sent whole: what is left empty is 0. */
function earnsOf(draft: ProgramDraft['ruleSets'][number]['earns']): Pick<RuleSet, 'earns'> {
  const { fullFromPercent = null, shareFromPercent = null, belowPercent = null } = draft ?? {}
  if (fullFromPercent === null && shareFromPercent === null && belowPercent === null) return {}
  return { earns: { fullFromPercent: fullFromPercent ?? 0, shareFromPercent: shareFromPercent ?? 0, belowPercent: belowPercent ?? 0 } }
}

function ruleOf(draft: RuleDraft): EligibilityRule {
  switch (draft.kind) {
    case 'region':
      return { kind: 'region', regions: draft.regions ?? [] }
    case 'employment':
      return { kind: 'employment', kinds: (draft.kinds ?? []) as Extract<EligibilityRule, { kind: 'employment' }>['kinds'] }
    case 'age':
      return { kind: 'age', min: draft.min ?? null, max: draft.max ?? null }
    case 'trade':
      return {
        kind: 'trade',
        trades: draft.trades ?? [],
        levels: orNull(draft.levels) as Extract<EligibilityRule, { kind: 'trade' }>['levels'],
      }
    case 'per-scheme-and-year': {
      const trades = orNull(draft.shortageTrades)
      return { kind: draft.kind, times: draft.times ?? 1, shortage: trades === null ? null : { trades, extra: draft.extra ?? 1 } }
    }
    case 'at-most':
      return { kind: draft.kind, times: draft.times ?? 1, period: draft.period ?? 'year', schemes: orNull(draft.schemes) }
    case 'not-with':
      return { kind: draft.kind, schemes: draft.schemes ?? [] }
    case 'attendance':
      return { kind: draft.kind, withinMonths: draft.withinMonths ?? 12, mostNoShows: draft.mostNoShows ?? 0 }
    default:
      return { kind: draft.kind }
  }
}

/** A program's terms as the form shows them. */
export function draftOf(terms: ProgramTerms): ProgramDraft {
  const { name, scheme, period, funding, stacking, ruleSets } = terms
  return {
    name,
    scheme,
    period,
    funding:
      funding.kind === 'fixed'
        ? { kind: 'fixed', fen: yuanOf(funding.fen) }
        : funding.kind === 'percentage'
          ? { kind: 'percentage', percent: funding.percent, capFen: funding.capFen === null ? null : yuanOf(funding.capFen) }
          : { kind: 'full' },
    stacking: stacking.kind === 'with' ? { kind: 'with', schemes: stacking.schemes ?? [] } : { kind: 'exclusive' },
    ruleSets: ruleSets.map((set) => ({ ...set, rules: set.rules.map(ruleDraftOf) })),
  }
}

function ruleDraftOf(rule: EligibilityRule): RuleDraft {
  if (rule.kind === 'per-scheme-and-year')
    return { kind: rule.kind, times: rule.times, shortageTrades: rule.shortage?.trades ?? [], extra: rule.shortage?.extra ?? 1 }
  if (rule.kind === 'trade') return { kind: rule.kind, trades: rule.trades, levels: rule.levels ?? [] }
  if (rule.kind === 'at-most') return { ...rule, schemes: rule.schemes ?? [] }
  return { ...rule }
}

/** The field of the form that a refusal points to: `#/terms/period/until` → `['period', 'until']`. */
export function fieldOf(pointer: string): (string | number)[] {
  const path = pointer
    .replace(/^#?\//, '')
    .split('/')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')))
  return path[0] === 'terms' ? path.slice(1) : path
}
