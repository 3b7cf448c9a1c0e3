import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import type { Schedule } from '../enrollment/schedule.ts'
import type { PotHead } from '../funding/pot.ts'
import { keys } from '../keys.ts'
import type { GrantItem } from '../order/order.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'
import { checkEntitlement } from './entitlement-books.ts'

/** A grant with where it stands: the key of its enrollment, its person, the price. */
export type Granted = GrantItem & { at: string; person: string; enrollmentId: string; listFen: number }

/**
 * B3 what is reserved is what held seats were promised; B6 what is spent is what confirmed seats were granted, pot by pot; B5 a grant is at most the price,
 * says by which rules, counts once in its person's entitlement, and where its rules say "once" the person has no other.
 */
export function checkGrants(books: Books): Violation[] {
  const found: Violation[] = []
  const grants = books.of('enrollment').flatMap((item): Granted[] => {
    const { enrollment, order, personId } = item as unknown as EnrollmentItem
    const of = { at: where(item), person: personId, enrollmentId: enrollment.id, listFen: order?.split.listFen ?? 0 }
    return (order?.grants ?? []).map((grant) => ({ ...grant, ...of }))
  })
  const live = grants.filter(({ state }) => state === 'reserved' || state === 'spent')
  const sums = new Map<string, number>()
  for (const { pot, state, fen } of live) {
    const key = `${keys.pot.key(pot.programId, pot.of, pot.part).pk} ${state}`
    sums.set(key, (sums.get(key) ?? 0) + fen)
  }
  const seats = groupBy(live as never, (grant) => {
    const { pot, state } = grant as unknown as Granted
    return `${keys.pot.key(pot.programId, pot.of, pot.part).pk} ${state}`
  })
  for (const item of books.of('pot')) {
    const pot = item as unknown as PotHead
    for (const [state, code, fen, count] of [
      ['reserved', 'B3', pot.reservedFen, pot.reservedSeats],
      ['spent', 'B6', pot.spentFen, pot.spentSeats],
    ] as const) {
      const promised = sums.get(`${item.pk} ${state}`) ?? 0
      if (fen !== promised) found.push({ code, at: where(item), says: `${fen} fen ${state}, ${promised} on orders` })
      if (count !== (seats.get(`${item.pk} ${state}`)?.length ?? 0))
        found.push({ code, at: where(item), says: `its ${state} seats are not those of orders` })
    }
    sums.delete(`${item.pk} reserved`)
    sums.delete(`${item.pk} spent`)
  }
  for (const key of sums.keys()) found.push({ code: 'B6', at: key, says: 'grants on orders without a pot' })

  for (const grant of grants) {
    if (grant.fen <= 0 || grant.fen > grant.listFen || grant.ruleSet === '')
      found.push({ code: 'B5', at: grant.at, says: 'a grant is more than the price, or does not say by which rules' })
  }
  for (const [person, own] of groupBy(live as never, (grant) => (grant as unknown as Granted).person))
    found.push(...checkEntitlement(books, person, own as unknown as Granted[]))
  for (const item of books.of('schedule')) {
    const { uses = [] } = item as unknown as Partial<Schedule>
    const own = new Set(live.filter(({ person }) => keys.schedule.key(person).pk === item.pk).map(({ id }) => id))
    for (const { grantId } of uses)
      if (!own.has(grantId)) found.push({ code: 'B5', at: where(item), says: 'a subsidy is counted that no order has' })
  }
  return found
}
