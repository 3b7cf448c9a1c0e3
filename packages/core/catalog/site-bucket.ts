import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { sdkTimeouts } from '../sdk-timeouts.ts'

export interface SiteFile {
  text: string
  etag: string
}

interface Writing {
  type: string
  cache: string
  /** Writes only over this version (an ETag), or only where nothing is (`absent`). */
  over?: string
}

/** The bucket that holds the built site and the published catalog. */
export interface SiteBucket {
  read(key: string): Promise<SiteFile | undefined>
  /** False when the condition of `over` did not hold. */
  write(key: string, content: string | Uint8Array, how: Writing): Promise<boolean>
  remove(key: string): Promise<void>
}

/** Opens the bucket by name; endpoint, region and credentials come from the standard environment of the SDK. */
export function openSiteBucket(bucket: string, config: S3ClientConfig = {}): SiteBucket {
  // Path style where an endpoint is given: the doubles have no name per bucket.
  const forcePathStyle = config.endpoint !== undefined || process.env['AWS_ENDPOINT_URL_S3'] !== undefined
  const client = new S3Client({
    maxAttempts: 3,
    ...sdkTimeouts(5_000),
    forcePathStyle,
    ...config,
  })
  return {
    async read(key) {
      try {
        const { Body: body, ETag: etag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        return { text: (await body?.transformToString('utf-8')) ?? '', etag: etag ?? '' }
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined
        throw error
      }
    },
    async write(key, content, { type, cache, over }) {
      const condition = over === undefined ? {} : over === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: over }
      try {
        await client.send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: content, ContentType: type, CacheControl: cache, ...condition }),
        )
        return true
      } catch (error) {
        // 412: the condition failed; 409: another write to the same key is under way; 404: what should be written over is gone.
        const lost = error instanceof S3ServiceException && [404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0)
        if (over !== undefined && lost) return false
        throw error
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    },
  }
}
