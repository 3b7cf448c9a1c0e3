import { createHash } from 'node:crypto'
import { indexes, keys } from './keys.ts'
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
  /** Which parts of the entity it was about, by their ids, where the books must know. */
  about?: readonly string[]
  /** Whether somebody did it for herself and not in a role; left out: where the entity is named after her. */
  own?: boolean
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
    ...(change.about === undefined || change.about.length === 0 ? {} : { about: change.about }),
  }
  const hash = auditHash(entry)
  const { pk, sk } = keys.audit.key(change.entity, String(version).padStart(8, '0'))
  const item = { pk, sk, ...entry, hash, ...byActor(change, sk) }
  return { step: { name: 'audit', put: { item, condition: 'attribute_not_exists(pk)' } }, history: { version, auditHash: hash } }
}

/**
 * Where an entry stands in the index of who did what: only what was done in a role. What people do for themselves, claims above all, and what the house does by itself have no place in
 * it, so a rush writes nothing there and no partition of it is hot.
 */
function byActor({ entity, by, at, own = entity.includes(by) }: Change, version: string): Record<string, string> {
  if (own || !by.startsWith('per_')) return {}
  return { [indexes.auditByActor.pk]: by, [indexes.auditByActor.sk]: `${at}#${entity}#${version}` }
}

/** The hash of an audit entry: SHA-256 over its fields in a fixed order, the hash before it among them. */
export function auditHash(entry: Record<string, unknown>): string {
  const fields = ['entity', 'version', 'action', 'by', 'at', 'commandId', 'before'].map((name) => entry[name] ?? null)
  if (entry['evidence'] !== undefined) fields.push(entry['evidence'])
  if (entry['about'] !== undefined) fields.push({ about: entry['about'] })
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}

/** The history that an item carries. */
export function historyOf(item: Item | undefined): History | undefined {
  return item === undefined ? undefined : { version: item['version'] as number, auditHash: item['auditHash'] as string }
}
