import type { Stripe } from 'stripe'
import { escapeHtml, mark, page } from './html.ts'
import type { Way } from './stripe-shapes.ts'

type Tongue = 'zh' | 'en'
type Words = Record<string, Record<Tongue, string>>

const words = {
  title: { zh: '付款', en: 'Pay' },
  demo: { zh: '单机演示：这里不会动用真钱。', en: 'A demo on one machine: no real money moves here.' },
  total: { zh: '应付', en: 'To pay' },
  until: { zh: '请在 {time} 前付款（北京时间）', en: 'Please pay before {time} (Beijing time)' },
  way: { zh: '付款方式', en: 'Way to pay' },
  arrives: { zh: '到账', en: 'The money' },
  paid: { zh: '立即到账', en: 'arrives at once' },
  later: { zh: '稍后到账', en: 'arrives a little later' },
  'later-failed': { zh: '稍后失败', en: 'fails a little later' },
  pay: { zh: '支付', en: 'Pay' },
  decline: { zh: '模拟支付失败', en: 'Let the payment fail' },
  back: { zh: '返回，不付款', en: 'Go back without paying' },
  declined: {
    zh: '付款没有成功，没有扣款。可以再试一次，或换一种方式。',
    en: 'The payment did not go through and nothing was charged. Try again, or choose another way.',
  },
  completeTitle: { zh: '已付款', en: 'Paid' },
  complete: { zh: '这笔付款已经完成，不会再次扣款。', en: 'This payment is complete. You will not be charged again.' },
  waitingTitle: { zh: '等待到账', en: 'Waiting for the money' },
  waiting: { zh: '付款已提交，正在等待到账。', en: 'The payment was handed in and is on its way.' },
  failedTitle: { zh: '没有到账', en: 'The money did not come' },
  failed: { zh: '付款没有到账，没有扣款。', en: 'The payment failed and nothing was charged.' },
  expiredTitle: { zh: '付款页面已过期', en: 'This page has expired' },
  expired: {
    zh: '付款时间已过，没有扣款。请回到订单查看。',
    en: 'The time to pay is over and nothing was charged. Go back to your order to see how it stands.',
  },
  unknownTitle: { zh: '没有这个付款页面', en: 'No such payment page' },
  unknown: { zh: '请检查网址是否完整。', en: 'Please check that the address is complete.' },
  return: { zh: '回到订单', en: 'Back to your order' },
} satisfies Words
const wayNames: Record<Way, Record<Tongue, string>> = {
  card: { zh: '银行卡', en: 'Card' },
  alipay: { zh: '支付宝', en: 'Alipay' },
  wechat_pay: { zh: '微信支付', en: 'WeChat Pay' },
}

/** A style of this page alone, beside the house's own sheet. */
export const checkoutStyle = `
.pay { max-width: 30rem; }
header:has(+ .pay) { padding-inline: max(1rem, calc((100% - 28rem) / 2)); }
.sum { background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; margin: 1rem 0; }
.sum p { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.sum .what { color: var(--ink); font-size: 1.125rem; font-weight: 600; line-height: 1.4; margin-bottom: .5rem; }
.sum strong { display: block; font-size: 2.25rem; line-height: 1.2; font-variant-numeric: tabular-nums; color: var(--ink); }
fieldset { border: 0; padding: 0; margin: 1.25rem 0; min-width: 0; display: grid; gap: .5rem; }
legend { padding: 0; margin-bottom: .5rem; font-weight: 600; color: var(--soft); }
.choice { display: flex; align-items: center; gap: .75rem; min-height: 3rem; padding: .5rem 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .625rem; cursor: pointer; }
.choice:has(:checked) { border-color: var(--leaf); background: var(--leaf-ground); box-shadow: inset 0 0 0 1px var(--leaf); }
.choice:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; }
.choice input { inline-size: 1.25rem; block-size: 1.25rem; margin: 0; accent-color: var(--leaf); flex: none; }
.choice input:focus-visible { outline: none; }
.small { grid-template-columns: repeat(auto-fit, minmax(6.75rem, 1fr)); }
.small .choice { min-height: 2.75rem; padding: .25rem .6rem; gap: .5rem; font-size: .925rem; line-height: 1.3; }
.pay time { font-size: 1em; font-weight: 600; color: inherit; }
.actions { display: grid; gap: .6rem; margin-top: 1.5rem; }
.actions button { height: auto; min-height: 3rem; text-align: center; padding: .5rem 1rem; }
.actions button.main { min-height: 3.5rem; font-size: 1.125rem; }
.actions a { display: block; text-align: center; padding: .75rem; }
.wrong { border-inline-start: .35rem solid #b3261e; background: var(--sheet); border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
`

