import { deviceIdOf, registerText, signText, type DeviceKey } from '@skills/contract/device-texts.ts'
import type { Outcome } from '@skills/contract/client.ts'
import { callAsMe } from '../identity/my-api.ts'
import { keepKeyPair, keyPair } from './on-device.ts'

export interface Device {
  id: string
  key: DeviceKey
  sign: (text: string) => Promise<string>
  secret: CryptoKey
}

/** This device's key; made with its first use. The private half cannot be read out of the browser, not even by this page. */
export async function thisDevice(): Promise<Device> {
  let pair = await keyPair()
  if (pair === undefined) {
    pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])) as CryptoKeyPair
    await keepKeyPair(pair)
  }
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as DeviceKey
  const key = { kty, crv, x, y }
  const secret = pair.privateKey
  return { id: await deviceIdOf(key), key, secret, sign: (text) => signText(secret, text) }
}

/** Makes this device the one that checks a person in. */
export async function registerThis(personId: string): Promise<Outcome<{ id: string; since: string }>> {
  const { id, key, sign } = await thisDevice()
  const signature = await sign(registerText(personId, id))
  return callAsMe('registerDevice', { body: { key, signature } })
}
