import type { Grant, Split } from '@skills/contract/order.ts'
import { plusMonths } from './civil-date.ts'
import type { RefundParts } from './refund-parts.ts'

/** What one payer is to be invoiced for one seat, in fen. The payee issues it to the payer (发票管理办法, 2023 text, art. 18). */
export interface InvoicePart {
  payer: 'person' | 'employer' | 'sponsor'
  /** Which sponsor, where one pays. */
  sponsorId: string | null
  fen: number
}

/** A blue invoice request that exists, and what red-letter ones already took back of it. */
export interface BluePart extends InvoicePart {
  id: string
  redFen: number
}

/**
 * One seat's invoices: a part for each payer, adding up to the fee actually charged (list price less discount). Several grants of one sponsor are one part; who
 * pays nothing gets none. Throws `RangeError` when the grants are not the split's subsidy.
 */
export function invoiceParts(split: Split, grants: readonly Pick<Grant, 'sponsorId' | 'fen'>[]): InvoicePart[] {
  const sponsors = bySponsor(grants)
  if ([...sponsors.values()].reduce((sum, fen) => sum + fen, 0) !== split.subsidyFen) throw new RangeError('the grants are not the subsidy')
  return parts(split.payableFen, split.employerFen, sponsors)
}

/**
 * The red-letter parts of a refund, each linked to the blue one it takes back (`of`), in positive fen. A payer who was never invoiced needs none.
 * Throws `RangeError` when more would be taken back than is left of a payer's blue ones.
 */
export function redParts(
  blue: readonly BluePart[],
  back: Pick<RefundParts, 'learnerFen' | 'employerFen' | 'grants'>,
): (InvoicePart & { of: string })[] {
  return parts(back.learnerFen, back.employerFen, bySponsor(back.grants)).flatMap((part) => {
    const own = blue.filter(({ payer, sponsorId }) => payer === part.payer && sponsorId === part.sponsorId)
    let rest = part.fen
    const red = own.flatMap(({ id, fen, redFen }) => {
      const taken = Math.min(rest, fen - redFen)
      rest -= taken
      return taken > 0 ? [{ ...part, fen: taken, of: id }] : []
    })
    if (own.length > 0 && rest > 0) throw new RangeError('more is taken back than was invoiced')
    return red
  })
}

/** The last civil date an invoice must be kept: five years (发票管理办法, 2023 text, art. 28). In: the civil date it was issued or asked for. */
export function keepInvoiceUntil(date: string): string {
  return plusMonths(date, 60)
}

function bySponsor(grants: readonly { sponsorId: string; fen: number }[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { sponsorId, fen } of grants) sums.set(sponsorId, (sums.get(sponsorId) ?? 0) + fen)
  return sums
}

function parts(personFen: number, employerFen: number, sponsors: ReadonlyMap<string, number>): InvoicePart[] {
  const all: InvoicePart[] = [
    { payer: 'person', sponsorId: null, fen: personFen },
    { payer: 'employer', sponsorId: null, fen: employerFen },
    ...[...sponsors].map(([sponsorId, fen]) => ({ payer: 'sponsor', sponsorId, fen }) as const),
  ]
  return all.filter(({ fen }) => fen > 0)
}
