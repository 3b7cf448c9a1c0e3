import { createHmac, timingSafeEqual } from 'node:crypto'
import type { CodeKind } from '@skills/contract/attendance-code.ts'
import { Refusal } from '@skills/contract/refusals.ts'

/** How long a device has to answer, in seconds: signing takes it milliseconds, the rest is the network's. */
export const challengeSeconds = 10

/** What the server gives a device that saw a good code: only this person with this device can answer it, only now. It is kept nowhere; the proof that comes of it stands once. */
export interface Challenge {
  personId: string
  runId: string
  meetingId: string
  deviceId: string
  kind: CodeKind
  window: number
  /** The instant of the scan, by the server's clock: the one that counts. */
  at: string
  chance: string
}

/** Seals a challenge. */
export function sealChallenge(secretKey: string, challenge: Challenge): string {
  const body = Buffer.from(JSON.stringify(challenge)).toString('base64url')
  return `${body}.${mac(secretKey, body).toString('base64url')}`
}

/** Opens a challenge that this deployment sealed for this person and meeting. Refuses `challenge-over` for one that is too old, somebody else's or another meeting's. */
export function openChallenge(
  secretKey: string,
  text: string,
  { personId, runId, meetingId }: Pick<Challenge, 'personId' | 'runId' | 'meetingId'>,
  now: string,
): Challenge {
  const [body = '', seal = ''] = text.split('.')
  const given = Buffer.from(seal, 'base64url')
  const right = mac(secretKey, body)
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw new Refusal('challenge-over')
  const challenge = JSON.parse(Buffer.from(body, 'base64url').toString()) as Challenge
  const age = Date.parse(now) - Date.parse(challenge.at)
  const same = challenge.personId === personId && challenge.runId === runId && challenge.meetingId === meetingId
  if (!same || age < 0 || age > challengeSeconds * 1000) throw new Refusal('challenge-over')
  return challenge
}

const mac = (secretKey: string, body: string) => createHmac('sha256', secretKey).update(`attendance challenge ${body}`).digest()
