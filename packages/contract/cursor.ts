import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Refusal } from './refusals.ts'

const keptSeconds = 24 * 3_600
const nonceBytes = 12
const tagBytes = 16

/** The key of cursors alone: what else the house's secret signs must never open one. */
const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'skills cursor 2', 32))

/**
 * A position in a list as a text that a caller can carry but neither read nor change, nor use elsewhere or later than 24 hours from `now` (ISO instant): a position may be made of ids
 * that its reader is not to know. `scope` names the list: route, person and what was asked. `secret` is the house's own. AES-256-GCM, bound to the scope (NIST SP 800-38D).
 */
export function sealCursor(place: { position: string; scope: string }, secret: string, now: string): string {
  const until = Math.floor(Date.parse(now) / 1000) + keptSeconds
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce).setAAD(Buffer.from(place.scope))
  const text = Buffer.concat([cipher.update(JSON.stringify([place.position, until])), cipher.final()])
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url')
}

/** The position that `sealCursor` put in. Refuses `invalid-cursor` for one that was altered, has expired or belongs to another list or person. */
export function openCursor(text: string, scope: string, secret: string, now: string): string {
  const opened = opening(text, scope, secret)
  if (opened === undefined) throw new Refusal('invalid-cursor')
  const [position, until] = JSON.parse(opened) as [string, number]
  if (until * 1000 <= Date.parse(now)) throw new Refusal('invalid-cursor')
  return position
}

/** What was sealed, or undefined where this is no cursor of this list. */
function opening(text: string, scope: string, secret: string): string | undefined {
  const bytes = Buffer.from(text, 'base64url')
  // One text for each cursor: what decoding passes over was not sealed by us.
  if (bytes.length <= nonceBytes + tagBytes || bytes.toString('base64url') !== text) return undefined
  const [nonce, sealed, tag] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes, -tagBytes), bytes.subarray(-tagBytes)]
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), nonce, { authTagLength: tagBytes })
    decipher.setAAD(Buffer.from(scope)).setAuthTag(tag)
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString()
  } catch {
    return undefined
  }
}
