import { createHash } from 'node:crypto'
import type { Run } from '@skills/contract/catalog.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { lastMeeting } from '../catalog/run.ts'

/** What an operator looked at before a seat was given back for force majeure, who it was and when. Kept with the enrollment, in words without numbers of a person. */
export interface ForceMajeureItem {
  evidence: string
  document: string | null
  by: string
  at: string
}

/**
 * Days after the last meeting until which it can be recorded: who was cut off needs time to say so. Our own judgement; no law names a term (Civil Code art. 590 asks for notice
 * “in time” and proof “within a reasonable time”). Well within the time for which a closed allocation still takes money back.
 */
const lateDays = 90

/** Whether an enrollment can be given back for force majeure now: confirmed, and not long over. Refuses `illegal-transition`, `force-majeure-late`. */
export function mayRecord(run: Run, { state }: Enrollment, now: string): void {
  // A hold costs nothing and ends by itself; what was given back, was.
  if (state !== 'active') throw new Refusal('illegal-transition', { current: state, allowed: [] })
  const until = plusMinutes(lastMeeting(run), lateDays * 24 * 60)
  if (now > until) throw new Refusal('force-majeure-late', { until, days: lateDays })
}

/** What its audit entry carries of it: SHA-256 over the words, the document, who and when. Whoever changes one of them later shows in the books. */
export function digestOf({ evidence, document, by, at }: ForceMajeureItem): string {
  return createHash('sha256')
    .update(JSON.stringify([evidence, document, by, at]))
    .digest('hex')
}
