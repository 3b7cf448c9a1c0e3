import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Assembly } from './assembly.ts'
import type { Double } from './doubles.ts'
import { readKept, writeKept } from './kept-file.ts'
import { account, region } from './physical-names.ts'
import { readAll } from './request-body.ts'

interface Asked {
  KeyId?: string
  KeySpec?: string
  NumberOfBytes?: number
  Plaintext?: string
  CiphertextBlob?: string
  EncryptionContext?: Record<string, string>
  Message?: string
  Mac?: string
  MacAlgorithm?: string
}
type Kind = 'SYMMETRIC_DEFAULT' | 'HMAC_256'

class KmsError extends Error {
  code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * The KMS calls the functions make, with real cryptography: AES-256-GCM whose additional data is the encryption context, HMAC-SHA-256.
 * Only the template's keys exist; their material is made at the first run and kept.
 */
export function createKmsDouble(assembly: Assembly, file: string): Double {
  const material = readKept<Record<string, string>>(file, {})
  const kinds = new Map(
    assembly.of('AWS::KMS::Key').map(({ ref, properties }) => [ref, (properties['KeySpec'] ?? 'SYMMETRIC_DEFAULT') as Kind]),
  )
  const aliases = new Map(assembly.of('AWS::KMS::Alias').map(({ ref, properties }) => [ref, String(properties['TargetKeyId'])]))
  for (const id of kinds.keys()) material[id] ??= randomBytes(32).toString('base64')
  if (kinds.size > 0) writeKept(file, material)

  function find(given: string | undefined, kind: Kind): { id: string; arn: string; key: Buffer } {
    const name = (given ?? '').replace(/^arn:aws:kms:[^:]*:[^:]*:(key\/)?/, '')
    const id = (aliases.get(name) ?? name).replace(/^arn:.*key\//, '')
    if (!kinds.has(id)) throw new KmsError('NotFoundException', `Key '${given}' does not exist`)
    if (kinds.get(id) !== kind) throw new KmsError('InvalidKeyUsageException', `${id} is not a ${kind} key`)
    return { id, arn: `arn:aws:kms:${region}:${account}:key/${id}`, key: Buffer.from(material[id] as string, 'base64') }
  }
  const additional = (context: Record<string, string> = {}) =>
    Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))))

  function seal({ id, key }: { id: string; key: Buffer }, plain: Buffer, context: Asked['EncryptionContext']): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additional(context))
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([Buffer.from(id), nonce, cipher.getAuthTag(), sealed]).toString('base64')
  }
  function open(asked: Asked): { id: string; arn: string; plain: Buffer } {
    const blob = Buffer.from(asked.CiphertextBlob ?? '', 'base64')
    const id = blob.subarray(0, 36).toString()
    if (!kinds.has(id)) throw new KmsError('InvalidCiphertextException', 'the ciphertext was not sealed here')
    const found = find(id, 'SYMMETRIC_DEFAULT')
    try {
      const decipher = createDecipheriv('aes-256-gcm', found.key, blob.subarray(36, 48))
        .setAAD(additional(asked.EncryptionContext))
        .setAuthTag(blob.subarray(48, 64))
      return { ...found, plain: Buffer.concat([decipher.update(blob.subarray(64)), decipher.final()]) }
    } catch {
      throw new KmsError('InvalidCiphertextException', 'the ciphertext or its context is not the one that was sealed')
    }
  }
  const macOf = ({ key }: { key: Buffer }, asked: Asked) =>
    createHmac('sha256', key)
      .update(Buffer.from(asked.Message ?? '', 'base64'))
      .digest()

  const calls: Record<string, (asked: Asked) => object> = {
    GenerateDataKey(asked) {
      const found = find(asked.KeyId, 'SYMMETRIC_DEFAULT')
      const plain = randomBytes(asked.NumberOfBytes ?? (asked.KeySpec === 'AES_128' ? 16 : 32))
      return { KeyId: found.arn, Plaintext: plain.toString('base64'), CiphertextBlob: seal(found, plain, asked.EncryptionContext) }
    },
    Encrypt(asked) {
      const found = find(asked.KeyId, 'SYMMETRIC_DEFAULT')
      return {
        KeyId: found.arn,
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        CiphertextBlob: seal(found, Buffer.from(asked.Plaintext ?? '', 'base64'), asked.EncryptionContext),
      }
    },
    Decrypt(asked) {
      const found = open(asked)
      if (asked.KeyId !== undefined && find(asked.KeyId, 'SYMMETRIC_DEFAULT').id !== found.id)
        throw new KmsError('IncorrectKeyException', 'the ciphertext was sealed with another key')
      return { KeyId: found.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT', Plaintext: found.plain.toString('base64') }
    },
    GenerateMac(asked) {
      const found = find(asked.KeyId, 'HMAC_256')
      return { KeyId: found.arn, MacAlgorithm: 'HMAC_SHA_256', Mac: macOf(found, asked).toString('base64') }
    },
    VerifyMac(asked) {
      const found = find(asked.KeyId, 'HMAC_256')
      const given = Buffer.from(asked.Mac ?? '', 'base64')
      const right = macOf(found, asked)
      if (given.length !== right.length || !timingSafeEqual(given, right))
        throw new KmsError('KMSInvalidMacException', 'the MAC is not the one of this message')
      return { KeyId: found.arn, MacAlgorithm: 'HMAC_SHA_256', MacValid: true }
    },
  }
  return async (request, response) => {
    const call = calls[String(request.headers['x-amz-target']).replace('TrentService.', '')]
    const headers = { 'content-type': 'application/x-amz-json-1.1' }
    let answer: { status: number; body: object }
    try {
      if (!call) throw new KmsError('UnsupportedOperationException', `${String(request.headers['x-amz-target'])} is not played here`)
      answer = { status: 200, body: call(JSON.parse((await readAll(request)).toString()) as Asked) }
    } catch (error) {
      // Whatever goes wrong is answered in KMS's own words, so that the SDK meets an error and no broken answer.
      if (error instanceof KmsError) answer = { status: 400, body: { __type: error.code, message: error.message } }
      else if (error instanceof SyntaxError)
        answer = { status: 400, body: { __type: 'SerializationException', message: 'this is no JSON' } }
      else
        answer = { status: 500, body: { __type: 'KMSInternalException', message: error instanceof Error ? error.message : String(error) } }
    }
    response.writeHead(answer.status, headers).end(JSON.stringify(answer.body))
  }
}
