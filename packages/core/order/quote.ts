import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RefundPolicy, Split } from '@skills/contract/order.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'

/** How long a quoted price can be taken, in minutes. */
const quoteMinutes = 15

/** A price as it was shown to one person for one run: who pays what, from which programs, with which voucher (its hash), and what a refund would be. */
export interface Quote {
  personId: string
  runId: string
  split: Split
  grants: [programId: string, fen: number][]
  voucher: string | null
  refundPolicy: RefundPolicy
  expiresAt: string
}

const sign = (payload: string, secret: string) => createHmac('sha256', secret).update(`quote\n${payload}`).digest()

/** A quote as a text that its person can carry but not change. In: the price and the instant. Out: the text and when it expires. */
export function sealQuote(quote: Omit<Quote, 'expiresAt'>, secret: string, now: string): { quote: string; expiresAt: string } {
  const expiresAt = plusMinutes(now, quoteMinutes)
  const payload = Buffer.from(JSON.stringify({ ...quote, expiresAt } satisfies Quote)).toString('base64url')
  return { quote: `${payload}.${sign(payload, secret).toString('base64url')}`, expiresAt }
}

/** The quote that was sealed. Refuses `quote-needed` for one that is not ours or is for another person or run, `quote-expired` after its time. */
export function openQuote(text: string | undefined, personId: string, runId: string, secret: string, now: string): Quote {
  const [payload = '', signature = '', ...rest] = (text ?? '').split('.')
  const expected = sign(payload, secret)
  const given = Buffer.from(signature, 'base64url')
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal('quote-needed')
  const quote = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Quote
  if (quote.personId !== personId || quote.runId !== runId) throw new Refusal('quote-needed')
  if (quote.expiresAt <= now) throw new Refusal('quote-expired')
  return quote
}

/** Whether a price as it is now is what was quoted, to the fen and the program, with the same promise of a refund. */
export function asQuoted(
  quote: Quote,
  split: Split,
  grants: readonly { programId: string; fen: number }[],
  { version, bands }: RefundPolicy,
): boolean {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const parts = ({ listFen, subsidyFen, employerFen, discountFen, payableFen }: Split) => [
    listFen,
    subsidyFen,
    employerFen,
    discountFen,
    payableFen,
  ]
  // As lists: the table gives the fields of a map back in any order.
  const promised = (of: RefundPolicy) => [of.version, of.bands.map(({ workingDays, percent }) => [workingDays, percent])]
  return (
    same(promised(quote.refundPolicy), promised({ version, bands })) &&
    same(parts(quote.split), parts(split)) &&
    same(
      quote.grants,
      grants.map(({ programId, fen }) => [programId, fen]),
    )
  )
}
