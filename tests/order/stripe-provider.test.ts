import { ProviderFailed, type CheckoutAsk, type ProviderEvent } from '@skills/core/order/payment-provider.ts'
import { stripeProvider } from '@skills/core/order/stripe.ts'
import { sceneStart, startStripe, type StripeScene } from '@skills/local/test-stripe.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let scene: StripeScene
let payments: ReturnType<typeof stripeProvider>
const providerOf = ({ stripe, endpoint }: StripeScene) =>
  stripeProvider({ secretKey: stripe.secretKey, webhookSecrets: [stripe.webhookSecret], endpoint })
beforeEach(async () => {
  scene = await startStripe()
  payments = providerOf(scene)
})
afterEach(() => scene.stop())

const orderId = 'ord_00000000000000000000000001'
const nowIso = () => new Date(scene.stripe.clock.now()).toISOString()
const ask = (more: Partial<CheckoutAsk> = {}): CheckoutAsk => ({
  orderId,
  attempt: 1,
  references: { enrollmentId: 'enr_00000000000000000000000001' },
  amountFen: 38_000,
  title: { zh: '电工（高级）', en: 'Electrician, level 3' },
  language: 'zh',
  expiresAt: new Date(Date.parse(sceneStart) + 42 * 60_000).toISOString(),
  returnUrl: 'https://shop.example/orders/return?session={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://shop.example/orders',
  ...more,
})
const sessions = () => scene.stripe.store.all('session')
const bought = async (more: Partial<CheckoutAsk> = {}) => {
  const { id } = await payments.openCheckout(ask(more))
  scene.stripe.pay(id)
  return String((await payments.readCheckout(id)).paymentId)
}
const failure = (work: Promise<unknown>): Promise<ProviderFailed> =>
  work.then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => error as ProviderFailed,
  )

describe('a checkout', () => {
  it('asks for yuan, three ways to pay, and carries ids only', async () => {
    const checkout = await payments.openCheckout(ask())
    expect(checkout).toMatchObject({
      state: 'open',
      paid: false,
      failed: false,
      paymentId: null,
      amountFen: 38_000,
      currency: 'cny',
      livemode: false,
      references: { enrollmentId: 'enr_00000000000000000000000001', orderId, attempt: '1' },
    })
    expect(checkout.url).toContain(`/stripe/pay/${checkout.id}`)
    const [session] = sessions()
    expect(session).toMatchObject({
      client_reference_id: orderId,
      locale: 'zh',
      payment_method_types: ['card', 'alipay', 'wechat_pay'],
      adaptive_pricing: { enabled: false },
    })
    expect(session?.expires_at).toBe(Date.parse(ask().expiresAt) / 1000)
    scene.stripe.pay(checkout.id)
    expect(scene.stripe.store.all('intent')[0]?.metadata).toEqual(checkout.references)
  })
  it('is the same one for the same order and attempt, and another one for the next', async () => {
    const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => payments.openCheckout(ask())))
    expect(others.map(({ id }) => id)).toEqual([first?.id, first?.id, first?.id])
    expect((await payments.openCheckout(ask({ attempt: 2 }))).id).not.toBe(first?.id)
    expect(sessions()).toHaveLength(2)
  })
  it('asked for with another sum under the same attempt is refused, and it stays open what became of the first', async () => {
    await payments.openCheckout(ask())
    expect(await failure(payments.openCheckout(ask({ amountFen: 1 })))).toMatchObject({ certain: false })
  })
  it('tells paid, on its way, failed and expired apart', async () => {
    const made = await Promise.all([1, 2, 3, 4].map((attempt) => payments.openCheckout(ask({ attempt }))))
    const [paid, waiting, failed, left] = made.map(({ id }) => id) as [string, string, string, string]
    scene.stripe.pay(paid)
    scene.stripe.pay(waiting, { method: 'alipay', outcome: 'later' })
    scene.stripe.pay(failed, { method: 'wechat_pay', outcome: 'later' })
    scene.stripe.settle(failed, false)
    await scene.stripe.clock.moveTo(ask().expiresAt)
    expect(await payments.readCheckout(paid)).toMatchObject({ state: 'complete', paid: true, failed: false })
    expect(await payments.readCheckout(waiting)).toMatchObject({ state: 'complete', paid: false, failed: false })
    expect(await payments.readCheckout(failed)).toMatchObject({ state: 'complete', paid: false, failed: true })
    expect(await payments.readCheckout(left)).toMatchObject({ state: 'expired', paid: false, url: null })
  })
  it('is ended once however often it is asked, and not when the person was faster', async () => {
    const { id } = await payments.openCheckout(ask())
    expect(await Promise.all([payments.expireCheckout(id), payments.expireCheckout(id)])).toMatchObject([
      { state: 'expired' },
      { state: 'expired' },
    ])
    const second = await payments.openCheckout(ask({ attempt: 2 }))
    scene.stripe.pay(second.id)
    expect(await payments.expireCheckout(second.id)).toMatchObject({ state: 'complete', paid: true })
  })
  it('is found by its order when its id was lost, and by its payment', async () => {
    const paymentId = await bought()
    await bought({ orderId: 'ord_00000000000000000000000002' })
    expect((await payments.findCheckouts(orderId, sceneStart)).map(({ paymentId }) => paymentId)).toEqual([paymentId])
    expect(await payments.checkoutOfPayment(paymentId)).toMatchObject({ references: { orderId }, paid: true })
    expect(await payments.checkoutOfPayment('pi_none')).toBeUndefined()
    await scene.stripe.clock.forward(1_000)
    expect(await payments.findCheckouts(orderId, nowIso())).toEqual([])
  })
})

