import { createHmac, timingSafeEqual } from 'node:crypto'
import { Refusal } from './refusals.ts'

const keptSeconds = 24 * 3_600

const signed = (payload: string, scope: string, secret: string) =>
  createHmac('sha256', secret).update(`cursor\n${scope}\n${payload}`).digest()

/**
 * A position in a list as a text that a caller can carry but neither change nor use elsewhere or later than 24 hours from `now` (ISO instant).
 * `scope` names the list: route, person and what was asked. `secret` is the house's own.
 */
export function sealCursor(place: { position: string; scope: string }, secret: string, now: string): string {
  const until = Math.floor(Date.parse(now) / 1000) + keptSeconds
  const payload = Buffer.from(JSON.stringify([place.position, until])).toString('base64url')
  return `${payload}.${signed(payload, place.scope, secret).toString('base64url')}`
}

/** The position that `sealCursor` put in. Refuses `invalid-cursor` for one that was altered, has expired or belongs to another list or person. */
export function openCursor(text: string, scope: string, secret: string, now: string): string {
  const [payload = '', signature = '', ...rest] = text.split('.')
  const expected = signed(payload, scope, secret)
  const given = Buffer.from(signature, 'base64url')
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal('invalid-cursor')
  const [position, until] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, number]
  if (until * 1000 <= Date.parse(now)) throw new Refusal('invalid-cursor')
  return position
}
