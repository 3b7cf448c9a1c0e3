import {
  exportInvoices as exportRoute,
  listInvoices as invoicesRoute,
  openGroupCheckout as groupCheckoutRoute,
  recordInvoice as recordRoute,
} from '@skills/contract/employers.routes.ts'
import * as matters from '@skills/contract/money-matters.routes.ts'
import {
  getMyOrder as getRoute,
  listMyOrders as listRoute,
  openCheckout as checkoutRoute,
  saveInvoiceTitle as titleRoute,
} from '@skills/contract/orders.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { once } from '@skills/core/once.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { getMyOrder } from './get-my-order.ts'
import { exportInvoices, listInvoices, recordInvoice } from './invoices.ts'
import { listMyOrders } from './list-my-orders.ts'
import { closeMoneyMatter, listMoneyMatters, resendRefund } from './money-matters.ts'
import { openCheckout } from './open-checkout.ts'
import { openGroupCheckout } from './open-group-checkout.ts'
import { saveInvoiceTitle } from './save-invoice-title.ts'

const world = realWorld()
const config = readConfig()
/** The library of the payment provider is loaded by the first who pays: to look at orders nobody needs it. */
const payments = once(async () => (await import('@skills/core/order/open-payments.ts')).openPayments())

export const handler = api({ config, now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(listRoute, (call) => listMyOrders(world, call)),
  on(getRoute, (call) => getMyOrder(world, call)),
  on(checkoutRoute, async (call) => openCheckout(world, await payments(), config.publicUrl, call)),
  on(groupCheckoutRoute, async (call) => openGroupCheckout(world, await payments(), config.publicUrl, call)),
  on(titleRoute, (call) => saveInvoiceTitle(world, call)),
  on(invoicesRoute, (call) => listInvoices(world, call)),
  on(exportRoute, (call) => exportInvoices(world, call)),
  on(recordRoute, (call) => recordInvoice(world, call)),
  on(matters.listMoneyMatters, (call) => listMoneyMatters(world, call)),
  on(matters.resendRefund, (call) => resendRefund(world, call)),
  on(matters.closeMoneyMatter, (call) => closeMoneyMatter(world, call)),
])
