import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { KMSClientConfig } from '@aws-sdk/client-kms'
import { platformId } from '@skills/contract/ids.ts'
import type { Kms } from './kms.ts'

/** A person's data key as it is kept: wrapped by KMS for this person only. */
export interface WrappedKey {
  text: string
  /** How KMS wrapped it. `SYMMETRIC_DEFAULT` is AES-256-GCM, and SM4-128 in the regions of mainland China. */
  algorithm: 'SYMMETRIC_DEFAULT'
}

/** A sealed field: base64url parts and the name of the algorithm. Opens only at its own place. */
export interface Sealed {
  algorithm: 'AES-256-GCM'
  iv: string
  text: string
  tag: string
}

/** Where a sealed field stands. Moved to another person, field or version of the profile, it does not open. */
export interface Place {
  personId: string
  field: string
  version: number
}

export interface PersonKey {
  wrapped: WrappedKey
  key: Uint8Array
}

/** What can be compared without being read, each under a name of its own. */
export type Domain = 'resident-id' | 'mobile' | 'named-number'

/** The keys of personal data: made, opened and used by KMS; what comes out is never logged. */
export interface Vault {
  newKey(personId: string): Promise<PersonKey>
  openKey(personId: string, wrapped: WrappedKey): Promise<PersonKey>
  /** The keyed hash of a normalized value, for uniqueness: the whole HMAC-SHA-256 in base64url. */
  hashOf(domain: Domain, value: string): Promise<string>
}

/**
 * The vault on KMS. `dataKey` wraps the people's keys, `macKey` (HMAC_256) makes the hashes; endpoint and region come from the environment. The client
 * is loaded with its first use: most requests to a function that has a vault never open it.
 */
export function openVault({ dataKey, macKey }: { dataKey: string; macKey: string }, config: KMSClientConfig = {}): Vault {
  let opened: Promise<Kms> | undefined
  const kms = () => (opened ??= import('./kms.ts').then(({ openKms }) => openKms(config)))
  return {
    async newKey(personId) {
      const { generateDataKey } = await kms()
      const { Plaintext, CiphertextBlob } = await generateDataKey({
        KeyId: dataKey,
        KeySpec: 'AES_256',
        EncryptionContext: { person: personId },
      })
      const wrapped: WrappedKey = { text: base64url(CiphertextBlob), algorithm: 'SYMMETRIC_DEFAULT' }
      return { wrapped, key: bytes(Plaintext) }
    },
    async openKey(personId, wrapped) {
      const { decrypt } = await kms()
      const { Plaintext } = await decrypt({
        KeyId: dataKey,
        CiphertextBlob: Buffer.from(wrapped.text, 'base64url'),
        EncryptionContext: { person: personId },
      })
      return { wrapped, key: bytes(Plaintext) }
    },
    async hashOf(domain, value) {
      const { generateMac } = await kms()
      const { Mac } = await generateMac({ KeyId: macKey, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(`${domain}:${value}`) })
      return base64url(Mac)
    },
  }
}

/** Seals a text at its place. `iv` is 12 bytes of chance in base64url, never used twice with a key. */
export function seal({ key }: PersonKey, place: Place, text: string, iv: string): Sealed {
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'))
  cipher.setAAD(context(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { algorithm: 'AES-256-GCM', iv, text: base64url(sealed), tag: base64url(cipher.getAuthTag()) }
}

/** Opens what was sealed at this very place; throws for anything else. */
export function open({ key }: PersonKey, place: Place, sealed: Sealed): string {
  if (sealed.algorithm !== 'AES-256-GCM') throw new Error('sealed by an algorithm that is not known here')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64url'), { authTagLength: 16 })
  decipher.setAAD(context(place))
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64url')), decipher.final()]).toString('utf8')
}

const context = ({ personId, field, version }: Place) => Buffer.from([platformId, personId, field, version].join('|'))

function bytes(value: Uint8Array | undefined): Uint8Array {
  if (value === undefined) throw new Error('KMS answered without a key')
  return value
}

const base64url = (value: Uint8Array | undefined) => Buffer.from(bytes(value)).toString('base64url')
