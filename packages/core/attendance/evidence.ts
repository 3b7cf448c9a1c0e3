import type { CodeKind } from '@skills/contract/attendance-code.ts'
import type { History } from '../audit.ts'

/**
 * Something that shows where somebody was: a code that her device answered for, the same seen without a network and sent later, or her pass scanned by who teaches.
 * `at` is when it counts: by the server's clock, by the code's window, or by the scanner's clock set right.
 */
export interface Proof {
  type: 'proof'
  id: string
  kind: CodeKind
  by: 'code' | 'late-code' | 'pass'
  at: string
  receivedAt: string
  deviceId: string
  /** Who scanned the pass. */
  recordedBy: string | null
  /** What it was made from, as a digest: the same thing sent twice is one proof. */
  seal: string
}

/** Who teaches says that somebody whose proofs came late was there. It proves nothing alone. */
export interface Vouch {
  type: 'vouch'
  id: string
  at: string
  by: string
}

/** A correction by hand: asked by one person of the provider, decided by another. */
export interface Override {
  type: 'override'
  id: string
  present: boolean
  from: string
  to: string
  reason: string
  askedBy: string
  askedAt: string
  decided: { by: string; at: string; confirmed: boolean } | null
}

export type Evidence = Proof | Vouch | Override

/** One person in one meeting: everything that was ever shown, in the order it came. Nothing is taken out. */
export interface Attendance extends History {
  meetingId: string
  runId: string
  personId: string
  enrollmentId: string
  /** The name of its audit chain. */
  entity: string
  evidence: Evidence[]
}

/** So many entries one person's meeting holds at most; real ones have three to ten. */
export const mostEvidence = 60
/** The last places are kept for proofs: no number of corrections keeps somebody from checking out. */
export const keptForProofs = 20
/** So many corrections of one person's meeting may wait for a second person at a time. */
export const mostWaiting = 3

/** The proofs in the order of their time. */
export function proofsOf(evidence: readonly Evidence[]): Proof[] {
  return evidence.filter((one) => one.type === 'proof').sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** The confirmed corrections in the order of their confirmation. */
export function confirmed(evidence: readonly Evidence[]): Override[] {
  return evidence
    .filter((one) => one.type === 'override')
    .filter(({ decided }) => decided?.confirmed === true)
    .sort((a, b) => ((a.decided?.at ?? '') < (b.decided?.at ?? '') ? -1 : 1))
}

/** Whether a proof waits for the word of who teaches: it came late, and nobody vouched for its person since. */
export function unconfirmed(proof: Proof, evidence: readonly Evidence[]): boolean {
  return proof.by === 'late-code' && !evidence.some((one) => one.type === 'vouch' && one.at >= proof.receivedAt)
}

/**
 * The proofs that count. What came late counts once who teaches has said that its person was there: a code that was photographed and sent to somebody at home, or on her way, could be brought
 * late as well, and no other proof of hers says that she did not come later or leave earlier.
 */
export function countingProofs(evidence: readonly Evidence[]): Proof[] {
  return proofsOf(evidence).filter((proof) => !unconfirmed(proof, evidence))
}
