import type { InvoiceSlip, OrderView } from '@skills/contract/orders.routes.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { orderView, paidFen, refundedFen, type OrderItem } from '@skills/core/order/order.ts'

/** An order as its person sees it, with the names of its run and the invoices she is to get. */
export function viewOf(order: OrderItem, run: RunItem, invoices: InvoiceSlip[]): OrderView {
  return {
    order: orderView(order),
    providerName: run.providerName,
    runName: run.run.name,
    paidFen: paidFen(order),
    refundedFen: refundedFen(order),
    invoiceTitle: order.invoiceTitle,
    invoices,
  }
}
