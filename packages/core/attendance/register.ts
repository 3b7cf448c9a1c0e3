import type { Run } from '@skills/contract/catalog.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'
import { lastMeeting } from '../catalog/run.ts'
import type { MeetingCheck } from './credit.ts'
import { settleHours } from './rule.ts'

/** A run's attendance as a whole: one item, written by who teaches, never by who checks in. */
export interface Register extends History {
  runId: string
  providerId: string
  /** The name of its audit chain. */
  entity: string
  /** The meetings whose attendance was taken, with who opened it. */
  taken: { meetingId: string; at: string; by: string }[]
  checks: MeetingCheck[]
  /** When hours were credited; null while they are to be. */
  settledAt: string | null
  /** After which seat crediting goes on; left out where it begins. Every other change of the register leaves it out. */
  creditedTo?: Record<string, unknown>
  /** Since when crediting it has failed; left out where it has not, and by every change of the register. */
  failedSince?: string
}

/** When a run's hours are credited. */
export function settleAt(run: Run): string {
  return plusMinutes(lastMeeting(run), settleHours * 60)
}
