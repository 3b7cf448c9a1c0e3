import { fill, type Text } from '@skills/contract/text.ts'

interface Sentences {
  reason: Text
  /** What would change it, where something would. */
  change?: Text
  /** A rule about the person: people may weigh the case anew. Budgets, dates and vouchers are not weighed. */
  review?: true
  /** It may be otherwise tomorrow, for everybody: no reason to keep somebody from asking about a rule today. */
  passing?: true
}

const completeProfile: Text = { zh: '请先在个人信息里补全', en: 'Complete your profile first' }

const sentences = {
  'union-unknown': {
    reason: { zh: '工会名册里没有找到您', en: 'You were not found on the union’s roster' },
    change: {
      zh: '请工会把您加入名册；您的姓名和证件号或手机号要与个人信息一致',
      en: 'Ask your union to put you on its roster, with the name and ID or mobile number of your profile',
    },
    review: true,
  },
  'union-ended': {
    reason: { zh: '您的会员登记已于 {until} 到期', en: 'Your union membership on record ended on {until}' },
    change: { zh: '请工会更新名册', en: 'Ask your union to renew its roster' },
    review: true,
  },
  'region-unknown': { reason: { zh: '不知道您所在的地区', en: 'Your region is not known' }, change: completeProfile },
  'region-not-covered': {
    reason: { zh: '不在您所在的地区发放', en: 'It is not for people in your region' },
    change: { zh: '如果您已搬家，请更新个人信息里的地区', en: 'If you have moved, update the region in your profile' },
    review: true,
  },
  'employment-unknown': { reason: { zh: '不知道您的就业类型', en: 'Your kind of employment is not known' }, change: completeProfile },
  'employment-not-covered': {
    reason: { zh: '不面向您的就业类型', en: 'It is not for your kind of employment' },
    change: { zh: '如果就业情况有变，请更新个人信息', en: 'If your employment has changed, update your profile' },
    review: true,
  },
  'age-unknown': { reason: { zh: '不知道您的年龄', en: 'Your age is not known' }, change: completeProfile },
  'age-too-low': {
    reason: { zh: '开课当天须年满 {min} 周岁', en: 'You must be {min} on the first day' },
    change: { zh: '请选 {from} 及以后开课的班次', en: 'Choose a run that begins on {from} or later' },
    review: true,
  },
  'age-too-high': {
    reason: { zh: '开课当天不得超过 {max} 周岁', en: 'You may be at most {max} on the first day' },
    review: true,
  },
  'trade-not-covered': {
    reason: { zh: '不补贴这个工种', en: 'It does not pay for this trade' },
    change: { zh: '请选补贴范围内的工种', en: 'Choose a course of a trade that it pays for' },
  },
  'level-not-covered': {
    reason: { zh: '不补贴这个等级', en: 'It does not pay for this level' },
    change: { zh: '请选补贴范围内的等级', en: 'Choose a course of a level that it pays for' },
  },
  'already-subsidized': {
    reason: { zh: '同一工种同一等级只补贴一次，您已享受过', en: 'A trade and level is subsidized once, and yours was' },
    change: { zh: '请选其他工种或等级', en: 'Choose another trade or level' },
    review: true,
  },
  'scheme-year-used': {
    reason: { zh: '这类补贴 {year} 年的 {limit} 次已用完', en: 'The {limit} of this scheme for {year} are used' },
    change: { zh: '请选 {next} 年开课的班次', en: 'Choose a run that begins in {next}' },
    review: true,
  },
  'year-used': {
    reason: { zh: '{year} 年合计 {limit} 次补贴已用完', en: 'The {limit} subsidies of {year} are used' },
    change: { zh: '请选 {next} 年开课的班次', en: 'Choose a run that begins in {next}' },
    review: true,
  },
  'all-used': { reason: { zh: '合计 {limit} 次补贴已用完', en: 'All {limit} subsidies are used' }, review: true },
  'higher-level-held': {
    reason: {
      zh: '您已持有该工种更高等级的证书，或享受过更高等级的补贴',
      en: 'You hold a higher level of this trade, or were subsidized for one',
    },
    change: { zh: '请选更高的等级', en: 'Choose a higher level' },
    review: true,
  },
  'other-scheme-used': {
    reason: {
      zh: '同一工种同一等级已享受另一类不能同享的补贴',
      en: 'Another scheme that excludes this one paid for the same trade and level',
    },
    change: { zh: '请选其他工种或等级', en: 'Choose another trade or level' },
    review: true,
  },
  'runs-missed': {
    reason: {
      zh: '近 {months} 个月缺席过 {missed} 次，最多允许 {most} 次',
      en: 'You missed {missed} runs in {months} months; {most} are allowed',
    },
    change: { zh: '请选 {from} 及以后开课的班次', en: 'Choose a run that begins on {from} or later' },
    review: true,
  },
  'no-rules': { reason: { zh: '该项目今天没有生效的规则', en: 'The program has no rules in force today' } },
  'program-frozen': { reason: { zh: '该项目已暂停发放', en: 'The program is paused' }, passing: true },
  'program-closed': { reason: { zh: '该项目已停止发放', en: 'The program pays for no more seats' } },
  'outside-period': {
    reason: { zh: '开课日期不在项目期限内（{from} 至 {until}）', en: 'The run does not begin in the program’s period ({from} to {until})' },
    change: { zh: '请选期限内开课的班次', en: 'Choose a run that begins in that period' },
  },
  'allocation-frozen': { reason: { zh: '本期的补贴名额已暂停', en: 'The subsidized seats of this run are paused' }, passing: true },
  'allocation-closed': { reason: { zh: '本期没有补贴名额了', en: 'This run has no subsidized seats any more' } },
  'allocation-used': {
    reason: { zh: '本期的补贴名额已用完', en: 'The subsidized seats of this run are used up' },
    change: { zh: '请选同一课程的其他班次，或稍后再看', en: 'Choose another run of the course, or look again later' },
    passing: true,
  },
  'voucher-ended': { reason: { zh: '券已过期', en: 'The voucher has expired' } },
  'voucher-frozen': { reason: { zh: '券已暂停使用', en: 'The voucher is paused' }, passing: true },
  'voucher-closed': { reason: { zh: '券已停用', en: 'The voucher is no longer valid' } },
  'voucher-used': { reason: { zh: '券已用完', en: 'The voucher is used up' }, passing: true },
  'voucher-directed': {
    reason: { zh: '这张券不能用于本课程', en: 'The voucher is not for this course' },
    change: { zh: '请用于券上指定的课程或工种', en: 'Use it for the course or trade it names' },
  },
  'nothing-left': { reason: { zh: '其他补贴已付清全部费用', en: 'Other subsidies already pay the whole price' } },
  'not-together': {
    reason: {
      zh: '不能与为您选定的补贴同享；已为您选自付最少的组合',
      en: 'It cannot stand beside the ones chosen for you, which leave the least to pay',
    },
  },
} satisfies Record<string, Sentences>

