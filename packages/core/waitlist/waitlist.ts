import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import type { groupPolicies } from '@skills/contract/group-waitlist.routes.ts'
import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import type { waitStates } from '@skills/contract/waitlist.routes.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'
import { offerRegistrationAt, type Offer } from '../catalog/offer.ts'

/** How long an offer holds its seat, in minutes; it never lasts beyond the end of registration. */
export const offerMinutes = 12 * 60
/** A shorter offer than this is not made: nobody could act on it. */
export const leastOfferMinutes = 60
/** A queue with people in it is looked at so often, should a seat ever stand free beside it. */
const lookEveryMinutes = 10

/** What an employer waits for: so many seats still, all of them at once or as they come. When they come they are a group order of its own, held until it is paid. */
export interface GroupWish {
  employerId: string
  employerName: Text
  seats: number
  policy: (typeof groupPolicies)[number]
  payBy: GroupOrder['payBy']
  invoiceTitle: InvoiceTitle | null
}

/** A person's place in the queue of one run, or an employer's (then `personId` is who joined for it). Numbers are given by the queue's head, one by one, so their order is the order of joining. */
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
  group: GroupWish | null
  /** How often a seat of this run was kept for this person by now, by this place and those before it. Left out in places from before it was counted. */
  offers?: number
}

/**
 * The head of a queue: how many wait, the number given last, a count of the times that seats became free with nobody waiting, and the seats that are set
 * aside for those who wait, by shard (they are `blocked` in the seat ledger until each is offered). Every change of the queue changes one of the first three,
 * so that a head with the same three is the same queue.
 */
export interface QueueHead {
  waiting: number
  next: number
  freed: number
  aside: Record<string, number>
}
export const noQueue: QueueHead = { waiting: 0, next: 0, freed: 0, aside: {} }

/** Seats set aside for a queue, of all shards. */
export function asideSeats({ aside }: Pick<QueueHead, 'aside'>): number {
  return Object.values(aside).reduce((sum, seats) => sum + seats, 0)
}

/** Until when an offer made now lasts, or undefined when it is too late to make one: registration is over, or nearly so. */
export function offerEnd(offer: Pick<Offer, 'run' | 'courseState'>, now: string): string | undefined {
  if (offerRegistrationAt(offer, now) !== 'open') return undefined
  const { closesAt } = offer.run
  const usual = plusMinutes(now, offerMinutes)
  const until = usual < closesAt ? usual : closesAt
  return until >= plusMinutes(now, leastOfferMinutes) ? until : undefined
}

/** When a queue with people in it is to be looked at next: soon, and as soon as it is too late for offers. */
export function lookAt(now: string, closesAt: string): string {
  const usual = plusMinutes(now, lookEveryMinutes)
  const tooLate = plusMinutes(closesAt, 1 - leastOfferMinutes)
  return tooLate > now && tooLate < usual ? tooLate : usual
}

/** The sort-key form of a number. */
export const numbered = (number: number): string => String(number).padStart(8, '0')

/** How many seats of those that are available a place takes now, `room` being what its employer may still hold unpaid; 0: it is passed over and keeps its place. */
export function seatsTaken({ group }: Pick<WaitlistItem, 'group'>, available: number, room: number): number {
  if (group === null) return Math.min(1, available)
  const most = Math.min(group.seats, available, room)
  return group.policy === 'as-they-come' || most === group.seats ? Math.max(0, most) : 0
}
