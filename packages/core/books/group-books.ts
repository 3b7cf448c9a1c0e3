import { groupOrderOf } from '../employer/group-order.table.ts'
import { seatsIn, unassigned } from '../employer/group-order.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { keys } from '../keys.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/**
 * S2 seats in a group order's hands and those accepted are what it bought, nobody is invited beyond, and the quota of an employer is what its unpaid orders hold; O1 its total is
 * its seats at their price; E2 an accepted seat belongs to one order and one invitation. Its money is checked with all orders.
 */
export function checkGroupOrders(books: Books): Violation[] {
  const found: Violation[] = []
  const seats = groupBy(
    books.of('enrollment').filter((item) => {
      const { order, enrollment } = item as unknown as EnrollmentItem
      return typeof order?.groupOrderId === 'string' && enrollment.state === 'active'
    }),
    (item) => String((item as unknown as EnrollmentItem).order?.groupOrderId),
  )
  const unpaid = new Map<string, number>()
  for (const item of books.of('groupOrder')) {
    const order = groupOrderOf(item)
    if (order === undefined) continue
    const says = (code: string, text: string) => found.push({ code, at: where(item), says: text })
    const own = (seats.get(order.id) ?? []) as unknown as EnrollmentItem[]
    seats.delete(order.id)
    const accepted = new Set(order.invitations.flatMap(({ state, enrollmentId }) => (state === 'accepted' ? [enrollmentId] : [])))
    if (own.length !== accepted.size || own.some(({ enrollment }) => !accepted.has(enrollment.id)))
      says('E2', `${own.length} seats of it are taken, ${accepted.size} invitations accepted`)
    const inHand = seatsIn(order.pools)
    const back = order.seatsBack ?? 0
    if (order.endedAt === null && inHand + own.length + back !== order.seats)
      says('S2', `${inHand} seats in hand and ${own.length} taken, ${back} given back, ${order.seats} bought`)
    if (inHand + own.length + back > order.seats || unassigned(order) < 0) says('S2', 'more seats are taken or offered than it bought')
    if (order.totalFen !== order.seats * order.seatFen) says('O1', 'its total is not its seats at their price')
    if (order.state === 'awaiting-payment') unpaid.set(order.employerId, (unpaid.get(order.employerId) ?? 0) + order.seats)
  }
  for (const [id] of seats) found.push({ code: 'E2', at: keys.groupOrder.key(id).pk, says: 'seats of a group order that is not there' })
  for (const item of books.of('quota')) {
    const held = unpaid.get(item.pk.slice(keys.employerQuota.key('').pk.length)) ?? 0
    if (item['unpaidSeats'] !== held)
      found.push({ code: 'S2', at: where(item), says: `${String(item['unpaidSeats'])} unpaid seats counted, ${held} held` })
  }
  return found
}
