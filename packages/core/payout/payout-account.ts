import type { PayoutPayment, PayoutStatement } from '@skills/contract/payout.ts'
import { paidOf, type PayoutAccount } from './payout-payment.ts'

/** The account of a provider made anew from its closed statements and what was paid of them: all that was stated, and what the last statement of each run holds back. */
export function addUpAccount(
  providerId: string,
  statements: readonly Pick<PayoutStatement, 'runId' | 'number' | 'differenceFen' | 'heldFen'>[],
  payments: readonly Pick<PayoutPayment, 'fen'>[],
): PayoutAccount {
  const last = new Map(statements.toSorted((a, b) => a.number - b.number).map((one) => [one.runId, one.heldFen]))
  return {
    providerId,
    statements: statements.length,
    statedFen: statements.reduce((sum, { differenceFen }) => sum + differenceFen, 0),
    heldFen: [...last.values()].reduce((sum, fen) => sum + fen, 0),
    paidFen: paidOf(payments),
  }
}
