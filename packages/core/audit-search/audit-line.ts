import type { AuditChain, AuditLine } from '@skills/contract/audit.routes.ts'
import { auditHash } from '../audit.ts'
import { auditWords, kindOf } from './audit-words.ts'

/** An entry of the audit as the table holds it. */
export interface AuditEntry {
  entity: string
  version: number
  action: string
  by: string
  at: string
  before: string
  hash: string
  evidence?: string
}
export type Chain = AuditChain

/** What people do with their own complaints and ratings. Who looks up the thing is not told who wrote it. */
const byLearner: Record<string, readonly string[]> = { cmp: ['raise', 'settled', 'not settled'], rat: ['rate', 'change'] }

/** An entry as an operator reads it: ids and words of the house, none of what people wrote. */
export function lineOf({ entity, version, action, by, at, evidence }: AuditEntry): AuditLine {
  const own = byLearner[entity.slice(0, 3)]?.includes(action) === true && !by.startsWith('system:')
  return {
    entity,
    version,
    at,
    by: own ? 'learner' : by,
    what: auditWords(entity, action),
    kind: kindOf(action),
    evidence: evidence !== undefined,
  }
}

/** Whether a chain holds. In: all its entries in their order. Each must be the next number, name the hash before it, and have the hash of what it says. */
export function chainOf(entity: string, entries: readonly AuditEntry[]): Chain {
  let before = ''
  for (const [place, entry] of entries.entries()) {
    if (entry.version !== place + 1 || entry.before !== before || auditHash({ ...entry }) !== entry.hash)
      return { entity, entries: entries.length, holds: false, brokenAt: place + 1 }
    before = entry.hash
  }
  return { entity, entries: entries.length, holds: entries.length > 0, brokenAt: null }
}
