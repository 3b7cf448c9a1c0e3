import type { waitStates } from '@skills/contract/waitlist.routes.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'

/** How long an offer holds its seat, in minutes; it never lasts beyond the end of registration. */
export const offerMinutes = 12 * 60
/** A shorter offer than this is not made: nobody could act on it. */
export const leastOfferMinutes = 60

/** A person's place in the queue of one run. Numbers are given by the queue's head, one by one, so their order is the order of joining. */
export interface WaitlistItem extends History {
  id: string
  runId: string
  personId: string
  number: string
  state: (typeof waitStates)[number]
  joinedAt: string
  offeredAt: string | null
  offerUntil: string | null
  /** The shard whose seat the offer holds. */
  shard: string | null
}

/** The head of a queue: how many wait, the number the next one gets, and a count of seats that were freed with nobody waiting. */
export interface QueueHead {
  waiting: number
  next: number
  freed: number
}
export const noQueue: QueueHead = { waiting: 0, next: 0, freed: 0 }

/** Until when an offer made now lasts, or undefined when it is too late to make one. */
export function offerEnd(now: string, closesAt: string): string | undefined {
  const usual = plusMinutes(now, offerMinutes)
  const until = usual < closesAt ? usual : closesAt
  return until >= plusMinutes(now, leastOfferMinutes) ? until : undefined
}

/** The sort-key form of a number. */
export const numbered = (number: number): string => String(number).padStart(8, '0')
