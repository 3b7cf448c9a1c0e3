import type { Program } from '@skills/contract/funding.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import type { Schedule } from '../enrollment/schedule.ts'
import type { PotHead } from '../funding/pot.ts'
import { keys } from '../keys.ts'
import type { GrantItem } from '../order/order.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

type Granted = GrantItem & { at: string; person: string; enrollmentId: string; listFen: number }

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
    found.push(...checkPerson(books, person, own as unknown as Granted[]))
  for (const item of books.of('schedule')) {
    const { uses = [] } = item as unknown as Partial<Schedule>
    const own = new Set(live.filter(({ person }) => keys.schedule.key(person).pk === item.pk).map(({ id }) => id))
    for (const { grantId } of uses)
      if (!own.has(grantId)) found.push({ code: 'B5', at: where(item), says: 'a subsidy is counted that no order has' })
  }
  return found
}

function checkPerson(books: Books, person: string, grants: readonly Granted[]): Violation[] {
  const found: Violation[] = []
  const { uses = [] } = (books.find(keys.schedule.key(person).pk, 'SCHEDULE') ?? {}) as Partial<Schedule>
  for (const grant of grants) {
    if (uses.filter(({ grantId }) => grantId === grant.id).length !== 1)
      found.push({ code: 'B5', at: grant.at, says: 'a grant does not count exactly once in its person’s entitlement' })
    const program = books.find(keys.program.key(grant.programId).pk, 'PROGRAM')?.['program'] as Program | undefined
    const rules = program?.ruleSets.find(({ version }) => version === grant.ruleSet)?.rules ?? []
    const once = rules.some(({ kind }) => kind === 'once-per-trade-and-level') && grant.reviewId === null && grant.trade !== null
    const other = (one: Granted) =>
      one.enrollmentId !== grant.enrollmentId && one.trade === grant.trade && one.level === grant.level && one.id < grant.id
    if (once && grants.some(other)) found.push({ code: 'B5', at: grant.at, says: 'the same trade and level is subsidized twice' })
  }
  return found
}
