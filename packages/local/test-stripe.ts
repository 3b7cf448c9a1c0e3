import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stripe } from 'stripe'
import { style } from './html.ts'
import { close, listen } from './ports.ts'
import { readAll } from './request-body.ts'
import { createStripeClock } from './stripe-clock.ts'
import { createStripeDouble, type StripeDouble } from './stripe-double.ts'
import type { StripeEvent } from './stripe-store.ts'

/** A webhook as it came in at the test's own address. */
interface Received {
  body: Buffer
  event: StripeEvent
  signature: string
  headers: IncomingHttpHeaders
}

/** The Stripe double alone on a free port, its clock standing still, with an address that takes webhooks. */
export interface StripeScene {
  stripe: StripeDouble
  url: string
  endpoint: { host: string; port: number; protocol: 'http' }
  /** Where webhooks may be sent to: `deliverTo(hook)`. */
  hook: string
  received: Received[]
  /** What the address answers; 200 at first. */
  answers: { status: number }
  /** Ends the double as a crash would, as far as its folder is concerned, and opens it again on another port. */
  restart(): Promise<StripeScene>
  stop(): Promise<void>
}

export const sceneStart = '2026-12-01T02:00:00.000Z'

export async function startStripe(start = sceneStart, folder = mkdtempSync(join(tmpdir(), 'stripe-'))): Promise<StripeScene> {
  const received: Received[] = []
  const answers = { status: 200 }
  let url = ''
  const stripe = createStripeDouble(folder, () => url, createStripeClock(start))
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    if (path === '/hook')
      return void readAll(request).then((body) => {
        const signature = String(request.headers['stripe-signature'])
        received.push({ body, event: JSON.parse(body.toString()) as StripeEvent, signature, headers: request.headers })
        response.writeHead(answers.status).end()
      })
    if (path === '/style.css') return void response.writeHead(200, { 'content-type': 'text/css' }).end(style)
    const [service, prefix] = path.startsWith('/v1/') ? [stripe.api, '/v1'] : [stripe.pages, '/stripe']
    service(request, response, path.slice(prefix.length)).catch((error: unknown) => {
      console.error(error)
      response.writeHead(500).end()
    })
  })
  const port = await listen(server, 0)
  url = `http://127.0.0.1:${port}`
  const end = async () => {
    await stripe.stop()
    await close(server)
  }
  return {
    stripe,
    url,
    endpoint: { host: '127.0.0.1', port, protocol: 'http' },
    hook: `${url}/hook`,
    received,
    answers,
    async restart() {
      const now = new Date(stripe.clock.now()).toISOString()
      await end()
      return startStripe(now, folder)
    },
    async stop() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One line of a checkout session, fen. */
export function lineOf(amount: number, name = '电工（高级）') {
  return { quantity: 1, price_data: { currency: 'cny', unit_amount: amount, product_data: { name } } }
}

/** What a session is asked for; it ends at a second since 1970. */
export function sessionAsk(
  expires_at: number,
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    success_url: 'https://shop.example/return?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://shop.example/orders/1',
    expires_at,
    allowed_payment_method_types: ['card', 'alipay', 'wechat_pay'],
    payment_method_options: { wechat_pay: { client: 'web' } },
    line_items: [lineOf(38_000)],
    ...more,
  }
}

/** What the library throws when Stripe refuses. */
export function refusalOf(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  return work.then(
    () => {
      throw new Error('it was not refused')
    },
    (error: unknown) => error as Stripe.errors.StripeError,
  )
}
