import type { Language } from './text.ts'
import { clockAt, dateAt } from './time.ts'

const fieldNames: Record<string, { zh: string; en: string }> = {
  realName: { zh: '姓名', en: 'name' },
  residentId: { zh: '身份证号', en: 'ID number' },
  mobile: { zh: '手机号', en: 'mobile number' },
  region: { zh: '所在地区', en: 'region' },
  employmentKind: { zh: '就业类型', en: 'employment' },
  draft: { zh: '草稿', en: 'draft' },
  published: { zh: '已发布', en: 'published' },
  withdrawn: { zh: '已下架', en: 'withdrawn' },
  'registration-open': { zh: '报名中', en: 'registration open' },
  'registration-closed': { zh: '报名截止', en: 'registration closed' },
  running: { zh: '进行中', en: 'running' },
  completed: { zh: '已结束', en: 'completed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  active: { zh: '有效', en: 'active' },
}

/**
 * A member of a refusal as a sentence shows it: an instant as Beijing time, a text in the language of the answer, known words by
 * their names, a list with commas, an empty list as “none”. The member itself stays as it is in the answer.
 */
export function shownMember(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return language === 'zh' ? '无' : 'none'
    return value.map((part) => shownMember(part, language)).join(language === 'zh' ? '、' : ', ')
  }
  if (typeof value === 'string') {
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) {
      return language === 'zh' ? `${dateAt(value)} ${clockAt(value)}` : `${dateAt(value)} ${clockAt(value)} (Beijing time)`
    }
    return fieldNames[value]?.[language] ?? value
  }
  if (value !== null && typeof value === 'object' && 'zh' in value && 'en' in value) return (value as { zh: unknown; en: unknown })[language]
  return value
}
