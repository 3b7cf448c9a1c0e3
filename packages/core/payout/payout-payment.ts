import type { PayoutPayment, PayoutStatement } from '@skills/contract/payout.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'

/** Entries that one statement holds at most: instalments, and what was mistyped and taken back. */
const mostEntries = 100

/** What an operator says of a bank transfer: fen above zero, a civil date, the bank's number of it; `corrects` names an entry that was wrong. */
export interface SaidPayment {
  fen: number
  paidOn: string
  reference: string
  corrects?: number | undefined
}

/** What all statements of a provider come to, in fen. */
export interface PayoutAccount {
  providerId: string
  statements: number
  statedFen: number
  heldFen: number
  paidFen: number
}

export const paidOf = (payments: readonly Pick<PayoutPayment, 'fen'>[]): number => payments.reduce((sum, { fen }) => sum + fen, 0)

/** A bank's number as it is compared: without spaces, full width letters as plain ones, in capitals. */
const plain = (reference: string) => reference.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/**
 * The next entry of a statement. Never more than is open of it, nor of all statements of its provider together: what a provider owes by a correction is settled first, by an entry of that
 * statement. A counter-entry takes all of one back, once. It says what really happened, so it is taken even where more was paid of all than is stated then (a repayment that never came,
 * on whose strength others were paid): the provider owes that, and nothing more is paid before it is settled. In: the entries so far, what the account of the provider says. Refuses `payout-overpaid`,
 * `validation-failed` with a pointer.
 */
export function nextPayment(
  statement: Pick<PayoutStatement, 'differenceFen' | 'closedAt'>,
  payments: readonly PayoutPayment[],
  account: Pick<PayoutAccount, 'statedFen' | 'paidFen'>,
  said: SaidPayment,
  { now, by }: { now: string; by: string },
): PayoutPayment {
  const { differenceFen, closedAt } = statement
  const reference = plain(said.reference)
  if (!/^[0-9A-Z][0-9A-Z/_-]{3,63}$/.test(reference)) throw wrong('reference', 'wrong-characters', ...words.reference)
  if (said.paidOn > dateAt(now) || said.paidOn < dateAt(closedAt)) throw wrong('paidOn', 'not-in-time', ...words.paidOn)
  if (payments.length >= mostEntries) throw wrong('fen', 'too-many', ...words.tooMany)
  const sign = differenceFen < 0 ? -1 : 1
  const entry = { number: payments.length + 1, paidOn: said.paidOn, reference, at: now, by }
  const back = new Set(payments.map(({ corrects }) => corrects))
  if (said.corrects !== undefined) {
    const old = payments.find(({ number }) => number === said.corrects)
    if (old === undefined || old.corrects !== null || back.has(old.number)) throw wrong('corrects', 'nothing-to-correct', ...words.corrects)
    if (said.fen !== Math.abs(old.fen)) throw wrong('fen', 'not-the-same', ...words.same)
    return { ...entry, fen: -old.fen, corrects: old.number }
  }
  if (payments.some((one) => one.reference === reference && one.corrects === null && !back.has(one.number)))
    throw wrong('reference', 'reference-used', ...words.used)
  const open = Math.max(0, sign * (differenceFen - paidOf(payments)))
  const openAtAll = account.statedFen - account.paidFen
  if (said.fen > open || (sign > 0 && said.fen > openAtAll))
    throw new Refusal('payout-overpaid', { statement: yuanOf(sign * open), provider: yuanOf(openAtAll) })
  return { ...entry, fen: sign * said.fen, corrects: null }
}

/** Whether the entries of a statement may stand so: between nothing and its difference, numbered, each correction the other side of one entry before it, once. */
export function paymentsAddUp(differenceFen: number, payments: readonly PayoutPayment[]): boolean {
  const paid = paidOf(payments)
  const corrected = payments.flatMap(({ corrects }) => corrects ?? [])
  return (
    Math.abs(paid) <= Math.abs(differenceFen) &&
    paid * differenceFen >= 0 &&
    new Set(corrected).size === corrected.length &&
    payments.every(({ number, fen, corrects }, place) => {
      const old = payments[(corrects ?? 0) - 1]
      return number === place + 1 && (corrects === null || (corrects < number && old?.corrects === null && old.fen === -fen))
    })
  )
}

const yuanOf = (fen: number) => `${fen < 0 ? '-' : ''}¥${(Math.abs(fen) / 100).toFixed(2)}`

const words = {
  reference: ['凭证号由 4 到 64 个字母或数字组成。', 'The reference has 4 to 64 letters or digits.'],
  paidOn: ['付款日期在结算单关闭之日到今天之间。', 'The day of the transfer is between the closing of the statement and today.'],
  tooMany: ['这份结算单的付款记录太多了。', 'There are too many entries of this statement.'],
  corrects: ['没有这条可冲销的记录，或它已经冲销过。', 'There is no such entry to take back, or it was taken back already.'],
  same: ['冲销的金额必须与原记录相同。', 'A counter-entry has the sum of the entry that it takes back.'],
  used: ['这个凭证号在这份结算单里已经登记过。', 'This reference was recorded for this statement already.'],
} as const

function wrong(field: string, code: string, zh: string, en: string): Refusal {
  const errors: FieldError[] = [{ pointer: `#/${field}`, code, detail: { zh, en } }]
  return new Refusal('validation-failed', { count: 1 }, { errors })
}
