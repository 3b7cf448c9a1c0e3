import type { OrderView } from '@skills/contract/orders.routes.ts'
import { html, type Html } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { ordersText } from './orders.text.ts'

const lang = pageLanguage()
const w = ordersText[lang]

/** The order that the address names. */
export const orderId = new URLSearchParams(location.search).get('order') ?? ''

/** The order of this page as it is now, or what to show instead. Throws when nothing answered. */
export async function readOrder(): Promise<OrderView | { instead: Html }> {
  const answer = await callAsMe('getMyOrder', { params: { orderId } })
  if (answer.ok) return answer.value
  const { code } = answer.problem
  if (code === 'not-found' || code === 'validation-failed')
    return { instead: empty(w.missing, w.missingHint, '', html`<a class="button" href="${at(lang, '/orders/')}">${w.all}</a>`) }
  return { instead: problemNotice(answer.problem, lang, html`<button class="button" type="button" data-again>${w.again}</button>`) }
}
