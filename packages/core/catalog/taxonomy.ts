import type { Term, TermList } from '@skills/contract/taxonomy.ts'
import { regions } from './taxonomy-regions.ts'
import { specialOperations } from './taxonomy-special-operations.ts'
import { industries, trades } from './taxonomy-trades.ts'

const levels: TermList = {
  version: '2022-1',
  source: '新八级工: 人社部发〔2022〕14号 (number from general knowledge, unverified); “1+5+2”, lowest first',
  terms: [
    { code: 'apprentice', name: { zh: '学徒工', en: 'Apprentice' } },
    { code: 'level-5', name: { zh: '五级（初级工）', en: 'Level 5 (junior)' } },
    { code: 'level-4', name: { zh: '四级（中级工）', en: 'Level 4 (intermediate)' } },
    { code: 'level-3', name: { zh: '三级（高级工）', en: 'Level 3 (senior)' } },
    { code: 'level-2', name: { zh: '二级（技师）', en: 'Level 2 (technician)' } },
    { code: 'level-1', name: { zh: '一级（高级技师）', en: 'Level 1 (senior technician)' } },
    { code: 'special-technician', name: { zh: '特级技师', en: 'Special technician' } },
    { code: 'chief-technician', name: { zh: '首席技师', en: 'Chief technician' } },
  ],
}

const families: TermList = {
  version: '2026-1',
  source: 'Who issues decides the family: emergency-management departments, filed evaluation bodies, the training provider',
  terms: [
    { code: 'special-operations', name: { zh: '特种作业操作证', en: 'Special operations licence' } },
    { code: 'skill-level', name: { zh: '职业技能等级', en: 'Skill level' } },
    { code: 'training-completion', name: { zh: '培训结业', en: 'Training completion' } },
  ],
}

const deliveries: TermList = {
  version: '2026-1',
  source: 'Ours',
  terms: [
    { code: 'classroom', name: { zh: '集中面授', en: 'Classroom' } },
    { code: 'travelling-practice', name: { zh: '送教上门', en: 'Travelling practice' } },
    { code: 'live', name: { zh: '直播', en: 'Live online' } },
    { code: 'video', name: { zh: '录播', en: 'Video' } },
    { code: 'mixed', name: { zh: '线上线下混合', en: 'Mixed' } },
  ],
}

const educations: TermList = {
  version: '2026-1',
  source: 'Ours, lowest first',
  terms: [
    { code: 'primary', name: { zh: '小学', en: 'Primary school' } },
    { code: 'junior-middle', name: { zh: '初中', en: 'Junior middle school' } },
    { code: 'senior-middle', name: { zh: '高中（含中专、技校）', en: 'Senior middle school' } },
    { code: 'college', name: { zh: '大专', en: 'College' } },
    { code: 'bachelor', name: { zh: '本科', en: 'Bachelor' } },
  ],
}

const lists = { industries, specialOperations, trades, levels, families, deliveries, educations, regions }
export type ListName = keyof typeof lists

/** Rises when any list changes; `taxonomy.json` of the published catalog carries it. */
const taxonomyVersion = '2026-11-1'

/** All words of the catalog for the published snapshot: a version and the lists by name, each with its own version and source. */
export function taxonomySnapshot(): { version: string; lists: Record<ListName, TermList> } {
  return { version: taxonomyVersion, lists }
}

/** Short forms that people write in sheets, beside names and codes. */
const shortForms: Partial<Record<ListName, Record<string, string>>> = {
  levels: { 学徒: 'apprentice', 初级工: 'level-5', 中级工: 'level-4', 高级工: 'level-3', 技师: 'level-2', 高级技师: 'level-1' },
  families: {
    特种作业: 'special-operations',
    职业技能等级证书: 'skill-level',
    技能等级: 'skill-level',
    结业: 'training-completion',
    结业证书: 'training-completion',
  },
  deliveries: { 面授: 'classroom', 线下: 'classroom', 送教: 'travelling-practice', 视频: 'video', 混合: 'mixed' },
  educations: { 高中: 'senior-middle', 中专: 'senior-middle', 技校: 'senior-middle', 专科: 'college' },
}

const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
const found = new Map<ListName, Map<string, Term>>()

/** The names a term may be called by: code, both names, the name without its bracket and the bracket alone, 海口 for 海口市. */
function callNames(term: Term): string[] {
  const [before = '', inside] = term.name.zh.split(/[（）]/)
  const bare = /^46/.test(term.code) ? term.name.zh.replace(/(省|市|县|黎族自治县|黎族苗族自治县)$/, '') : term.name.zh.replace(/作业$/, '')
  return [term.code, term.name.zh, term.name.en, before, bare, ...(inside?.endsWith('工') || inside?.endsWith('技师') ? [inside] : [])]
}

/** Finds a term of a list by its code, its Chinese or English name or a usual short form. Answers undefined for anything else. */
export function termOf(list: ListName, text: string): Term | undefined {
  let index = found.get(list)
  if (index === undefined) {
    index = new Map()
    for (const term of lists[list].terms) for (const name of callNames(term)) if (!index.has(plain(name))) index.set(plain(name), term)
    for (const [short, code] of Object.entries(shortForms[list] ?? {})) {
      const term = lists[list].terms.find((one) => one.code === code)
      if (term) index.set(plain(short), term)
    }
    found.set(list, index)
  }
  return index.get(plain(text))
}

/** A trade a course can have: an item of the special operations (never a category), or one of the other trades. */
export function tradeOf(text: string): Term | undefined {
  const special = termOf('specialOperations', text)
  return special?.parent === undefined ? termOf('trades', text) : special
}
