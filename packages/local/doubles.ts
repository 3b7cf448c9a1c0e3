import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Assembly } from './assembly.ts'
import { style } from './html.ts'
import { createKmsDouble } from './kms-double.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import { close, listen } from './ports.ts'
import { createS3Double, type CorsRule } from './s3-double.ts'
import { createSesDouble } from './ses-double.ts'
import { createSnsDouble } from './sns-double.ts'
import type { StripeClock } from './stripe-clock.ts'
import { createStripeDouble, type StripeDouble } from './stripe-double.ts'

/** Services that stand in for the cloud's, on one port, spoken to by the real SDK. */
export interface Doubles {
  port: number
  url: string
  mailbox: Mailbox
  /** Stripe, with what `endpoint` must be for the library to find it. */
  stripe: StripeDouble & { endpoint: { host: string; port: number; protocol: 'http' } }
  /** The folder that is a bucket. */
  bucketFolder(bucket: string): string
  /** What the SDK in a function reads to find the doubles. */
  env: Record<string, string>
  stop(): Promise<void>
}

export type Double = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>

/** Starts all doubles on the wished port or another; `stripeClock` is another clock for Stripe than the machine's. */
export async function startDoubles(assembly: Assembly, dataDir: string, wished: number, stripeClock?: StripeClock): Promise<Doubles> {
  const mailbox = createMailbox(join(dataDir, 'mailbox.jsonl'))
  const buckets = assembly.of('AWS::S3::Bucket').map(({ ref }) => ref)
  // The first bucket is the site's; its folder has a name that a person finds.
  const bucketFolder = (bucket: string) => join(dataDir, bucket === siteBucketOf(assembly) ? 'site-bucket' : join('buckets', bucket))
  let url = ''
  const stripe = createStripeDouble(join(dataDir, 'stripe'), () => url, stripeClock)
  const services: Record<string, Double> = {
    kms: createKmsDouble(assembly, join(dataDir, 'kms.json')),
    s3: createS3Double(buckets, bucketFolder, join(dataDir, 'bucket-headers'), corsOf(assembly)),
    sns: createSnsDouble(mailbox),
    ses: createSesDouble(mailbox),
    stripe: stripe.pages,
    // Stripe's library knows no path before its own.
    v1: stripe.api,
  }
  const server = createServer((request, response) => {
    const asked = request.url ?? '/'
    const [, first = ''] = /^\/([^/?]*)/.exec(asked) ?? []
    const service = services[first]
    if (service) {
      service(request, response, asked.slice(first.length + 1) || '/').catch((error: unknown) => {
        console.error(`${first}:`, error)
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    } else if (asked === '/style.css') response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(style)
    else if (asked === '/') mailbox.show(response)
    else response.writeHead(404).end()
  })
  server.keepAliveTimeout = 60_000
  const port = await listen(server, wished)
  url = `http://localhost:${port}`
  return {
    port,
    url,
    mailbox,
    stripe: { ...stripe, endpoint: { host: '127.0.0.1', port, protocol: 'http' } },
    bucketFolder,
    env: {
      AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${port}/kms`,
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}/s3`,
      AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${port}/ses`,
      AWS_ENDPOINT_URL_SNS: `http://127.0.0.1:${port}/sns`,
    },
    async stop() {
      await stripe.stop()
      await close(server)
    },
  }
}

/** What each bucket of the template lets pages of other origins do. */
function corsOf(assembly: Assembly): (bucket: string) => readonly CorsRule[] {
  const rules = assembly.of('AWS::S3::Bucket').map(({ ref, properties }): [string, CorsRule[]] => {
    const { CorsRules } = (properties['CorsConfiguration'] ?? {}) as { CorsRules?: CorsRule[] }
    return [ref, CorsRules ?? []]
  })
  const known = new Map(rules)
  return (bucket) => known.get(bucket) ?? []
}

/** The bucket that CloudFront's origins lead to, else the only one. */
export function siteBucketOf(assembly: Assembly): string | undefined {
  const origins = assembly.of('AWS::CloudFront::Distribution').map(({ properties }) => JSON.stringify(properties))
  const buckets = assembly.of('AWS::S3::Bucket').map(({ ref }) => ref)
  return buckets.find((bucket) => origins.some((text) => text.includes(`"${bucket}.s3.`))) ?? buckets[0]
}
