import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Assembly } from './assembly.ts'
import { style } from './html.ts'
import { createKmsDouble } from './kms-double.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import { close, listen } from './ports.ts'
import { createS3Double } from './s3-double.ts'
import { createSnsDouble } from './sns-double.ts'

/** Services that stand in for the cloud's, on one port, spoken to by the real SDK. */
export interface Doubles {
  port: number
  url: string
  mailbox: Mailbox
  /** The folder that is a bucket. */
  bucketFolder(bucket: string): string
  /** What the SDK in a function reads to find the doubles. */
  env: Record<string, string>
  stop(): Promise<void>
}

export type Double = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>

export async function startDoubles(assembly: Assembly, dataDir: string, wished: number): Promise<Doubles> {
  const mailbox = createMailbox(join(dataDir, 'mailbox.jsonl'))
  const buckets = assembly.of('AWS::S3::Bucket').map(({ ref }) => ref)
  // The first bucket is the site's; its folder has a name that a person finds.
  const bucketFolder = (bucket: string) => join(dataDir, bucket === siteBucketOf(assembly) ? 'site-bucket' : join('buckets', bucket))
  const services: Record<string, Double> = {
    kms: createKmsDouble(assembly, join(dataDir, 'kms.json')),
    s3: createS3Double(buckets, bucketFolder, join(dataDir, 'bucket-headers')),
    sns: createSnsDouble(mailbox),
  }
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    const [, first = ''] = /^\/([^/?]*)/.exec(url) ?? []
    const service = services[first]
    if (service) {
      service(request, response, url.slice(first.length + 1) || '/').catch((error: unknown) => {
        console.error(`${first}:`, error)
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    } else if (url === '/style.css') response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(style)
    else if (url === '/') mailbox.show(response)
    else response.writeHead(404).end()
  })
  server.keepAliveTimeout = 60_000
  const port = await listen(server, wished)
  const url = `http://localhost:${port}`
  return {
    port,
    url,
    mailbox,
    bucketFolder,
    env: {
      AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${port}/kms`,
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}/s3`,
      AWS_ENDPOINT_URL_SNS: `http://127.0.0.1:${port}/sns`,
    },
    stop: () => close(server),
  }
}

/** The bucket that CloudFront's origins lead to, else the only one. */
export function siteBucketOf(assembly: Assembly): string | undefined {
  const origins = assembly.of('AWS::CloudFront::Distribution').map(({ properties }) => JSON.stringify(properties))
  const buckets = assembly.of('AWS::S3::Bucket').map(({ ref }) => ref)
  return buckets.find((bucket) => origins.some((text) => text.includes(`"${bucket}.s3.`))) ?? buckets[0]
}
