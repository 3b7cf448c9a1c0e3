import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { SignatureV4 } from '@smithy/signature-v4'
import type { FileType } from '@skills/contract/files.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { sdkTimeouts } from '../sdk-timeouts.ts'

/** What a browser sends a file with: an address, and the fields that stand before the file in the form. */
export interface UploadForm {
  url: string
  fields: Record<string, string>
}

/** Exactly what may be sent: where to, as which type, how many bytes, until when. */
interface Sending {
  key: string
  type: FileType
  bytes: number
  minutes: number
}

/** The private bucket of files. Nothing in it can be read without a signed address. */
export interface FileBucket {
  form(sending: Sending, now: string): Promise<UploadForm>
  /** An address that shows one object for so many minutes, as the type it has, under the name it is called. */
  show(key: string, as: { type: FileType; name: string; minutes: number }, now: string): Promise<string>
  read(key: string): Promise<Uint8Array | undefined>
  write(key: string, bytes: Uint8Array, type: FileType): Promise<void>
  remove(key: string): Promise<void>
}

const unsigned = 'x-amz-content-sha256'
const compact = (instant: string) => instant.replace(/[-:]|\.\d{3}/g, '')

/** Opens the bucket by name and address (`https://…/`); an endpoint in the standard environment of the SDK stands before it, region and credentials come from there. */
export function openFileBucket(bucket: string, address: string): FileBucket {
  const forcePathStyle = process.env['AWS_ENDPOINT_URL_S3'] !== undefined
  const client = new S3Client({ maxAttempts: 3, ...sdkTimeouts(10_000), forcePathStyle })
  const { credentials, region, sha256 } = client.config
  const signer = new SignatureV4({ service: 's3', credentials, region, sha256, uriEscapePath: false, applyChecksum: false })
  const endpoint = process.env['AWS_ENDPOINT_URL_S3']
  const home = () => new URL(endpoint === undefined ? address : `${endpoint}/${bucket}/`)

  return {
    // A policy of POST says what a PUT's signature cannot: how many bytes exactly (Amazon S3 API, "POST policy").
    async form({ key, type, bytes, minutes }, now) {
      const [{ accessKeyId, sessionToken }, place] = await Promise.all([credentials(), region()])
      const fields: Record<string, string> = {
        key,
        'content-type': type,
        success_action_status: '201',
        'x-amz-algorithm': 'AWS4-HMAC-SHA256',
        'x-amz-credential': `${accessKeyId}/${compact(now).slice(0, 8)}/${place}/s3/aws4_request`,
        'x-amz-date': compact(now),
        ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
      }
      const conditions = [
        { bucket },
        ...Object.entries(fields).map((field) => ({ [field[0]]: field[1] })),
        ['content-length-range', bytes, bytes],
      ]
      const policy = Buffer.from(JSON.stringify({ expiration: plusMinutes(now, minutes), conditions })).toString('base64')
      const signature = await signer.sign(policy, { signingDate: now })
      return { url: home().href, fields: { ...fields, policy, 'x-amz-signature': signature } }
    },
    async show(key, { type, name, minutes }, now) {
      const { protocol, hostname, port, pathname, host } = home()
      const query = {
        'response-content-type': type,
        'response-content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escaped)}`,
        'response-cache-control': 'private, no-store',
      }
      const address = { protocol, hostname, ...(port === '' ? {} : { port: Number(port) }), path: pathname + key, query }
      // S3 takes the body of a signed address as unsigned; the signer reads that off a header, which itself is neither signed nor sent.
      const headers = { host, [unsigned]: 'UNSIGNED-PAYLOAD' }
      const aside = { unsignableHeaders: new Set([unsigned]), unhoistableHeaders: new Set([unsigned]) }
      const signed = await signer.presign({ method: 'GET', headers, ...address }, { expiresIn: minutes * 60, signingDate: now, ...aside })
      const asked = Object.entries(signed.query ?? {}).map(([field, value]) => `${encode(field)}=${encode(String(value))}`)
      return `${protocol}//${host}${pathname}${key}?${asked.join('&')}`
    },
    async read(key) {
      try {
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        return await body?.transformToByteArray()
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined
        throw error
      }
    },
    async write(key, bytes, type) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: type }))
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    },
  }
}

const escaped = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
/** As signatures spell a query: RFC 3986, with the four letters that `encodeURIComponent` leaves. */
const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, escaped)