export interface PageParts {
  /** Where the form goes: this page's own address. */
  action: string
  title: string
  declined: boolean
}

const tongueOf = (session?: Stripe.Checkout.Session): Tongue => (session?.locale?.startsWith('en') ? 'en' : 'zh')
const yuan = (fen: number) => `¥${Math.floor(fen / 100).toLocaleString('en-US')}.${String(fen % 100).padStart(2, '0')}`

/** The page of a session as it stands: open with its form, or complete, expired, unknown. In the language of the session, Chinese without one. */
export function checkoutPage(
  session: Stripe.Checkout.Session | undefined,
  intent: Stripe.PaymentIntent | undefined,
  parts: PageParts,
): string {
  const tongue = tongueOf(session)
  const say = (key: keyof typeof words) => escapeHtml(words[key][tongue])
  const sum = session
    ? `<div class="sum"><p class="what">${escapeHtml(parts.title)}</p><p>${say('total')}</p><strong>${yuan(session.amount_total ?? 0)}</strong></div>`
    : ''
  const ended = (what: 'complete' | 'waiting' | 'failed' | 'expired' | 'unknown', home: string | null) =>
    `<h1>${say(`${what}Title`)}</h1>${sum}<p class="note" role="status">${say(what)}</p>${home === null ? '' : `<p class="actions"><a href="${escapeHtml(home)}">${say('return')}</a></p>`}`
  const body = !session
    ? ended('unknown', null)
    : session.status === 'expired'
      ? ended('expired', session.cancel_url)
      : session.status === 'open'
        ? `<h1>${say('title')}</h1>${sum}${form(session, parts, tongue)}`
        : ended(session.payment_status === 'paid' ? 'complete' : intent?.status === 'processing' ? 'waiting' : 'failed', returnUrl(session))
  const brand = tongue === 'zh' ? '技能培训超市' : 'Skills Supermarket'
  return page(
    `${words.title[tongue]} · ${brand}`,
    `<header>${mark}<p>${brand}</p></header><main class="pay">${body}<footer>${say('demo')}</footer></main>`,
    '<link rel="stylesheet" href="/stripe/checkout.css">\n',
    tongue === 'zh' ? 'zh-CN' : 'en',
  )
}

function form(session: Stripe.Checkout.Session, { action, declined }: PageParts, tongue: Tongue): string {
  const say = (key: keyof typeof words) => escapeHtml(words[key][tongue])
  const until = new Date(session.expires_at * 1000)
  const clock = until.toLocaleTimeString(tongue === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
  })
  const choice = (name: string, value: string, text: string, first: boolean) =>
    `<label class="choice"><input type="radio" name="${name}" value="${escapeHtml(value)}"${first ? ' checked' : ''}>${escapeHtml(text)}</label>`
  const ways = session.payment_method_types.map((way, at) => choice('way', way, wayNames[way as Way][tongue], at === 0))
  const arrivals = (['paid', 'later', 'later-failed'] as const).map((key, at) => choice('outcome', key, words[key][tongue], at === 0))
  return `${declined ? `<p class="wrong" role="alert">${say('declined')}</p>` : ''}
<p>${say('until').replace('{time}', `<time datetime="${until.toISOString()}">${clock}</time>`)}</p>
<form method="post" action="${escapeHtml(action)}">
<fieldset><legend>${say('way')}</legend>${ways.join('')}</fieldset>
<fieldset class="small"><legend>${say('arrives')}</legend>${arrivals.join('')}</fieldset>
<div class="actions">
<button class="main" type="submit" name="do" value="pay">${say('pay')} ${yuan(session.amount_total ?? 0)}</button>
<button type="submit" name="do" value="decline">${say('decline')}</button>
${session.cancel_url === null ? '' : `<a href="${escapeHtml(session.cancel_url)}">${say('back')}</a>`}
</div>
</form>`
}

/** Where a person goes after paying; Stripe puts the session's id into the place that is kept for it. */
export function returnUrl({ id, success_url }: Stripe.Checkout.Session): string {
  return (success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', id)
}