export type FundingReasonCode = keyof typeof sentences

/** Why a program does not pay: a stable code, the reason and what would change it (or null). */
export interface FundingReason {
  code: FundingReasonCode
  reason: Text
  change: Text | null
}

/** A reason with its sentences filled. The values are numbers and dates, never personal data. */
export function fundingReason(code: FundingReasonCode, values: Record<string, unknown> = {}): FundingReason {
  const { reason, change }: Sentences = sentences[code]
  const filled = (text: Text): Text => ({ zh: fill(text.zh, values), en: fill(text.en, values) })
  return { code, reason: filled(reason), change: change === undefined ? null : filled(change) }
}

/**
 * Whether a person who is refused for these reasons can ask people to review it: a rule stands in her way, and besides rules only what may pass, such as money that is
 * used up or a program that is paused. Not where the profile has a gap she can close, or where nothing could ever be paid: an ended voucher, a closed program, other dates.
 */
export function reviewable(reasons: readonly Pick<FundingReason, 'code'>[]): boolean {
  const all = reasons.map(({ code }): Sentences => sentences[code])
  return all.some(({ review }) => review) && all.every(({ review, passing }) => review === true || passing === true)
}

/** Every code, for the contract's list and for tests. */
export const fundingReasonCodes = Object.keys(sentences) as FundingReasonCode[]
