/**
 * Seats of a run, spread over shards. A head counts its seats; transfers are the immutable ledger behind it: each moves
 * seats from one account to another, so that `capacity = free + held + sold + blocked` and every count can be replayed.
 */
export const seatAccounts = ['free', 'held', 'sold', 'blocked'] as const
type SeatAccount = (typeof seatAccounts)[number]

export interface SeatHead {
  runId: string
  /** Two digits, `00` … `15`. */
  shard: string
  capacity: number
  free: number
  held: number
  sold: number
  blocked: number
  /** The version of the run that admits claims here; a claim judged by another version is judged again. */
  runVersion: number
}

/** A line of the seat ledger. `issued` is outside: seats come from there when a run gets them, and go back when it loses them. */
export interface SeatTransfer {
  id: string
  runId: string
  shard: string
  from: SeatAccount | 'issued'
  to: SeatAccount | 'issued'
  seats: number
  at: string
  personId: string | null
  enrollmentId: string | null
}

const seatsPerShard = 40
const mostShards = 16

/** How many shards a run of this capacity gets: one for each 40 seats, at most 16. Fixed when the run is made. */
export function shardCount(capacity: number): number {
  return Math.min(mostShards, Math.max(1, Math.ceil(capacity / seatsPerShard)))
}

/** The names of the shards of a run: `00`, `01`, … */
export function shardNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index).padStart(2, '0'))
}

/** Seats split over shards as evenly as can be: parts differ by one at most and add up to the whole. */
export function splitSeats(seats: number, shards: number): number[] {
  const each = Math.floor(seats / shards)
  return Array.from({ length: shards }, (_, index) => each + (index < seats % shards ? 1 : 0))
}

/** Free seats of a run: the sum over its heads. */
export function freeSeats(heads: readonly SeatHead[]): number {
  return heads.reduce((sum, head) => sum + head.free, 0)
}

/**
 * How a capacity change falls on the heads: seats to add to (or take from) each head's free seats.
 * In: the heads as read and the new capacity. Out: one number per head, or undefined when more seats would have to go than are free.
 */
export function resizeSeats(heads: readonly SeatHead[], capacity: number): number[] | undefined {
  const now = heads.reduce((sum, head) => sum + head.capacity, 0)
  let rest = capacity - now
  if (rest >= 0) return splitSeats(rest, heads.length)
  return -rest > freeSeats(heads)
    ? undefined
    : heads.map((head) => {
        const taken = Math.min(head.free, -rest)
        rest += taken
        return taken === 0 ? 0 : -taken
      })
}
