import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms'
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import type { Cloud } from './cloud.ts'
import { credentials } from './tables.ts'
import { startSmallCloud } from './test-callers.ts'

const small = startSmallCloud()
const { echo } = small

describe('doubles, spoken to by the SDK', () => {
  const config = (service: 'KMS' | 'S3' | 'SNS') => ({
    endpoint: small.cloud.env[`AWS_ENDPOINT_URL_${service}` as keyof Cloud['env']] as string,
    region: 'x',
    credentials,
  })

  it('KMS seals under a context and opens only under the same', async () => {
    const kms = new KMSClient(config('KMS'))
    const { env } = await echo('/api/open')
    const { Plaintext, CiphertextBlob } = await kms.send(
      new GenerateDataKeyCommand({ KeyId: env['KEY'], KeySpec: 'AES_256', EncryptionContext: { person: '1', field: 'x' } }),
    )
    const open = (EncryptionContext: Record<string, string>) => kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))
    expect((await open({ field: 'x', person: '1' })).Plaintext).toEqual(Plaintext)
    await expect(open({ person: '2', field: 'x' })).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidCiphertextException' }) as Error,
    )
    await expect(
      kms.send(new GenerateMacCommand({ KeyId: env['KEY'], MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('m') })),
    ).rejects.toThrow(expect.objectContaining({ name: 'InvalidKeyUsageException' }) as Error)
    await expect(
      kms.send(new VerifyMacCommand({ KeyId: 'none', MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('m'), Mac: Buffer.from('x') })),
    ).rejects.toThrow(expect.objectContaining({ name: 'NotFoundException' }) as Error)
  })

  it('S3 keeps objects with their headers, refuses to overwrite when asked, lists and copies', async () => {
    const s3 = new S3Client({ ...config('S3'), forcePathStyle: true })
    const at = { Bucket: 'data-bucket', Key: 'catalog/好.json' }
    await s3.send(new PutObjectCommand({ ...at, Body: '{"a":1}', ContentType: 'application/json', CacheControl: 'max-age=5' }))
    await expect(s3.send(new PutObjectCommand({ ...at, Body: 'x', IfNoneMatch: '*' }))).rejects.toThrow(
      expect.objectContaining({ name: 'PreconditionFailed' }) as Error,
    )
    const got = await s3.send(new GetObjectCommand(at))
    expect(await got.Body?.transformToString()).toBe('{"a":1}')
    expect(got).toMatchObject({ ContentType: 'application/json', CacheControl: 'max-age=5' })
    await s3.send(
      new CopyObjectCommand({ Bucket: 'data-bucket', Key: 'copy.json', CopySource: `data-bucket/${encodeURIComponent(at.Key)}` }),
    )
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'data-bucket', Key: 'copy.json' }))).toMatchObject({
      CacheControl: 'max-age=5',
      ETag: got.ETag,
    })
    expect(
      (await s3.send(new ListObjectsV2Command({ Bucket: 'data-bucket', Prefix: 'catalog/' }))).Contents?.map(({ Key }) => Key),
    ).toEqual([at.Key])
    await expect(s3.send(new GetObjectCommand({ ...at, Key: 'none' }))).rejects.toThrow(
      expect.objectContaining({ name: 'NoSuchKey' }) as Error,
    )
    // The edge serves the same folder, with the same headers.
    expect((await fetch(`${small.cloud.urls.site}/${encodeURI(at.Key)}`)).headers.get('cache-control')).toBe('max-age=5')
  })

  it('SNS lays messages into the mailbox, which shows them escaped', async () => {
    await new SNSClient(config('SNS')).send(new PublishCommand({ PhoneNumber: '+8619900000001', Message: '您好 <b>' }))
    expect(small.cloud.doubles.mailbox.messages().at(-1)).toMatchObject({ to: '+8619900000001', text: '您好 <b>' })
    expect(await (await fetch(small.cloud.urls.mailbox)).text()).toContain('您好 &#60;b&#62;')
  })

  it('Stripe takes the library’s calls on the same port, and shows its page in the house’s style', async () => {
    const { stripe } = small.cloud.doubles
    const { checkout } = new Stripe(stripe.secretKey, { ...stripe.endpoint, maxNetworkRetries: 0 })
    const { id, url } = await checkout.sessions.create({
      mode: 'payment',
      success_url: small.cloud.urls.site,
      line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: 100, product_data: { name: '电工' } } }],
    })
    expect(url).toBe(`${small.cloud.urls.mailbox}/stripe/pay/${id}`)
    const html = await (await fetch(String(url))).text()
    for (const [, sheet] of html.matchAll(/rel="stylesheet" href="([^"]+)"/g)) {
      const answer = await fetch(new URL(String(sheet), String(url)))
      expect(answer.headers.get('content-type')).toContain('text/css')
    }
    expect(stripe.pay(id).payment_status).toBe('paid')
  })
})
