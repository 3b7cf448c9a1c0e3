import { Refusal } from '@skills/contract/refusals.ts'
import { keptForProofs, mostEvidence, mostWaiting, proofsOf, type Evidence, type Override, type Proof } from './evidence.ts'
import type { Check } from './presence.ts'

/** Whether this very proof is there already. */
export function hasProof(evidence: readonly Evidence[], seal: string): boolean {
  return evidence.some((one) => one.type === 'proof' && one.seal === seal)
}

/**
 * The evidence with a proof of a code that was answered just now. Refuses `another-device` where an earlier proof of this meeting came from another one, `already-checked-in` for what
 * was shown before, `not-checked-in` for who checks out or answers a check without having come, `no-check-open`.
 */
export function withCode(evidence: readonly Evidence[], proof: Proof, checks: readonly Check[]): Evidence[] {
  oneDevice(evidence, proof.deviceId)
  const proofs = proofsOf(evidence)
  const last = proofs.at(-1)
  const here = last !== undefined && last.kind !== 'out'
  if (proof.kind === 'in' && here) throw new Refusal('already-checked-in', { at: last.at })
  if (proof.kind !== 'in' && !here)
    throw last === undefined ? new Refusal('not-checked-in') : new Refusal('already-checked-in', { at: last.at })
  if (proof.kind === 'mid') {
    const open = checks.find(({ at, until }) => at <= proof.at && proof.at <= until)
    if (open === undefined) throw new Refusal('no-check-open')
    const answered = proofs.find(({ kind, at }) => kind === 'mid' && at >= open.at)
    if (answered !== undefined) throw new Refusal('already-checked-in', { at: answered.at })
  }
  return withMore(evidence, proof)
}

/** The evidence with a proof that was kept without a network. It may be one of several for the same coming or leaving: none is lost. Refuses `another-device`. */
export function withKept(evidence: readonly Evidence[], proof: Proof): Evidence[] {
  oneDevice(evidence, proof.deviceId)
  return withMore(evidence, proof)
}

/** The evidence with a correction that was asked for. Refuses `corrections-waiting` where three wait already, `too-much-evidence` where only the places of proofs are left. */
export function withAsked(evidence: readonly Evidence[], asked: Override): Evidence[] {
  if (evidence.filter((one) => one.type === 'override' && one.decided === null).length >= mostWaiting)
    throw new Refusal('corrections-waiting', { most: mostWaiting })
  if (evidence.length >= mostEvidence - keptForProofs) throw new Refusal('too-much-evidence')
  return [...evidence, asked]
}

/** Refuses `too-much-evidence` where the list is full. */
export function withMore(evidence: readonly Evidence[], one: Evidence): Evidence[] {
  if (evidence.length >= mostEvidence) throw new Refusal('too-much-evidence')
  return [...evidence, one]
}

function oneDevice(evidence: readonly Evidence[], deviceId: string): void {
  if (proofsOf(evidence).some((proof) => proof.deviceId !== deviceId)) throw new Refusal('another-device')
}
