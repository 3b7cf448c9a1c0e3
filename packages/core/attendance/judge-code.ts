import { createHash, createHmac } from 'node:crypto'
import {
  aheadSeconds,
  codeAt,
  codeKinds,
  graceSeconds,
  typedCode,
  windowOf,
  windowSeconds,
  windowStart,
  type CodeKind,
} from '@skills/contract/attendance-code.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { checkMinutes, doorsMinutes } from './rule.ts'

/** So many windows back a code is still known for an old one, so that the refusal can say so: ten minutes. */
const rememberedWindows = 40

/** The secret of a meeting's codes, 256 bits in base64url: derived from the deployment's, so that it is stored nowhere. */
export function secretOf(secretKey: string, runId: string, meetingId: string): string {
  return createHmac('sha256', secretKey).update(`attendance ${runId} ${meetingId}`).digest('base64url')
}

/** The digest by which the same proof sent twice is known. */
export function sealOf(...parts: (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/**
 * Which code of the meeting this is, at the server's instant: the one on the screen, or the one before for `graceSeconds` more. Refuses `code-expired` for one that stood there
 * earlier (a screenshot that was sent on), `code-wrong` for everything else: another meeting's, a guess.
 */
export async function judgeCode(secret: string, meetingId: string, text: string, now: string): Promise<{ kind: CodeKind; window: number }> {
  const code = typedCode(text)
  const first = windowOf(plusSeconds(now, aheadSeconds))
  for (let window = first; window > first - rememberedWindows; window -= 1) {
    for (const kind of codeKinds) {
      if ((await codeAt(secret, meetingId, kind, window)) !== code) continue
      if (plusSeconds(windowStart(window), windowSeconds + graceSeconds) < now) throw new Refusal('code-expired')
      return { kind, window }
    }
  }
  throw new Refusal('code-wrong')
}

/** Whether a kind of code is taken at an instant. Refuses `meeting-not-now` with the time from and until it is. */
export function doorsOpen({ startsAt, endsAt }: { startsAt: string; endsAt: string }, kind: CodeKind, at: string): void {
  const from = kind === 'in' ? plusMinutes(startsAt, -doorsMinutes) : startsAt
  const until = kind === 'out' ? plusMinutes(endsAt, doorsMinutes) : endsAt
  if (at < from || at > until) throw new Refusal('meeting-not-now', { from, until })
}

/** Whether a meeting's codes are of any use: from the opening of its doors for coming to their closing for leaving. */
export function doorsAreOpen({ startsAt, endsAt }: { startsAt: string; endsAt: string }, at: string): boolean {
  return plusMinutes(startsAt, -doorsMinutes) <= at && at <= plusMinutes(endsAt, doorsMinutes)
}

/** The instants at which the screen calls for a check: one in each full hour of a meeting, where nobody without the secret can say when. */
export function checkTimes(secret: string, meetingId: string, { startsAt, endsAt }: { startsAt: string; endsAt: string }): string[] {
  const minutes = (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000
  const hours = Math.max(1, Math.floor(minutes / 60))
  const share = minutes / hours
  return Array.from({ length: hours }, (_, hour) => {
    const chance = createHmac('sha256', secret).update(`check ${meetingId} ${hour}`).digest().readUInt32BE() / 2 ** 32
    // Not in the first and last minutes, when people come and go.
    const margin = Math.min(10, share / 4)
    return plusMinutes(startsAt, Math.floor(hour * share + margin + chance * Math.max(0, share - 2 * margin - checkMinutes)))
  })
}

const plusSeconds = (instant: string, seconds: number) => new Date(Date.parse(instant) + seconds * 1000).toISOString()
