import type { EligibilityRule, ProgramTerms, RuleSet } from '@skills/contract/funding.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { isDeepStrictEqual as same } from 'node:util'
import { tradeOf } from '../catalog/taxonomy.ts'

const say = (zh: string, en: string): Text => ({ zh, en })

/** What can be wrong with the terms of a program beyond their shape: a stable code and a sentence. */
const wrongs = {
  'date-order': say('结束日期早于开始日期。', 'The last day is before the first.'),
  'out-of-range': say('这个数不在允许的范围内。', 'This number is out of range.'),
  'too-few': say('至少要填一项，或不限制。', 'Name at least one, or set no limit.'),
  length: say('请填写内容。', 'Please fill this in.'),
  duplicate: say('与另一项重复。', 'It repeats another one.'),
  'rule-sets-overlap': say('与另一个版本的有效期重叠。', 'It is in force on days of another version.'),
  'trade-unknown': say('工种目录里没有这个工种。', 'The taxonomy has no such trade.'),
  'rules-in-force': say(
    '这个版本已经生效并可能据以发放补贴，内容不能改，只能写结束日期并新增一个版本。',
    'This version is in force and may have granted subsidies. Give it an end and add a new version.',
  ),
} satisfies Record<string, Text>

/**
 * Judges the terms of a program: dates, amounts, overlapping versions, trades of the taxonomy. `at` is the pointer of the terms. `standing` are the rule sets that
 * may have granted already: what began by `today` keeps its content, only its end may be written. Refuses `validation-failed` with every error at once.
 */
export function checkTerms(terms: ProgramTerms, at: string, standing: readonly RuleSet[], today: string): void {
  const errors: FieldError[] = []
  const wrong = (pointer: string, code: keyof typeof wrongs) => errors.push({ pointer: `${at}/${pointer}`, code, detail: wrongs[code] })

  if (terms.period.until < terms.period.from) wrong('period/until', 'date-order')
  const { funding, stacking } = terms
  if (funding.kind === 'fixed' && funding.fen < 1) wrong('funding/fen', 'out-of-range')
  if (funding.kind === 'percentage' && funding.capFen !== null && funding.capFen < 1) wrong('funding/capFen', 'out-of-range')
  if (stacking.kind === 'with' && stacking.schemes?.length === 0) wrong('stacking/schemes', 'too-few')

  terms.ruleSets.forEach((set, place) => {
    const own = `ruleSets/${place}`
    const others = terms.ruleSets.filter((_, other) => other < place)
    if (set.version.trim() === '') wrong(`${own}/version`, 'length')
    else if (others.some(({ version }) => version === set.version)) wrong(`${own}/version`, 'duplicate')
    if (set.source.title.trim() === '') wrong(`${own}/source/title`, 'length')
    if (set.source.document.trim() === '') wrong(`${own}/source/document`, 'length')
    if (set.until !== null && set.until < set.from) wrong(`${own}/until`, 'date-order')
    else if (others.some((other) => overlaps(set, other))) wrong(`${own}/from`, 'rule-sets-overlap')
    set.rules.forEach((rule, number) => checkRule(rule, (field, code) => wrong(`${own}/rules/${number}${field}`, code)))
    if (set.earns !== undefined && set.earns.shareFromPercent > set.earns.fullFromPercent)
      wrong(`${own}/earns/shareFromPercent`, 'out-of-range')
    const kinds = set.rules.map(({ kind }) => kind)
    kinds.forEach((kind, number) => {
      if (kind !== 'not-with' && kind !== 'at-most' && kinds.indexOf(kind) < number) wrong(`${own}/rules/${number}`, 'duplicate')
    })
  })
  for (const old of standing.filter(({ from }) => from <= today)) {
    const place = terms.ruleSets.findIndex(({ version }) => version === old.version)
    const now = terms.ruleSets[place]
    if (now === undefined) wrong('ruleSets', 'rules-in-force')
    else if (!same(content(now), content(old))) wrong(`ruleSets/${place}`, 'rules-in-force')
  }
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors: errors.slice(0, 20) })
}

const content = ({ until: _, ...rest }: RuleSet) => rest

const overlaps = (a: RuleSet, b: RuleSet) => (b.until === null || a.from <= b.until) && (a.until === null || b.from <= a.until)

function checkRule(rule: EligibilityRule, wrong: (field: string, code: keyof typeof wrongs) => void): void {
  const knownTrades = (trades: readonly string[], field: string) =>
    trades.forEach((trade, place) => {
      if (tradeOf(trade)?.code !== trade) wrong(`${field}/${place}`, 'trade-unknown')
      else if (trades.indexOf(trade) < place) wrong(`${field}/${place}`, 'duplicate')
    })
  const years = (value: number | null, field: string) => {
    if (value !== null && (value < 0 || value > 120)) wrong(field, 'out-of-range')
  }
  switch (rule.kind) {
    case 'age':
      years(rule.min, '/min')
      years(rule.max, '/max')
      if (rule.min !== null && rule.max !== null && rule.max < rule.min) wrong('/max', 'out-of-range')
      if (rule.min === null && rule.max === null) wrong('', 'too-few')
      return
    case 'trade':
      knownTrades(rule.trades, '/trades')
      if (rule.levels?.length === 0) wrong('/levels', 'too-few')
      return
    case 'per-scheme-and-year':
      if (rule.shortage === null) return
      if (rule.shortage.trades.length === 0) wrong('/shortage/trades', 'too-few')
      knownTrades(rule.shortage.trades, '/shortage/trades')
      return
    case 'at-most':
      if (rule.schemes?.length === 0) wrong('/schemes', 'too-few')
      return
    case 'attendance':
      if (rule.mostNoShows < 0 || rule.mostNoShows > 50) wrong('/mostNoShows', 'out-of-range')
      return
    default:
      return
  }
}
