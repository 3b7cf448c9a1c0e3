import { isId } from './ids.ts'

/** What a code stands for: coming, being there in the middle, leaving. */
export const codeKinds = ['in', 'mid', 'out'] as const
export type CodeKind = (typeof codeKinds)[number]

/** How long one code stands on the instructor's screen, in seconds. */
export const windowSeconds = 15
/** How long a code is taken after it left the screen: what scanning it and one slow request need. */
export const graceSeconds = 10
/** How early a code is taken before its time: what the screen's clock may be ahead after it was set by ours. */
export const aheadSeconds = 2

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** No code is of a later window than this (the year 2207): a number that is no instant any more is no code. */
export const lastWindow = 500_000_000

/** The number of the window in which an instant lies. */
export function windowOf(instant: string): number {
  return Math.floor(Date.parse(instant) / (windowSeconds * 1000))
}

/** The instant at which a window begins. */
export function windowStart(window: number): string {
  return new Date(window * windowSeconds * 1000).toISOString()
}

/**
 * The code of a window: the first 40 bits of HMAC-SHA256 over meeting, kind and window under the meeting's secret (base64url), as eight signs of Crockford's
 * alphabet, so that they can be read aloud and typed. Made alike on the server and on the instructor's screen, also without a network.
 */
export async function codeAt(secret: string, meetingId: string, kind: CodeKind, window: number): Promise<string> {
  const key = await crypto.subtle.importKey('raw', fromBase64Url(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const text = new TextEncoder().encode(`skills-attendance-1|${meetingId}|${kind}|${window}`)
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, text)).subarray(0, 5)
  let bits = 0n
  for (const byte of mac) bits = (bits << 8n) | BigInt(byte)
  return Array.from({ length: 8 }, (_, place) => alphabet[Number((bits >> BigInt(35 - 5 * place)) & 31n)]).join('')
}

/** A code as somebody typed it: upper case, no spaces or hyphens, and the letters that Crockford reads as digits. */
export function typedCode(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}

/** What the QR on the screen says behind the `#` of the check-in page. */
export interface ScreenCode {
  runId: string
  meetingId: string
  kind: CodeKind
  window: number
  code: string
}

/** The text of a screen's code. */
export function screenText({ runId, meetingId, kind, window, code }: ScreenCode): string {
  return [runId, meetingId, kind, window, code].join('.')
}

/** Reads the text of a screen's code, also at the end of an address; undefined where it is none. */
export function readScreenText(text: string): ScreenCode | undefined {
  const match = /(run_[0-9A-Z]{26})\.(mtg_[0-9A-Z]{26})\.(in|mid|out)\.(\d{1,9})\.([0-9A-Z]{8})$/.exec(text)
  if (match === null) return undefined
  const [, runId = '', meetingId = '', kind, window, code = ''] = match
  // What the server would not read must not wait in a phone's queue.
  if (!isId('run', runId) || !isId('meeting', meetingId) || Number(window) > lastWindow) return undefined
  return { runId, meetingId, kind: kind as CodeKind, window: Number(window), code }
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
}

export function toBase64Url(bytes: ArrayBuffer | Uint8Array): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}
