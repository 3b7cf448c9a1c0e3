import type { PayoutPayment } from '@skills/contract/payout.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addUpAccount } from '@skills/core/payout/payout-account.ts'
import { nextPayment, paidOf, paymentsAddUp, type SaidPayment } from '@skills/core/payout/payout-payment.ts'

const when = { now: '2026-12-20T02:00:00.000Z', by: 'per_01KAJ3V0M0AAAAAAAAAAAAAAAA' }
const statement = (differenceFen: number) => ({ differenceFen, closedAt: '2026-12-10T02:00:00.000Z' })
const said = (fen: number, more: Partial<SaidPayment> = {}): SaidPayment => ({ fen, paidOn: '2026-12-15', reference: 'ICBC0001', ...more })
const account = (statedFen: number, paidFen = 0) => ({ statedFen, paidFen })
/** The code of a refusal, or of its first field. */
function refused(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.errors[0]?.code ?? error.code
    throw error
  }
  return 'taken'
}

describe('what is paid of a statement', () => {
  it('is never more than is open of it', () => {
    const first = nextPayment(statement(1_000), [], account(1_000), said(600), when)
    expect(first).toMatchObject({ number: 1, fen: 600, corrects: null })
    const more = (fen: number) => nextPayment(statement(1_000), [first], account(1_000, 600), said(fen, { reference: 'ICBC0002' }), when)
    expect(refused(() => more(401))).toBe('payout-overpaid')
    expect(more(400)).toMatchObject({ number: 2, fen: 400 })
  })

  it('is never more than is open of all statements of the provider, so that what it owes is settled first', () => {
    // An earlier one was paid whole, and a later one took 200 of it back.
    const pay = (paid: number) => refused(() => nextPayment(statement(500), [], account(1_300, paid), said(500), when))
    expect(pay(1_000)).toBe('payout-overpaid')
    const back = nextPayment(statement(-200), [], account(1_300, 1_000), said(200), when)
    expect(back.fen).toBe(-200)
    expect(pay(1_000 + back.fen)).toBe('taken')
    expect(refused(() => nextPayment(statement(-200), [back], account(1_300, 800), said(1, { reference: 'ICBC9' }), when))).toBe(
      'payout-overpaid',
    )
  })

  it('says what really happened: a repayment that never came is taken back, and nothing more is paid until the provider settles it', () => {
    // Stated +100 and −50: the repayment was recorded, so the whole of the first was paid.
    const back = nextPayment(statement(-50), [], account(50), said(50), when)
    const paid = nextPayment(statement(100), [], account(50, back.fen), said(100), when)
    const gone = nextPayment(statement(-50), [back], account(50, back.fen + paid.fen), said(50, { corrects: 1, reference: 'NEVER1' }), when)
    expect(gone).toMatchObject({ fen: 50, corrects: 1 })
    const entries = [back, paid, gone]
    expect([paidOf(entries), paymentsAddUp(100, [paid]), paymentsAddUp(-50, [back, gone])]).toEqual([100, true, true])
    const stated = account(70, paidOf(entries))
    expect(refused(() => nextPayment(statement(20), [], stated, said(1, { reference: 'ICBC0003' }), when))).toBe('payout-overpaid')
    const settled = nextPayment(statement(-50), [back, gone], stated, said(50, { reference: 'ICBC0004' }), when)
    expect(refused(() => nextPayment(statement(20), [], account(70, paidOf([...entries, settled])), said(20), when))).toBe('taken')
  })

  it('is corrected by an entry of the other side, once, and its reference counts once', () => {
    const one = nextPayment(statement(1_000), [], account(1_000), said(600), when)
    const take = (payments: PayoutPayment[], more: Partial<SaidPayment>, fen = 600) =>
      nextPayment(statement(1_000), payments, account(1_000, paidOf(payments)), said(fen, more), when)
    expect(refused(() => take([one], {}, 100))).toBe('reference-used')
    expect(refused(() => take([one], { corrects: 1, reference: 'BACK1' }, 599))).toBe('not-the-same')
    expect(refused(() => take([one], { corrects: 2, reference: 'BACK1' }))).toBe('nothing-to-correct')
    const back = take([one], { corrects: 1, reference: 'BACK1' })
    expect(back).toMatchObject({ number: 2, fen: -600, corrects: 1 })
    expect(refused(() => take([one, back], { corrects: 1, reference: 'BACK2' }))).toBe('nothing-to-correct')
    expect(take([one, back], {}, 1_000)).toMatchObject({ number: 3, fen: 1_000 })
  })

  it('has a day and a reference that can be', () => {
    const of = (more: Partial<SaidPayment>) => refused(() => nextPayment(statement(1_000), [], account(1_000), said(1, more), when))
    expect(of({ paidOn: '2026-12-09' })).toBe('not-in-time')
    expect(of({ paidOn: '2026-12-21' })).toBe('not-in-time')
    expect(of({ reference: '=1+1' })).toBe('wrong-characters')
    expect(of({ reference: ' icbc　２０２６' })).toBe('taken')
  })

  it('adds up whatever is recorded in whichever order', () => {
    const asked = fc.record({
      fen: fc.integer({ min: 1, max: 40 }),
      corrects: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.array(asked, { maxLength: 14 }), (difference, all) => {
        const payments: PayoutPayment[] = []
        for (const [place, { fen, corrects }] of all.entries()) {
          const sum = payments.find(({ number }) => number === corrects)
          const one = said(sum === undefined ? fen : Math.abs(sum.fen), { reference: `REF${place}`, corrects })
          const now = { statedFen: 60, paidFen: paidOf(payments) }
          refused(() => payments.push(nextPayment(statement(difference), payments, now, one, when)))
          expect(paymentsAddUp(difference, payments)).toBe(true)
        }
      }),
    )
    expect(
      paymentsAddUp(10, [{ number: 1, fen: 11, paidOn: '2026-12-15', reference: 'R', corrects: null, at: when.now, by: when.by }]),
    ).toBe(false)
  })

  it('and all statements come to the account of their provider', () => {
    const one = (runId: string, number: number, differenceFen: number, heldFen: number) => ({ runId, number, differenceFen, heldFen })
    const statements = [one('a', 2, 20, 0), one('a', 1, 50, 20), one('b', 1, 5, 5)]
    expect(addUpAccount('prv', statements, [{ fen: 50 }, { fen: -10 }])).toEqual({
      ...{ providerId: 'prv', statements: 3, statedFen: 75, heldFen: 5, paidFen: 40 },
    })
  })
})