describe('a refund', () => {
  it('happens once for each id of ours, in parts, never above what was taken', async () => {
    const paymentId = await bought()
    const part = { refundId: 'rfd_1', paymentId, amountFen: 30_000, references: { orderId } }
    const [first, second] = await Promise.all([payments.refund(part), payments.refund(part)])
    expect(first).toMatchObject({ state: 'succeeded', amountFen: 30_000, references: { orderId, refundId: 'rfd_1' } })
    expect(second).toEqual(first)
    expect(await failure(payments.refund({ ...part, refundId: 'rfd_2' }))).toMatchObject({ certain: true })
    await payments.refund({ ...part, refundId: 'rfd_3', amountFen: 8_000 })
    expect((await payments.refundsOf(paymentId)).reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(38_000)
    expect(await failure(payments.refund({ ...part, refundId: 'rfd_4', amountFen: 1 }))).toMatchObject({
      certain: true,
      code: 'charge_already_refunded',
    })
  })
  it('can fail after it succeeded', async () => {
    const { id } = await payments.refund({ refundId: 'rfd_1', paymentId: await bought(), amountFen: 5, references: {} })
    scene.stripe.failRefund(id)
    expect(await payments.readRefund(id)).toMatchObject({ state: 'failed' })
  })
})

describe('when Stripe does not do or say what was asked', () => {
  it.each(['conflict', 'locked', 'rate-limit', 'error-before'] as const)('%s: not certain; the same ask again works', async (kind) => {
    scene.stripe.faults.next(kind)
    expect(await failure(payments.openCheckout(ask()))).toMatchObject({ certain: false })
    await payments.openCheckout(ask())
    expect(sessions()).toHaveLength(1)
  })
  it.each(['lost-after', 'lost-before', 'broken-answer'] as const)(
    '%s: asked again there is still one checkout, one refund',
    async (kind) => {
      scene.stripe.faults.next(kind, { times: 2 })
      await payments
        .openCheckout(ask())
        .catch(() => payments.openCheckout(ask()))
        .catch(() => payments.openCheckout(ask()))
      expect(sessions()).toHaveLength(1)
      const paymentId = await bought()
      const part = { refundId: 'rfd_1', paymentId, amountFen: 5, references: {} }
      scene.stripe.faults.next(kind, { times: 2, call: /refunds/ })
      await payments
        .refund(part)
        .catch(() => payments.refund(part))
        .catch(() => payments.refund(part))
      expect(await payments.refundsOf(paymentId)).toHaveLength(1)
    },
  )
  it('error-after: what happened is found, although Stripe answers the same key with the error for a day', async () => {
    scene.stripe.faults.next('error-after', { call: /sessions$/ })
    const checkout = await payments.openCheckout(ask())
    expect(sessions().map(({ id }) => id)).toEqual([checkout.id])
    expect((await payments.openCheckout(ask())).id).toBe(checkout.id)
    scene.stripe.pay(checkout.id)
    const paymentId = String((await payments.readCheckout(checkout.id)).paymentId)
    scene.stripe.faults.next('error-after', { call: /refunds$/ })
    const part = { refundId: 'rfd_1', paymentId, amountFen: 5, references: {} }
    const refund = await payments.refund(part)
    expect(await payments.refund(part)).toEqual(refund)
    expect(await payments.refundsOf(paymentId)).toHaveLength(1)
  })
  it('what is thrown carries a code and a request id, and nothing of Stripe’s words or our keys', async () => {
    const stranger = stripeProvider({ secretKey: 'sk_test_stranger_secret', webhookSecrets: [], endpoint: scene.endpoint })
    const errors = [
      await failure(stranger.openCheckout(ask())),
      await failure(payments.readCheckout('cs_test_none')),
      await failure(payments.openCheckout(ask({ expiresAt: sceneStart }))),
    ]
    for (const error of errors) {
      expect(error).toBeInstanceOf(ProviderFailed)
      // A wrong key is mended by people: the thing that was asked can still be had then.
      expect(error).toMatchObject({ certain: error !== errors[0], requestId: expect.stringMatching(/^req_/) as string })
      expect(error.cause).toBeUndefined()
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/sk_test|API key|No such|expires_at/i)
    }
  })
  it('nobody there is not certain either', async () => {
    const nowhere = stripeProvider({
      secretKey: 'sk_test_x',
      webhookSecrets: [],
      endpoint: { host: '127.0.0.1', port: 1, protocol: 'http' },
    })
    expect(await failure(nowhere.readCheckout('cs_test_1'))).toMatchObject({ certain: false, requestId: null })
  })
})

