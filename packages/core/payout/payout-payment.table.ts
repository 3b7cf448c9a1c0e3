import type { Command } from '@skills/contract/actor.ts'
import type { PaidStatement, PayoutMoney, PayoutPayment, PayoutStatement } from '@skills/contract/payout.ts'
import { auditStep, type History } from '../audit.ts'
import { untilDone } from '../funding/until-done.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, type Table } from '../table.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { nextPayment, paidOf, type PayoutAccount, type SaidPayment } from './payout-payment.ts'

/** What was paid of one statement, as the table holds it; nothing is ever taken out. */
export interface PayoutPaymentsItem extends History {
  entity: string
  providerId: string
  runId: string
  number: number
  payments: PayoutPayment[]
}

const four = (number: number) => String(number).padStart(4, '0')
const paymentsKey = ({ runId, number }: Pick<PayoutStatement, 'runId' | 'number'>) => keys.payoutPayments.key(runId, four(number))

/** Statements with what was paid of each, in their order. */
export async function withPayments(table: Table, statements: readonly PayoutStatement[]): Promise<PaidStatement[]> {
  const items = await readItems(table, statements.map(paymentsKey))
  return statements.map((statement, place) => {
    const payments = (items[place] as unknown as PayoutPaymentsItem | undefined)?.payments ?? []
    return { ...statement, payments, paidFen: paidOf(payments) }
  })
}

async function readAccount(table: Table, providerId: string): Promise<PayoutAccount> {
  const item = await readItem(table, keys.payoutAccount.key(providerId))
  return (item as unknown as PayoutAccount | undefined) ?? { providerId, statements: 0, statedFen: 0, heldFen: 0, paidFen: 0 }
}

/** What all statements of a provider come to, in one read: it is added up as they are closed and paid. */
export async function readPayoutMoney(table: Table, providerId: string): Promise<PayoutMoney> {
  const { statements, statedFen, heldFen, paidFen } = await readAccount(table, providerId)
  return { statements, earnedFen: statedFen, heldFen, paidFen, openFen: statedFen - paidFen }
}

/** What closing a statement adds to the account of its provider. In: the difference it states, and what it holds back more than the one before it. */
export function statedStep(providerId: string, statedFen: number, heldFen: number): Step {
  return {
    name: 'account',
    update: {
      key: keys.payoutAccount.key(providerId),
      set: 'SET providerId = :provider ADD #statements :one, statedFen :stated, heldFen :held, paidFen :none',
      names: { '#statements': 'statements' },
      values: { ':provider': providerId, ':one': 1, ':stated': statedFen, ':held': heldFen, ':none': 0 },
    },
  }
}

/**
 * Records what was paid of a closed statement, by what is open as it stands in the transaction: the entries at the version they were read, the account with the sums it was judged by. Refuses
 * as `nextPayment`, and `busy`.
 */
export function recordPayment(
  world: World,
  command: Command,
  statement: PayoutStatement,
  said: SaidPayment,
  by: string,
): Promise<PaidStatement> {
  const { providerId, runId, number } = statement
  return untilDone(world, command, async () => {
    const [item, account] = await Promise.all([readItem(world.table, paymentsKey(statement)), readAccount(world.table, providerId)])
    const before = item as unknown as PayoutPaymentsItem | undefined
    const at = world.now()
    const payment = nextPayment(statement, before?.payments ?? [], account, said, { now: at, by })
    const payments = [...(before?.payments ?? []), payment]
    const entity = `${runId}.payout-${number}`
    const action = payment.corrects === null ? 'record-payout-payment' : 'correct-payout-payment'
    const audit = auditStep({ entity, action, by, at, commandId: command.id }, before)
    const next: PayoutPaymentsItem = { entity, providerId, runId, number, payments, ...audit.history }
    const steps: Step[] = [
      {
        name: 'payments',
        put: {
          item: { ...paymentsKey(statement), ...next },
          ...(before === undefined
            ? { condition: 'attribute_not_exists(pk)' }
            : { condition: 'version = :before', values: { ':before': before.version } }),
        },
      },
      {
        name: 'account',
        update: {
          key: keys.payoutAccount.key(providerId),
          set: 'SET paidFen = :next',
          condition: 'paidFen = :paid AND statedFen = :stated',
          values: { ':next': account.paidFen + payment.fen, ':paid': account.paidFen, ':stated': account.statedFen },
        },
      },
      audit.step,
    ]
    return transact(world, command, steps, { ...statement, payments, paidFen: paidOf(payments) })
  })
}
