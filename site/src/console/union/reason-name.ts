import type { Text } from '@skills/contract/text.ts'
import type { Language } from '../../language.ts'

const t = (zh: string, en: string): Text => ({ zh, en })

/** Short names of the rules that a review can be asked about, and of what can be missing besides, by the code of the price's reasons. */
const reasons: Record<string, Text> = {
  'union-unknown': t('不在会员名册里', 'Not on a roster'),
  'union-ended': t('会员登记已到期', 'Membership ended'),
  'region-unknown': t('地区未填', 'Region unknown'),
  'region-not-covered': t('地区不符', 'Region not covered'),
  'employment-unknown': t('就业方式未填', 'Employment unknown'),
  'employment-not-covered': t('就业方式不符', 'Employment not covered'),
  'age-unknown': t('年龄未知', 'Age unknown'),
  'age-too-low': t('年龄偏小', 'Too young'),
  'age-too-high': t('年龄偏大', 'Too old'),
  'trade-not-covered': t('工种不在范围', 'Trade not covered'),
  'level-not-covered': t('等级不在范围', 'Level not covered'),
  'already-subsidized': t('同工种同等级已补过', 'Trade and level subsidized before'),
  'scheme-year-used': t('本计划本年次数用完', 'Scheme’s yearly limit used'),
  'year-used': t('本年合计次数用完', 'Yearly limit used'),
  'all-used': t('累计次数用完', 'Limit used'),
  'higher-level-held': t('已有更高等级', 'Higher level held'),
  'other-scheme-used': t('已享受另一类补贴', 'Another scheme used'),
  'runs-missed': t('缺席次数过多', 'Too many missed runs'),
  'program-frozen': t('另：项目已暂停', 'Besides: program paused'),
  'allocation-frozen': t('另：本期拨款已冻结', 'Besides: allocation frozen'),
  'allocation-used': t('另：本期名额或资金用完', 'Besides: allocation used up'),
  'voucher-frozen': t('另：券已冻结', 'Besides: voucher frozen'),
  'voucher-used': t('另：券已用完', 'Besides: voucher used up'),
}

/** The name of a reason, or its code where it is newer than this page. */
export const reasonName = (code: string, lang: Language): string => reasons[code]?.[lang] ?? code
