import { refusals, type RefusalCode } from '@skills/contract/refusals.ts'
import { fill, type Language, type Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'

/** How members that are codes are said to people. */
const words: Record<string, Text> = {
  realName: { zh: '姓名', en: 'name' },
  residentId: { zh: '身份证号', en: 'resident ID' },
  mobile: { zh: '手机号', en: 'mobile number' },
  region: { zh: '地区', en: 'region' },
  employmentKind: { zh: '就业形式', en: 'kind of employment' },
  draft: { zh: '草稿', en: 'draft' },
  published: { zh: '已发布', en: 'published' },
  withdrawn: { zh: '已下架', en: 'withdrawn' },
  'registration-open': { zh: '报名中', en: 'registration open' },
  'registration-closed': { zh: '报名结束', en: 'registration closed' },
  running: { zh: '开课中', en: 'running' },
  completed: { zh: '已结束', en: 'completed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  active: { zh: '有效', en: 'active' },
  held: { zh: '待付款', en: 'held' },
  lapsed: { zh: '已到期', en: 'lapsed' },
  'awaiting-payment': { zh: '待付款', en: 'awaiting payment' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  paid: { zh: '已付款', en: 'paid' },
  open: { zh: '进行中', en: 'open' },
  frozen: { zh: '已冻结', en: 'frozen' },
  closing: { zh: '关闭中', en: 'closing' },
  closed: { zh: '已关闭', en: 'closed' },
  accepted: { zh: '已接受', en: 'accepted' },
  declined: { zh: '已谢绝', en: 'declined' },
  granted: { zh: '已通过', en: 'granted' },
  refused: { zh: '未通过', en: 'refused' },
}

/** The sentence of a refusal in both languages, filled with its members as people say them: Beijing time, words in place of codes. */
export function sentenceOf(code: RefusalCode, members: Record<string, unknown> = {}): Text {
  const { detail } = refusals[code]
  const filled = (language: Language) =>
    fill(detail[language], Object.fromEntries(Object.entries(members).map(([name, value]) => [name, said(value, language)])))
  return { zh: filled('zh'), en: filled('en') }
}

function said(value: unknown, language: Language): unknown {
  if (Array.isArray(value) && value.length === 0) return language === 'zh' ? '无' : 'none'
  if (Array.isArray(value)) return value.map((part) => String(said(part, language))).join(language === 'zh' ? '、' : ', ')
  if (isText(value)) return value[language]
  if (typeof value !== 'string') return value
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return `${dateAt(value)} ${clockAt(value)}`
  return Object.hasOwn(words, value) ? words[value]?.[language] : value
}

const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
