import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { BadSignature } from './payment-provider.ts'
import { stripeProvider } from './stripe.ts'

const now = '2026-12-01T02:00:00.000Z'
const t = Date.parse(now) / 1000
const [secret, nextSecret] = ['whsec_now', 'whsec_next']
const { readEvent } = stripeProvider({ secretKey: 'sk_test_none', webhookSecrets: [secret, nextSecret] })

const event = (more: object = {}) => ({
  id: 'evt_1',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: t - 5,
  livemode: false,
  type: 'checkout.session.completed',
  data: { object: { id: 'cs_test_1', object: 'checkout.session' } },
  ...more,
})
const about = (type: string, object: object) => event({ type, data: { object } })
const bytes = (text: string) => new TextEncoder().encode(text)
const body = JSON.stringify(event())
const mac = (text: string | Uint8Array, key = secret, at: number | string = t) =>
  createHmac('sha256', key).update(`${at}.`).update(text).digest('hex')
const header = (text: string | Uint8Array, key = secret, at = t) => `t=${at},v1=${mac(text, key, at)}`
const read = (value: object, at = now) => readEvent(bytes(JSON.stringify(value)), header(JSON.stringify(value)), at)

describe('a webhook is believed only with its signature', () => {
  const good = mac(body)
  const flipped = (good[0] === '0' ? '1' : '0') + good.slice(1)
  const bom = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(body)])
  const refused: Record<string, [header: string | undefined, body?: string | Uint8Array, now?: string]> = {
    'no header': [undefined],
    'an empty header': [''],
    'a list': ['["t=1","v1=2"]'],
    'a word': ['signature'],
    'no t': [`v1=${good}`],
    'an empty t': [`t=,v1=${mac(body, secret, '')}`],
    't as a text': [`t=now,v1=${mac(body, secret, 'now')}`],
    't signed as NaN by somebody else': [`t=NaN,v1=${mac(body, 'whsec_other', 'NaN')}`],
    't is 0': [`t=0,v1=${mac(body, secret, 0)}`],
    't below zero': [`t=-1,v1=${mac(body, secret, -1)}`],
    'another t than the signed one': [`t=${t + 1},v1=${good}`],
    'only v0': [`t=${t},v0=${good}`],
    'no scheme': [`t=${t},${good}`],
    'an empty v1': [`t=${t},v1=`],
    'two v1, both wrong': [`t=${t},v1=${flipped},v1=${flipped}`],
    'one letter changed': [`t=${t},v1=${flipped}`],
    'one letter less': [`t=${t},v1=${good.slice(0, -1)}`],
    'capital letters': [`t=${t},v1=${good.toUpperCase()}`],
    'the signature in base64': [`t=${t},v1=${Buffer.from(good, 'hex').toString('base64')}`],
    'a good signature that is 301 s old': [header(body, secret, t - 301)],
    'a good signature that grew old on the way': [header(body), body, '2026-12-01T02:05:01.000Z'],
    'a wrong secret': [header(body, 'whsec_wrong')],
    'the secret of another endpoint': [header(body, 'whsec_of_the_test_endpoint')],
    'a secret with a line break': [header(body, `${secret}\n`)],
    'an empty secret': [header(body, '')],
    'the body written again': [header(body), JSON.stringify(JSON.parse(body), null, 1)],
    'the body with other line ends': [header(`${body}\n`), `${body}\r\n`],
    'the body still in base64': [header(body), Buffer.from(body).toString('base64')],
    'a mark of byte order before the body': [header(body), bom],
    'another body': [header(body), JSON.stringify(event({ id: 'evt_2' }))],
    'the body cut': [header(body), body.slice(0, -1)],
    'an empty body': [header(''), ''],
    'bytes that are no text': [header(new Uint8Array([0xff, 0xfe])), new Uint8Array([0xff, 0xfe])],
    'signed, but no JSON': [header('<event/>'), '<event/>'],
    'signed, but no event': [header('[]'), '[]'],
  }
  it.each(Object.entries(refused))('refuses %s', async (_, [given, sent = body, at = now]) => {
    await expect(readEvent(typeof sent === 'string' ? bytes(sent) : sent, given, at)).rejects.toBeInstanceOf(BadSignature)
  })
  it('says nothing of the body, the header or a secret when it refuses', async () => {
    const error = await readEvent(bytes(body), `t=${t},v1=${flipped}`, now).catch((thrown: unknown) => thrown)
    for (const part of ['cs_test', flipped, secret]) expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(part)
  })

  const accepted: Record<string, string> = {
    'the signature': header(body),
    'the next secret while one is replaced': header(body, nextSecret),
    'two v1, one of them good': `t=${t},v1=${flipped},v1=${good}`,
    'a v0 beside the good v1': `t=${t},v0=${flipped},v1=${good}`,
    'one that is 300 s old': header(body, secret, t - 300),
  }
  it.each(Object.entries(accepted))('believes %s', async (_, given) => {
    expect(await readEvent(bytes(body), given, now)).toEqual({
      id: 'evt_1',
      at: '2026-12-01T01:59:55.000Z',
      livemode: false,
      account: null,
      knownVersion: true,
      about: 'checkout',
      checkoutId: 'cs_test_1',
    })
  })
  it('believes nothing while it knows no secret', async () => {
    const deaf = stripeProvider({ secretKey: 'sk_test_none', webhookSecrets: [] })
    await expect(deaf.readEvent(bytes(body), header(body), now)).rejects.toBeInstanceOf(BadSignature)
    const blank = stripeProvider({ secretKey: 'sk_test_none', webhookSecrets: ['', ' '] })
    await expect(blank.readEvent(bytes(body), header(body, ''), now)).rejects.toBeInstanceOf(BadSignature)
  })
})

