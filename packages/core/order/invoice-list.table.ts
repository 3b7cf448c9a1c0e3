import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { prefixes } from '@skills/contract/ids.ts'
import { instantOf } from '@skills/contract/time.ts'
import { encodeTime } from 'ulid'
import { keys } from '../keys.ts'
import type { Table } from '../table.ts'
import { readInvoices } from './invoice.table.ts'

/** Which invoice requests are wanted: `month` as `2026-11` of the request in Beijing; open: without a number; issued: with one; red: what takes a blue one back. */
export interface InvoicesWanted {
  show?: 'open' | 'issued' | 'red' | undefined
  month?: string | undefined
}

export interface ReadInvoice {
  invoice: InvoiceRequest
  sk: string
}

/** How many are read at once, and at most for one page: a page may be short although more follows. */
const linesAtOnce = 200
const mostLines = 2_000

const isWanted = ({ kind, number }: InvoiceRequest, show: InvoicesWanted['show']) =>
  show === undefined || (show === 'red' ? kind === 'red' : show === 'issued' ? number !== null : number === null)

/** The sort key before which all of an instant's invoices stand: their ids begin with the instant. */
const skAt = (providerId: string, at: string) => keys.invoice.key(providerId, `${prefixes.invoice}_${encodeTime(Date.parse(at))}`).sk

/** The first instant of a civil month, and of the one after it. */
function spanOf(month: string): { since: string; until: string } {
  const [year = 0, nth = 0] = month.split('-').map(Number)
  const next = nth === 12 ? `${year + 1}-01` : `${year}-${String(nth + 1).padStart(2, '0')}`
  return { since: instantOf(`${month}-01`, '00:00'), until: instantOf(`${next}-01`, '00:00') }
}

/** A page of a provider's invoice requests, the newest first, after a position. `next` is the position to go on from, null at the end; `looked`: how many it passed. */
export async function listWanted(
  table: Table,
  providerId: string,
  { show, month }: InvoicesWanted,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ items: ReadInvoice[]; next: string | null; looked: number }> {
  const span = month === undefined ? undefined : spanOf(month)
  const oldest = span === undefined ? '' : skAt(providerId, span.since)
  const items: ReadInvoice[] = []
  let from = after ?? (span === undefined ? undefined : skAt(providerId, span.until))
  let looked = 0
  while (looked < mostLines) {
    const lines = await readInvoices(table, providerId, linesAtOnce, from)
    for (const { invoice, sk } of lines) {
      if (sk < oldest) return { items, next: null, looked }
      if (isWanted(invoice, show)) {
        // Only once one more is there it is known that more follows.
        if (items.length === limit) return { items, next: from ?? null, looked }
        items.push({ invoice, sk })
      }
      from = sk
      looked += 1
    }
    if (lines.length < linesAtOnce) return { items, next: null, looked }
  }
  return { items, next: from ?? null, looked }
}
