import { fromBase64Url, toBase64Url, type ScreenCode } from './attendance-code.ts'

/** The public half of a device's key: ECDSA on P-256. The private half never leaves the device (WebCrypto, not extractable). */
export interface DeviceKey {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
}

const signing = { name: 'ECDSA', hash: 'SHA-256' } as const

/** The id of a device: the thumbprint of its key (RFC 7638), base64url. */
export async function deviceIdOf({ crv, kty, x, y }: DeviceKey): Promise<string> {
  const text = JSON.stringify({ crv, kty, x, y })
  return toBase64Url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

/** Signs a text with a device's private key; base64url. */
export async function signText(key: CryptoKey, text: string): Promise<string> {
  return toBase64Url(await crypto.subtle.sign(signing, key, new TextEncoder().encode(text)))
}

/** Whether a device signed a text. */
export async function signedBy({ kty, crv, x, y }: DeviceKey, text: string, signature: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    return await crypto.subtle.verify(signing, key, fromBase64Url(signature), new TextEncoder().encode(text))
  } catch {
    return false
  }
}

/** What a device signs when it is registered: that it has the key whose id this is, for this person. */
export const registerText = (personId: string, deviceId: string) => `skills-device-1|${personId}|${deviceId}`

/** What a device signs to answer the server's challenge. */
export const answerText = (challenge: string) => `skills-check-in-1|${challenge}`

/** What a device signs when it sees a screen's code without a network: the code, and when it saw it by its own clock. */
export const lateText = ({ runId, meetingId, kind, window, code }: ScreenCode, at: string) =>
  `skills-late-1|${[runId, meetingId, kind, window, code].join('.')}|${at}`

/** A personal pass: which device, when, whether for coming or for leaving, signed. It is renewed every few seconds while it is shown. */
export interface Pass {
  deviceId: string
  at: string
  kind: 'in' | 'out'
  signature: string
}

const passSigned = ({ deviceId, at, kind }: Omit<Pass, 'signature'>) => `skills-pass-2|${deviceId}|${at}|${kind}`

/** How long a pass is shown before the next one takes its place, in seconds. */
export const passSeconds = 15

/** The text of a pass, for the QR on a worker's phone. */
export async function makePass(key: CryptoKey, { deviceId, at, kind }: Omit<Pass, 'signature'>): Promise<string> {
  return `SKP2.${deviceId}.${Date.parse(at)}.${kind}.${await signText(key, passSigned({ deviceId, at, kind }))}`
}

/** Reads the text of a pass; undefined where it is none. Who signed it is another question (`passIsOf`). */
export function readPass(text: string): Pass | undefined {
  const match = /^SKP2\.([A-Za-z0-9_-]{43})\.(\d{13})\.(in|out)\.([A-Za-z0-9_-]{86})$/.exec(text)
  if (match === null) return undefined
  const [, deviceId = '', at, kind, signature = ''] = match
  return { deviceId, at: new Date(Number(at)).toISOString(), kind: kind === 'out' ? 'out' : 'in', signature }
}

/** Whether a pass was signed by the device it names. */
export const passIsOf = ({ signature, ...pass }: Pass, key: DeviceKey) => signedBy(key, passSigned(pass), signature)