describe('what an event is about', () => {
  it.each(['completed', 'expired', 'async_payment_succeeded', 'async_payment_failed'])(
    'checkout.session.%s leads to its checkout',
    async (what) => {
      const object = { id: 'cs_test_2', object: 'checkout.session' }
      expect(await read(about(`checkout.session.${what}`, object))).toMatchObject({ about: 'checkout', checkoutId: 'cs_test_2' })
    },
  )
  it.each(['created', 'updated', 'failed'])('refund.%s leads to its refund', async (what) => {
    const object = { id: 're_1', object: 'refund', payment_intent: 'pi_1' }
    expect(await read(about(`refund.${what}`, object))).toMatchObject({ about: 'refund', refundId: 're_1', paymentId: 'pi_1' })
  })
  it('charge.refunded leads to the refunds of its payment', async () => {
    const object = { id: 'ch_1', object: 'charge', payment_intent: { id: 'pi_1' } }
    expect(await read(about('charge.refunded', object))).toMatchObject({ about: 'refund', refundId: null, paymentId: 'pi_1' })
  })
  it.each([
    ['created', 'needs_response', 'open'],
    ['updated', 'under_review', 'open'],
    ['funds_withdrawn', 'needs_response', 'open'],
    ['funds_reinstated', 'won', 'won'],
    ['closed', 'lost', 'lost'],
    ['closed', 'warning_closed', 'won'],
    ['closed', 'prevented', 'open'],
  ])('charge.dispute.%s with status %s is %s', async (what, status, state) => {
    const object = { id: 'du_1', object: 'dispute', amount: 1200, payment_intent: null, status }
    expect(await read(about(`charge.dispute.${what}`, object))).toMatchObject({
      about: 'dispute',
      disputeId: 'du_1',
      amountFen: 1200,
      paymentId: null,
      state,
    })
  })
  it('anything else is other: unknown types, thin events, events without their object', async () => {
    expect(await read(event({ type: 'payout.paid' }))).toMatchObject({ about: 'other', type: 'payout.paid' })
    expect(await read(event({ data: null }))).toMatchObject({ about: 'other', type: 'checkout.session.completed' })
    expect(await read(about('refund.created', { object: 'checkout.session' }))).toMatchObject({ about: 'other' })
    const thin = {
      id: 'evt_thin',
      object: 'v2.core.event',
      type: 'v1.billing.meter.no_meter_found',
      created: '2026-12-01T01:00:00.000Z',
      livemode: true,
    }
    expect(await read(thin)).toMatchObject({ about: 'other', at: '2026-12-01T01:00:00.000Z', livemode: true, knownVersion: false })
  })
  it('live or test, whose account and which version are told', async () => {
    expect(await read(event({ livemode: true, account: 'acct_other' }))).toMatchObject({ livemode: true, account: 'acct_other' })
    expect(await read(event({ api_version: '2026-11-25.endive' }))).toMatchObject({ knownVersion: true })
    for (const api_version of ['2020-08-27', null, '2027-03-31.fennel'])
      expect(await read(event({ api_version }))).toMatchObject({ knownVersion: false })
  })
})
