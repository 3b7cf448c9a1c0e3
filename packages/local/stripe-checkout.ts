import type { Double } from './doubles.ts'
import { readAll } from './request-body.ts'
import type { StripeBooks } from './stripe-books.ts'
import { checkoutPage, checkoutStyle, returnUrl } from './stripe-page.ts'
import { NotPayable, paySession, settleSession } from './stripe-payments.ts'
import { sessionOf } from './stripe-sessions.ts'
import { ways, type Way } from './stripe-shapes.ts'

/** How long money that comes later takes, in milliseconds of the double's clock. */
const laterMs = 15_000

/** The path of a session's page, behind the doubles' address. */
export const checkoutPath = (id: string) => `/stripe/pay/${id}`

/** The checkout page and its form. */
export function createCheckout(books: StripeBooks): Double {
  return async (request, response, path) => {
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      // The form's answer leads to the shop, wherever it stands: `form-action` binds redirects too.
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' http: https:; frame-ancestors 'none'; base-uri 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    }
    const url = new URL(path, 'http://double')
    if (url.pathname === '/checkout.css')
      return void response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(checkoutStyle)
    const id = /^\/pay\/(cs_test_\w+)$/.exec(url.pathname)?.[1]
    const session = id !== undefined && books.store.get('session', id) ? books.change(() => sessionOf(books, id)) : undefined
    const declined = url.searchParams.has('declined')
    if (!session || request.method !== 'POST') {
      const intent = typeof session?.payment_intent === 'string' ? books.store.get('intent', session.payment_intent) : undefined
      const title = (session && books.store.get('item', session.id)?.description) ?? ''
      const html = checkoutPage(session, intent, { action: checkoutPath(session?.id ?? ''), title, declined })
      return void response.writeHead(session ? 200 : 404, headers).end(html)
    }
    // Another site must not pay in a person's name; a browser says where a form stood.
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') return void response.writeHead(403, headers).end()
    const form = new URLSearchParams((await readAll(request)).toString())
    const way = ways.find((one) => one === form.get('way')) ?? 'card'
    const go = (to: string) => void response.writeHead(303, { location: to, 'cache-control': 'no-store' }).end()
    try {
      if (form.get('do') === 'decline') {
        books.change(() => paySession(books, session.id, { way, outcome: 'declined' }))
        return go(`${checkoutPath(session.id)}?declined`)
      }
      return go(returnUrl(pay(books, session.id, way, form.get('outcome'))))
    } catch (error) {
      // Paid in another tab, or over: the page says which.
      if (error instanceof NotPayable) return go(checkoutPath(session.id))
      throw error
    }
  }
}

function pay(books: StripeBooks, id: string, way: Way, outcome: string | null) {
  const later = outcome === 'later' || outcome === 'later-failed'
  const session = books.change(() => {
    if (later) books.store.put('outcome', id, { at: books.clock.now() + laterMs, paid: outcome === 'later' })
    return paySession(books, id, { way, outcome: later ? 'later' : 'paid' })
  })
  if (later) settleInTime(books, id)
  return session
}

/** Sets the timer of money that comes later, when it was promised and again at every start. */
export function settleInTime(books: StripeBooks, id: string): void {
  const outcome = books.store.get('outcome', id)
  if (!outcome) return
  books.clock.later(outcome.at - books.clock.now(), () => {
    if (books.store.get('outcome', id)) books.change(() => settleSession(books, id, outcome.paid))
  })
}
