import type { EligibilityRule, FundingRule, ProgramTerms } from '@skills/contract/funding.ts'
import { yuan } from '@skills/contract/money.ts'
import { tradeName, termName, word, type Taxonomy } from '../../catalog/words.ts'
import type { Language } from '../../language.ts'

/** What a program pays for one seat, in a sentence. */
export function fundingSaid(funding: FundingRule, lang: Language): string {
  const zh = lang === 'zh'
  if (funding.kind === 'full') return zh ? '全额补贴' : 'Pays the whole price'
  if (funding.kind === 'fixed') return zh ? `每座补贴 ${yuan(funding.fen)}` : `Pays ${yuan(funding.fen)} a seat`
  const cap = funding.capFen === null ? '' : zh ? `，最多 ${yuan(funding.capFen)}` : `, at most ${yuan(funding.capFen)}`
  return zh ? `补贴标价的 ${funding.percent}%${cap}` : `Pays ${funding.percent}% of the price${cap}`
}

/** Whether it may stand beside other subsidies, in a sentence. */
export function stackingSaid(stacking: ProgramTerms['stacking'], lang: Language): string {
  const zh = lang === 'zh'
  if (stacking.kind === 'exclusive') return zh ? '不与其他补贴叠加' : 'Not beside other subsidies'
  if (stacking.schemes === null) return zh ? '可与任何补贴叠加' : 'May stand beside any subsidy'
  return zh ? `可与 ${stacking.schemes.join('、')} 叠加` : `May stand beside ${stacking.schemes.join(', ')}`
}

/** The name of a region by its code or the beginning of one. */
const regionName = (taxonomy: Taxonomy, code: string, lang: Language) => termName(taxonomy, 'regions', code.padEnd(6, '0'), lang)

/** One rule of eligibility, in a sentence. */
export function ruleSaid(rule: EligibilityRule, taxonomy: Taxonomy, lang: Language): string {
  const zh = lang === 'zh'
  const list = (names: readonly string[]) => names.join(zh ? '、' : ', ')
  switch (rule.kind) {
    case 'union-member':
      return zh ? '本工会或下级工会的会员' : 'Member of this union or of one below it'
    case 'region':
      return `${zh ? '地区：' : 'Region: '}${list(rule.regions.map((code) => regionName(taxonomy, code, lang)))}`
    case 'employment':
      return `${zh ? '就业方式：' : 'Employment: '}${list(rule.kinds.map((kind) => word('employment', kind, lang)))}`
    case 'age':
      return zh ? `年龄 ${rule.min ?? '不限'}–${rule.max ?? '不限'} 周岁` : `Age ${rule.min ?? 'any'} to ${rule.max ?? 'any'}`
    case 'trade': {
      const levels = rule.levels === null ? '' : ` (${list(rule.levels.map((level) => word('level', level, lang)))})`
      return `${zh ? '工种：' : 'Trades: '}${list(rule.trades.map((trade) => tradeName(taxonomy, trade, lang)))}${levels}`
    }
    case 'once-per-trade-and-level':
      return zh ? '同一工种同一等级只补一次' : 'Once ever for the same trade and level'
    case 'per-scheme-and-year': {
      const extra =
        rule.shortage === null
          ? ''
          : zh
            ? `；紧缺工种再加 ${rule.shortage.extra} 次（${list(rule.shortage.trades.map((trade) => tradeName(taxonomy, trade, lang)))}）`
            : `; ${rule.shortage.extra} more for shortage trades (${list(rule.shortage.trades.map((trade) => tradeName(taxonomy, trade, lang)))})`
      return zh ? `本计划每人每年最多 ${rule.times} 次${extra}` : `At most ${rule.times} a year in this scheme${extra}`
    }
    case 'at-most': {
      const where = rule.schemes === null ? (zh ? '所有计划' : 'all schemes') : list(rule.schemes)
      const when = rule.period === 'year' ? (zh ? '每年' : 'a year') : zh ? '累计' : 'ever'
      return zh ? `${where}合计${when}最多 ${rule.times} 次` : `At most ${rule.times} ${when} over ${where}`
    }
    case 'no-lower-level':
      return zh ? '已有更高等级的，不补低等级' : 'Nothing for a level below one already held'
    case 'not-with':
      return zh ? `同一工种等级不与 ${list(rule.schemes)} 重复享受` : `Not beside ${list(rule.schemes)} for the same trade and level`
    case 'attendance':
      return zh
        ? `近 ${rule.withinMonths} 个月缺席不超过 ${rule.mostNoShows} 次`
        : `At most ${rule.mostNoShows} missed runs in ${rule.withinMonths} months`
  }
}
