import type { StripeBooks } from './stripe-books.ts'
import { listEvents, viewEvent } from './stripe-events.ts'
import { pageOf } from './stripe-lists.ts'
import {
  anyText,
  checkParameters,
  createdRules,
  createdWithin,
  listRules,
  yesOrNo,
  type Parameters,
  type Rules,
} from './stripe-parameters.ts'
import { missing, StripeRefusal } from './stripe-refusal.ts'
import { checkRefund, createRefund } from './stripe-refunds.ts'
import { checkSession, createSession, endAllDue, expireSession, sessionOf } from './stripe-sessions.ts'
import type { Kinds } from './stripe-store.ts'

/** One call of Stripe's API: first its parameters are checked, then it is done. */
export interface StripeCall {
  method: 'GET' | 'POST'
  /** Of the path behind `/v1/`; the group is the object's id. */
  path: RegExp
  check(given: Parameters, now: number): void
  does(books: StripeBooks, given: Parameters, id: string): object
}

const onlyExpand: Rules = { 'expand[]': anyText }
const checks = (rules: Rules) => (given: Parameters) => checkParameters(given, rules)

/** Reading one object by its id. */
function reads<K extends keyof Kinds>(
  path: string,
  kind: K,
  word: string,
  view: (books: StripeBooks, found: Kinds[K]) => object,
  param?: string,
): StripeCall {
  return {
    method: 'GET',
    path: new RegExp(`^${path}/([^/]+)$`),
    check: checks(onlyExpand),
    does(books, _, id) {
      const found = books.store.get(kind, id)
      if (found === undefined) throw missing(word, id, param)
      return view(books, found)
    },
  }
}

/** Listing objects by fields of theirs and by when they were made. */
function lists<K extends 'session' | 'intent' | 'charge' | 'refund' | 'dispute'>(
  path: string,
  kind: K,
  fields: readonly string[],
  more: Rules = {},
): StripeCall {
  const rules: Rules = { ...listRules, ...createdRules, ...Object.fromEntries(fields.map((field) => [field, anyText])), ...more }
  return {
    method: 'GET',
    path: new RegExp(`^${path}$`),
    check: checks(rules),
    does(books, given) {
      endAllDue(books)
      const within = createdWithin(given)
      const asked = [...fields, ...Object.keys(more)].filter((field) => given.has(field))
      const fits = (one: Kinds[K]) => asked.every((field) => (one as unknown as Record<string, unknown>)[field] === given.get(field))
      return pageOf(
        `/v1/${path}`,
        books.store.all(kind).filter((one) => within(one) && fits(one)),
        given,
      )
    },
  }
}

const same = (_: StripeBooks, found: object) => found
const sessions = 'checkout/sessions'

/** Every call that the double plays. */
export const stripeCalls: readonly StripeCall[] = [
  { method: 'POST', path: /^checkout\/sessions$/, check: checkSession, does: createSession },
  {
    method: 'POST',
    path: /^checkout\/sessions\/([^/]+)\/expire$/,
    check: checks(onlyExpand),
    does: (books, _, id) => expireSession(books, id),
  },
  {
    method: 'GET',
    path: /^checkout\/sessions\/([^/]+)\/line_items$/,
    check: checks(listRules),
    does: (books, given, id) => pageOf(`/v1/${sessions}/${sessionOf(books, id).id}/line_items`, itemsOf(books, id), given),
  },
  reads(sessions, 'session', 'checkout.session', (books, { id }) => sessionOf(books, id), 'session'),
  lists(sessions, 'session', ['payment_intent'], { status: ['open', 'complete', 'expired'] }),
  reads('payment_intents', 'intent', 'payment_intent', same, 'intent'),
  lists('payment_intents', 'intent', []),
  reads('charges', 'charge', 'charge', same),
  lists('charges', 'charge', ['payment_intent']),
  { method: 'POST', path: /^refunds$/, check: checkRefund, does: createRefund },
  reads('refunds', 'refund', 'refund', same),
  lists('refunds', 'refund', ['payment_intent', 'charge']),
  reads('disputes', 'dispute', 'dispute', same),
  lists('disputes', 'dispute', ['payment_intent', 'charge']),
  reads('events', 'event', 'event', (_, kept) => viewEvent(kept)),
  {
    method: 'GET',
    path: /^events$/,
    check: checks({ ...listRules, ...createdRules, type: anyText, 'types[]': anyText, delivery_success: yesOrNo }),
    does: listEvents,
  },
]

function itemsOf(books: StripeBooks, id: string): Kinds['item'][] {
  const item = books.store.get('item', id)
  return item === undefined ? [] : [item]
}

const references: Record<string, keyof Kinds> = { payment_intent: 'intent', latest_charge: 'charge', charge: 'charge' }

/** Puts objects in the place of their ids where a call asked for it (`expand[]`), and the lines into a session. */
export function expanded(books: StripeBooks, answer: object, given: Parameters): object {
  let shown = answer as Record<string, unknown>
  for (const [name, path] of given) if (name.startsWith('expand[')) shown = grown(books, shown, path.split('.'))
  return shown
}

function grown(books: StripeBooks, value: Record<string, unknown>, [step = '', ...rest]: string[]): Record<string, unknown> {
  if (step === 'data' && Array.isArray(value['data']))
    return { ...value, data: (value['data'] as Record<string, unknown>[]).map((one) => grown(books, one, rest)) }
  if (step === 'line_items' && value['object'] === 'checkout.session') {
    const id = String(value['id'])
    return { ...value, line_items: pageOf(`/v1/${sessions}/${id}/line_items`, itemsOf(books, id), new Map()) }
  }
  const kind = references[step]
  if (kind === undefined || !(step in value)) throw new StripeRefusal(`This property cannot be expanded (${step}).`, { param: 'expand' })
  const found = typeof value[step] === 'string' ? books.store.get(kind, value[step]) : value[step]
  if (typeof found !== 'object' || found === null) return value
  return { ...value, [step]: rest.length === 0 ? found : grown(books, found as Record<string, unknown>, rest) }
}
