import type { EntryCondition } from '@skills/contract/catalog.ts'
import { tradeName, word, type Taxonomy } from '../catalog/words.ts'
import type { Language } from '../language.ts'
import { courseText } from './course.text.ts'

/** An entry condition as a sentence. */
export function conditionText(condition: EntryCondition, taxonomy: Taxonomy, lang: Language): string {
  const w = courseText[lang]
  if (condition.kind === 'age') return w.age(condition.min, condition.max)
  if (condition.kind === 'education') return w.education(word('education', condition.atLeast, lang))
  if (condition.kind === 'health-commitment') return w.health
  return w.certificate(tradeName(taxonomy, condition.trade, lang), condition.level ? word('level', condition.level, lang) : '')
}