describe('events', () => {
  const signedAt = (signature: string) => Number(/t=(\d+)/.exec(signature)?.[1])
  const toldOf = (events: ProviderEvent[]) => events.map(({ about }) => about)

  it('of a whole story are believed, and lead to what they are about', async () => {
    scene.stripe.deliverTo(scene.hook)
    const paymentId = await bought()
    const { id } = await payments.refund({ refundId: 'rfd_1', paymentId, amountFen: 8_000, references: {} })
    scene.stripe.failRefund(id)
    const dispute = scene.stripe.openDispute(paymentId)
    scene.stripe.closeDispute(dispute.id, 'lost')
    await payments.openCheckout(ask({ attempt: 2 }))
    await scene.stripe.clock.moveTo(ask().expiresAt)
    await scene.stripe.drain()
    const fresh = await Promise.all(
      scene.received.map(({ body, signature }) => payments.readEvent(body, signature, new Date(1000 * signedAt(signature)).toISOString())),
    )
    expect(fresh.filter(({ about }) => about === 'refund')).toHaveLength(4)
    for (const event of fresh) if (event.about === 'refund') expect(event).toMatchObject({ paymentId })
    expect(fresh.filter(({ about }) => about === 'checkout')).toHaveLength(2)
    expect(fresh.filter((event) => event.about === 'dispute' && event.disputeId === dispute.id)).toHaveLength(3)
    expect(fresh.filter((event) => event.about === 'dispute' && event.state === 'lost')).toMatchObject([{ amountFen: 38_000 }])
    expect(fresh.every(({ knownVersion, livemode, account }) => knownVersion && !livemode && account === null)).toBe(true)
  })
  it('that did not arrive are told oldest first, over many pages', async () => {
    scene.stripe.deliverTo(scene.hook)
    await bought()
    await scene.stripe.drain()
    scene.stripe.faults.webhooks.drop = 1
    const lost: string[] = []
    for (let attempt = 2; attempt < 130; attempt += 1) {
      const { id } = await payments.openCheckout(ask({ attempt }))
      scene.stripe.expire(id)
      lost.push(id)
    }
    const told: ProviderEvent[] = []
    for await (const event of payments.undelivered(sceneStart)) told.push(event)
    expect(toldOf(told).every((about) => about === 'checkout')).toBe(true)
    expect(told.map((event) => (event.about === 'checkout' ? event.checkoutId : ''))).toEqual(lost)
  })
})
