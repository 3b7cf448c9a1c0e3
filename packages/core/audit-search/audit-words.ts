import type { Text } from '@skills/contract/text.ts'
import { auditNoun } from './audit-nouns.ts'
import { auditVerbs } from './audit-verbs.ts'

/** What was done, without what people wrote for it and without ids: `shown: a complaint` → `shown`, `step to cancelled` → `step to`. */
export function kindOf(action: string): string {
  return longestFirst.find((verb) => action === verb || action.startsWith(`${verb} `) || action.startsWith(`${verb}: `)) ?? 'other'
}

const longestFirst = Object.keys(auditVerbs).toSorted((a, b) => b.length - a.length)

/** The end of an action that is a word of the house or an id: said as it is. What else stands there was written by somebody and is not said. */
const safe = /^(?:[a-z-]{2,30}|[a-z]{3}_[0-9A-Z]{26}|\d{1,6})$/

/** An entry of the audit in words: what it was done to, and what was done. */
export function auditWords(entity: string, action: string): Text {
  const kind = kindOf(action)
  const verb = auditVerbs[kind] ?? { zh: '其他变更', en: 'another change' }
  const rest = action
    .slice(kind === 'other' ? action.length : kind.length)
    .replace(/^:?\s*/, '')
    .split(': ')
    .at(-1)
  const more = rest !== undefined && !hidden.has(kind) && safe.test(rest) ? rest : ''
  const noun = auditNoun(entity)
  return {
    zh: `${noun.zh}：${verb.zh}${more === '' ? '' : `（${more}）`}`,
    en: `${noun.en}: ${verb.en}${more === '' ? '' : ` (${more})`}`,
  }
}

/** Kinds whose end a person wrote freely. */
const hidden = new Set(['shown'])
