import { runOf } from '../catalog/run-item.ts'
import type { GroupOrderItem } from '../employer/group-order.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { seatAccounts, type SeatHead, type SeatTransfer } from '../enrollment/seats.ts'
import { keys } from '../keys.ts'
import type { QueueHead, WaitlistItem } from '../waitlist/waitlist.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/**
 * S1 every head adds up, and the heads of a run to its capacity at its version; S2 sold seats are the active enrollments, held seats
 * are live holds, offers and unpaid group orders, blocked ones are paid for by a group or set aside for a queue; S3 replaying the ledger gives exactly these counters.
 */
export function checkSeats(books: Books): Violation[] {
  const found: Violation[] = []
  const heads = groupBy(books.of('head'), (item) => item['runId'] as string)
  const ledger = groupBy(books.of('transfer'), (item) => item.pk)
  const sold = groupBy(
    books.of('enrollment').filter((item) => (item as unknown as EnrollmentItem).enrollment.state === 'active'),
    (item) => `SHARD#${(item as unknown as EnrollmentItem).enrollment.runId}#${String(item['shard'])}`,
  )

  const { held, blocked } = seatsTaken(books)

  for (const item of books.of('run')) {
    const run = runOf(item)
    const own = heads.get(run?.run.id ?? '') ?? []
    const capacity = own.reduce((sum, head) => sum + (head['capacity'] as number), 0)
    if (run === undefined || own.length !== run.shards || capacity !== run.run.capacity)
      found.push({ code: 'S1', at: where(item), says: `its ${own.length} heads hold ${capacity} seats, not its capacity` })
    if (own.some((head) => head['runVersion'] !== item['version']))
      found.push({ code: 'S1', at: where(item), says: 'a head is pinned to another version of the run' })
  }

  for (const item of books.of('head')) {
    const head = item as unknown as SeatHead
    const counts = seatAccounts.map((account) => head[account])
    if (counts.some((count) => !Number.isInteger(count) || count < 0) || head.capacity !== counts.reduce((sum, count) => sum + count, 0))
      found.push({ code: 'S1', at: where(item), says: 'capacity is not free + held + sold + blocked, all zero or more' })
    const active = sold.get(item.pk)?.length ?? 0
    if (head.sold !== active) found.push({ code: 'S2', at: where(item), says: `${head.sold} sold, ${active} active enrollments` })
    const holds = held.get(item.pk) ?? 0
    if (head.held !== holds)
      found.push({ code: 'S2', at: where(item), says: `${head.held} held, ${holds} holds, offers and unpaid group seats` })

    const aside = blocked.get(item.pk) ?? 0
    if (head.blocked !== aside)
      found.push({ code: 'S2', at: where(item), says: `${head.blocked} blocked, ${aside} paid for by groups or set aside for a queue` })

    const replayed: Record<string, number> = { free: 0, held: 0, sold: 0, blocked: 0, issued: 0 }
    for (const line of (ledger.get(item.pk) ?? []) as unknown as SeatTransfer[]) {
      replayed[line.from] = (replayed[line.from] ?? 0) - line.seats
      replayed[line.to] = (replayed[line.to] ?? 0) + line.seats
    }
    const wrong = seatAccounts.filter((account) => replayed[account] !== head[account])
    if (wrong.length > 0) found.push({ code: 'S3', at: where(item), says: `the ledger gives another number for ${wrong.join(', ')}` })
  }
  for (const [pk] of ledger) if (books.find(pk, 'HEAD') === undefined) found.push({ code: 'S3', at: pk, says: 'a ledger without a head' })
  for (const [pk] of sold) if (books.find(pk, 'HEAD') === undefined) found.push({ code: 'S2', at: pk, says: 'enrollments without a head' })
  return found
}

/** Seats that something alive holds, and those that are kept from everybody else, by the partition of their shard. */
function seatsTaken(books: Books): Record<'held' | 'blocked', Map<string, number>> {
  const taken = { held: new Map<string, number>(), blocked: new Map<string, number>() }
  const add = (account: 'held' | 'blocked', runId: string, shard: string, seats: number) => {
    const pk = keys.shard.key(runId, shard).pk
    taken[account].set(pk, (taken[account].get(pk) ?? 0) + seats)
  }
  for (const item of books.of('enrollment')) {
    const { enrollment, shard } = item as unknown as EnrollmentItem
    if (enrollment.state === 'held') add('held', enrollment.runId, shard, 1)
  }
  for (const item of books.of('entry')) {
    const { runId, shard, state } = item as unknown as WaitlistItem
    if (state === 'offered' && shard !== null) add('held', runId, shard, 1)
  }
  for (const item of books.of('groupOrder')) {
    const { runId, account, pools } = item as unknown as GroupOrderItem
    for (const { shard, seats } of pools) add(account, runId, shard, seats)
  }
  for (const item of books.of('queue')) {
    const { aside = {} } = item as unknown as Partial<QueueHead>
    for (const [shard, seats] of Object.entries(aside)) add('blocked', item.pk.slice(keys.waitlist.key('').pk.length), shard, seats)
  }
  return taken
}
