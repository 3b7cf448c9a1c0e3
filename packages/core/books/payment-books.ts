import { addUpAccount } from '../payout/payout-account.ts'
import { paymentsAddUp } from '../payout/payout-payment.ts'
import type { PayoutPaymentsItem } from '../payout/payout-payment.table.ts'
import type { StatementItem } from '../payout/payout.table.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/**
 * P3 what was paid of a statement is what it states at most: the entries of each lie between nothing and its difference, each counter-entry takes back one entry of the same sum, and the account
 * of each provider is what its statements and their entries come to. All together more may be paid than is stated: after a correction, or a repayment that never came, the provider owes the rest.
 */
export function checkPayments(books: Books): Violation[] {
  const found: Violation[] = []
  const statements = new Map(
    books.of('payoutStatement').map((item) => {
      const { statement } = item as unknown as StatementItem
      return [`${statement.runId} ${statement.number}`, statement] as const
    }),
  )
  for (const item of books.of('payoutPayments')) {
    const { runId, number, payments, version } = item as unknown as PayoutPaymentsItem
    const statement = statements.get(`${runId} ${number}`)
    if (statement === undefined) found.push({ code: 'P3', at: where(item), says: 'something was paid of a statement that is not there' })
    else if (!paymentsAddUp(statement.differenceFen, payments) || version !== payments.length)
      found.push({ code: 'P3', at: where(item), says: 'what was paid does not fit the statement' })
  }
  const stated = groupBy(books.of('payoutStatement'), (item) => (item as unknown as StatementItem).statement.providerId)
  const paid = groupBy(books.of('payoutPayments'), (item) => item['providerId'] as string)
  const accounts = new Map(books.of('payoutAccount').map((item) => [item['providerId'] as string, item]))
  for (const providerId of new Set([...stated.keys(), ...paid.keys(), ...accounts.keys()])) {
    const should = addUpAccount(
      providerId,
      (stated.get(providerId) ?? []).map((item) => (item as unknown as StatementItem).statement),
      (paid.get(providerId) ?? []).flatMap((item) => (item as unknown as PayoutPaymentsItem).payments),
    )
    const item = accounts.get(providerId)
    const differs = (['statements', 'statedFen', 'heldFen', 'paidFen'] as const).some((name) => (item?.[name] ?? 0) !== should[name])
    if (differs)
      found.push({
        code: 'P3',
        at: `PROVIDER#${providerId} / PAYOUT-ACCOUNT`,
        says: 'it is not what the statements and payments add up to',
      })
  }
  return found
}
