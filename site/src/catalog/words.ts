import type { Text } from '@skills/contract/text.ts'
import type { TermList } from '@skills/contract/taxonomy.ts'
import type { Language } from '../language.ts'

/** `/catalog/taxonomy.json`: the lists of terms by name. */
export interface Taxonomy {
  version: string
  lists: Record<string, TermList>
}
export const noTaxonomy: Taxonomy = { version: '', lists: {} }

/** The name of a term, or its code while the words are not there. */
export function termName(taxonomy: Taxonomy, list: string, code: string, lang: Language): string {
  return taxonomy.lists[list]?.terms.find((term) => term.code === code)?.name[lang] ?? code
}

const t = (zh: string, en: string): Text => ({ zh, en })

/** The name of a trade: an item of the special operations or one of the others. */
export const tradeName = (taxonomy: Taxonomy, code: string, lang: Language) => {
  const special = termName(taxonomy, 'specialOperations', code, lang)
  return special === code ? termName(taxonomy, 'trades', code, lang) : special
}

/** Names of the fixed words of the contract. */
export const names = {
  delivery: {
    classroom: t('面授', 'Classroom'),
    'travelling-practice': t('送教上门', 'On-site practice'),
    live: t('直播课', 'Live online'),
    video: t('录播课', 'Recorded'),
    mixed: t('线上＋线下', 'Blended'),
  },
  level: {
    apprentice: t('学徒工', 'Apprentice'),
    'level-5': t('初级工（五级）', 'Junior (level 5)'),
    'level-4': t('中级工（四级）', 'Intermediate (level 4)'),
    'level-3': t('高级工（三级）', 'Senior (level 3)'),
    'level-2': t('技师（二级）', 'Technician (level 2)'),
    'level-1': t('高级技师（一级）', 'Senior technician (level 1)'),
    'special-technician': t('特级技师', 'Special technician'),
    'chief-technician': t('首席技师', 'Chief technician'),
  },
  family: {
    'special-operations': t('特种作业', 'Special operations'),
    'skill-level': t('技能等级', 'Skill level'),
    'training-completion': t('结业证明', 'Completion'),
  },
  education: {
    primary: t('小学', 'primary school'),
    'junior-middle': t('初中', 'junior middle school'),
    'senior-middle': t('高中或中专', 'senior middle school'),
    college: t('大专', 'college'),
    bachelor: t('本科', 'a bachelor degree'),
  },
  employment: {
    employee: t('单位职工', 'Employee'),
    'platform-worker': t('新就业形态劳动者（骑手、网约车司机等）', 'Platform worker (rider, driver …)'),
    other: t('其他', 'Other'),
  },
  meeting: {
    classroom: t('面授', 'Classroom'),
    practice: t('实操', 'Practice'),
    live: t('直播', 'Live'),
    video: t('录播', 'Recorded'),
    assessment: t('考核', 'Assessment'),
  },
  language: { zh: t('中文授课', 'In Chinese'), en: t('英文授课', 'In English') },
} as const

/** The name of a fixed word, or the word itself when it is newer than this page. */
export function word(kind: keyof typeof names, code: string, lang: Language): string {
  const list: Record<string, Text> = names[kind]
  return list[code]?.[lang] ?? code
}
