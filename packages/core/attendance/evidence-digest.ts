import { createHash } from 'node:crypto'
import { stableText } from '../catalog/stable-text.ts'
import type { Evidence } from './evidence.ts'

/** The digest of all evidence: it stands in the audit entry of each change, so that what was taken out or altered shows. */
export function evidenceDigest(evidence: readonly Evidence[]): string {
  return createHash('sha256').update(stableText(evidence)).digest('hex')
}
