import type { InvoiceSlip } from '@skills/contract/orders.routes.ts'
import { keys } from '../keys.ts'
import { readItems, type Table } from '../table.ts'
import { invoicesOf, type Invoiced, type InvoiceItem } from './invoice.ts'

/**
 * The invoices of these orders (or group orders) that are for who owns each of them, in the order in which they were asked for. Which there are follows from the order; whether one was issued
 * is read, all in one go. What unions and others paid is theirs and not said here.
 */
export async function invoiceSlips(table: Table, orders: readonly Invoiced[]): Promise<InvoiceSlip[][]> {
  const asked = orders.map((order) =>
    invoicesOf(order)
      .filter(({ invoice }) => invoice.payer === order.pays)
      .map((one) => ({ ...one, providerId: order.providerId })),
  )
  const items = await readItems(
    table,
    asked.flat().map(({ providerId, invoice }) => keys.invoice.key(providerId, invoice.id)),
  )
  let place = 0
  return asked.map((own) =>
    own.map(({ invoice: derived }) => {
      // One that was not written yet is asked for all the same.
      const { id, kind, fen, title, requestedAt, number } = (items[place++] as unknown as InvoiceItem | undefined)?.invoice ?? derived
      return { id, kind, fen, title, requestedAt, number }
    }),
  )
}
