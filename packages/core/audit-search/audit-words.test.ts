import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { auditNoun } from './audit-nouns.ts'
import { auditWords, kindOf } from './audit-words.ts'

const root = new URL('../../../', import.meta.url).pathname
/** What an entry may be called, as the source writes it: whole texts, and the beginnings of those that end with a word or an id. */
const written = globSync('{packages/core,functions}/**/*.ts', { cwd: root })
  .filter((path) => !path.endsWith('.test.ts'))
  .flatMap((path) => [...readFileSync(root + path, 'utf8').matchAll(/\baction: (?:'([^'\n]+)'|`([^`$\n]+)(?:\$|`))/g)])
  .map(([, whole, begun]) => whole ?? begun ?? '')

/** Beginnings that are one word with what follows. */
const joined: Record<string, string[]> = {
  'check-': ['check-in', 'check-out', 'check-check'],
  'late-': ['late-in', 'late-out', 'late-check'],
  'pass-': ['pass-in', 'pass-out', 'pass-check'],
}

describe('every kind of change is said in words', () => {
  it('is really read', () => expect(new Set(written).size).toBeGreaterThan(60))

  it.each([...new Set(written)].flatMap((action) => joined[action] ?? [action.trim().replace(/:$/, '')]).map((action) => [action]))(
    '%s',
    (action) => {
      const known = kindOf(action) !== 'other' || kindOf(`${action} name: contact`) !== 'other'
      expect(known, `say ${action} in audit-verbs.ts`).toBe(true)
    },
  )

  it('of what, in both languages', () => {
    const run = 'run_01KAJ3V0M0AAAAAAAAAAAAAAAA'
    expect(auditWords(run, 'step to cancelled')).toEqual({ zh: '班次：状态变为（cancelled）', en: 'Run: moved to (cancelled)' })
    expect(auditWords(`${run}.crew`, 'merge into run_01KAJ3V0M0AAAAAAAAAAAAAAAB').zh).toContain('run_01KAJ3V0M0AAAAAAAAAAAAAAAB')
    expect(auditNoun('per_50KAJ3V0M0AAAAAAAAAAAAAAAA/CONSENT#sms').zh).toBe('授权')
  })

  it('and says nothing that a person wrote', () => {
    const file = 'fil_01KAJ3V0M0AAAAAAAAAAAAAAAA'
    for (const action of ['shown: 13800138000', 'shown: complaint', 'close: 王麻子 13800138000', 'unheard of: 王麻子'])
      expect(JSON.stringify([auditWords(file, action), kindOf(action)])).not.toMatch(/138|王麻子|complaint/)
  })
})
