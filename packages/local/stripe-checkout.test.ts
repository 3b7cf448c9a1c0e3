import { describe, expect, it } from 'vitest'
import { useStripeClient } from './test-stripe-client.ts'

const client = useStripeClient()

const open = (locale: 'zh' | 'en' = 'zh', name = '电工（高级）') =>
  client.stripe.checkout.sessions.create({
    mode: 'payment',
    locale,
    success_url: 'https://shop.example/return?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://shop.example/orders/1',
    expires_at: Math.floor(client.scene.stripe.clock.now() / 1000) + 3_600,
    allowed_payment_method_types: ['card', 'alipay', 'wechat_pay'],
    line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: 123_405, product_data: { name } } }],
  })
const show = async (url: string | null) => {
  const answer = await fetch(String(url))
  return { answer, html: await answer.text() }
}
const send = (url: string | null, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(String(url), { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers })

describe('the checkout page', () => {
  it('shows what is paid, how much and the three ways, in Chinese or English', async () => {
    const { html, answer } = await show((await open()).url)
    for (const part of [
      '<html lang="zh-CN">',
      '电工（高级）',
      '¥1,234.05',
      '银行卡',
      '支付宝',
      '微信支付',
      'https://shop.example/orders/1',
    ])
      expect(html).toContain(part)
    expect(html).not.toContain('<script')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const english = await show((await open('en')).url)
    for (const part of ['<html lang="en">', 'WeChat Pay', 'Go back without paying']) expect(english.html).toContain(part)
    expect(english.html.replaceAll('电工（高级）', '')).not.toMatch(/\p{Script=Han}/u)
  })
  it('writes titles as text', async () => {
    const { html } = await show((await open('en', '<img src=x onerror=alert(1)>"')).url)
    expect(html).not.toContain('<img')
  })
  it('pays, and leads back with the id of the session', async () => {
    const { id, url } = await open()
    const answer = await send(url, { way: 'alipay', outcome: 'paid', do: 'pay' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`https://shop.example/return?session=${id}`)
    expect(await client.stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: 'paid' })
    const again = await show(url)
    expect(again.html).toContain('已付款')
    expect(again.html).not.toContain('<form')
    const twice = await send(url, { way: 'card', outcome: 'paid', do: 'pay' })
    expect(new URL(String(twice.headers.get('location')), client.scene.url).pathname).toBe(new URL(String(url)).pathname)
  })
  it('fails when told to, says so, and takes another try', async () => {
    const { id, url } = await open()
    const failed = await send(url, { way: 'card', do: 'decline' })
    const { html } = await show(new URL(String(failed.headers.get('location')), client.scene.url).href)
    expect(html).toContain('role="alert"')
    expect((await client.stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    await send(url, { way: 'wechat_pay', outcome: 'paid', do: 'pay' })
    expect((await client.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid')
  })
  it.each([
    ['later', 'paid', '已付款'],
    ['later-failed', 'unpaid', '没有到账'],
  ])('lets money come %s: first handed in, then %s', async (outcome, payment_status, words) => {
    const { id, url } = await open()
    await send(url, { way: 'wechat_pay', outcome, do: 'pay' })
    expect((await show(url)).html).toContain('等待到账')
    await client.scene.stripe.clock.forward(15_000)
    expect((await client.stripe.checkout.sessions.retrieve(id)).payment_status).toBe(payment_status)
    expect((await show(url)).html).toContain(words)
  })
  it('tells when its time is over, also to who pays too late', async () => {
    const { id, url } = await open()
    await client.stripe.checkout.sessions.expire(id)
    const { html } = await show(url)
    expect(html).toContain('过期')
    expect(html).not.toContain('<form')
    expect((await send(url, { way: 'card', outcome: 'paid', do: 'pay' })).status).toBe(303)
    expect((await client.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('unpaid')
  })
  it('knows no other session, and no form of another site', async () => {
    expect((await show(`${client.scene.url}/stripe/pay/cs_test_none`)).answer.status).toBe(404)
    expect((await show(`${client.scene.url}/stripe/pay/%2e%2e`)).answer.status).toBe(404)
    const { id, url } = await open()
    expect((await send(url, { way: 'card', do: 'pay' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await client.stripe.checkout.sessions.retrieve(id)).status).toBe('open')
  })
})
