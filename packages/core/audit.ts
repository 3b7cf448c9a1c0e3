import { createHash } from 'node:crypto'
import { keys } from './keys.ts'
import type { Item } from './table.ts'
import type { Step } from './transact.ts'

/** Where an entity stands in its history: `version` counts its changes from 1, `auditHash` is the hash of the last entry. */
export interface History {
  version: number
  auditHash: string
}

export interface Change {
  /** The entity's id. */
  entity: string
  action: string
  /** Who did it: a person's id, or `system:<function>`. */
  by: string
  at: string
  commandId?: string | undefined
  /** The digest of what somebody showed for it, where the change stands on that; the words themselves are the entity's. */
  evidence?: string | undefined
}

/**
 * The next entry of an entity's audit chain. In: what changed and the history before it (undefined when it is created).
 * Out: the step that writes the entry, and the history that the entity must carry after it. Entries hold no personal data.
 */
export function auditStep(change: Change, before: History | undefined): { step: Step; history: History } {
  const version = (before?.version ?? 0) + 1
  const entry = {
    entity: change.entity,
    version,
    action: change.action,
    by: change.by,
    at: change.at,
    commandId: change.commandId ?? null,
    before: before?.auditHash ?? '',
    ...(change.evidence === undefined ? {} : { evidence: change.evidence }),
  }
  const hash = auditHash(entry)
  const item = { ...keys.audit.key(change.entity, String(version).padStart(8, '0')), ...entry, hash }
  return { step: { name: 'audit', put: { item, condition: 'attribute_not_exists(pk)' } }, history: { version, auditHash: hash } }
}

/** The hash of an audit entry: SHA-256 over its fields in a fixed order, the hash before it among them. */
export function auditHash(entry: Record<string, unknown>): string {
  const fields = ['entity', 'version', 'action', 'by', 'at', 'commandId', 'before'].map((name) => entry[name] ?? null)
  if (entry['evidence'] !== undefined) fields.push(entry['evidence'])
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}

/** The history that an item carries. */
export function historyOf(item: Item | undefined): History | undefined {
  return item === undefined ? undefined : { version: item['version'] as number, auditHash: item['auditHash'] as string }
}
