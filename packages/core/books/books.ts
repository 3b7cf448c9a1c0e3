import type { Item } from '../table.ts'

/** A broken invariant: its code (the groups S, B, O, E, W, A, T), the key of the item, and what does not add up. Holds no personal data. */
export interface Violation {
  code: string
  at: string
  says: string
}

/** All items of a table, sorted by what they are, so that each predicate reads only its own. */
export interface Books {
  now: string
  all: readonly Item[]
  of(kind: BookKind): readonly Item[]
  find(pk: string, sk: string): Item | undefined
}

export type BookKind =
  | 'run'
  | 'head'
  | 'transfer'
  | 'enrollment'
  | 'guard'
  | 'schedule'
  | 'audit'
  | 'outbox'
  | 'command'
  | 'course'
  | 'profile'
  | 'membership'
  | 'member'
  | 'renewal'
  | 'pointer'
  | 'row'
  | 'queue'
  | 'entry'
  | 'waitingFor'
  | 'program'
  | 'account'
  | 'programLine'
  | 'allocation'
  | 'pot'
  | 'potLine'
  | 'voucher'
  | 'payment'
  | 'groupOrder'
  | 'quota'
  | 'sponsor'
  | 'review'
  | 'invoice'
  | 'file'
  | 'standing'
  | 'application'
  | 'ruleText'
  | 'week'
  | 'crew'
  | 'register'
  | 'attendance'
  | 'devices'
  | 'credit'
  | 'instructor'
  | 'payout'
  | 'payoutStatement'
  | 'payoutLines'
  | 'payoutPayments'
  | 'payoutAccount'
  | 'moneyMatter'
  | 'quarantine'
  | 'thread'
  | 'message'
  | 'noticeSettings'
  | 'complaint'
  | 'sanction'
  | 'conduct'
  | 'excuse'
  | 'quality'
  | 'reveal'
  | 'rating'
  | 'ratingFigures'

/** What an item is, told by its key; undefined for kinds that no predicate reads. */
function kindOf({ pk, sk }: Item): BookKind | undefined {
  const quality = ofQuality(pk, sk)
  if (quality !== undefined) return quality
  if (sk === 'RATING-FIGURES') return 'ratingFigures'
  if (pk.startsWith('RATINGS#')) return 'rating'
  if (pk.startsWith('RUN#') && sk === 'PAYOUT') return 'payout'
  if (pk.startsWith('PROVIDER#') && sk.startsWith('PAYOUT#')) return 'payoutStatement'
  if (pk.startsWith('MEETING#')) return sk.startsWith('ATTENDANCE#') ? 'attendance' : undefined
  if (pk.startsWith('RUN#') && sk === 'REGISTER') return 'register'
  if (pk.startsWith('RUN#')) return sk === 'RUN' ? 'run' : sk === 'CREW' ? 'crew' : sk.startsWith('ALLOCATION#') ? 'allocation' : undefined
  if (pk.startsWith('PAYOUT#')) return sk === 'PAYMENTS' ? 'payoutPayments' : 'payoutLines'
  if (pk.startsWith('PROVIDER#') && sk === 'PAYOUT-ACCOUNT') return 'payoutAccount'
  if (pk.startsWith('MONEY-MATTER#')) return 'moneyMatter'
  if (pk.startsWith('QUARANTINE#')) return 'quarantine'
  if (pk.startsWith('THREAD#')) return sk === 'HEAD' ? 'thread' : 'message'
  if (pk.startsWith('WEEK#')) return 'week'
  if (pk.startsWith('INSTRUCTOR#')) return sk === 'INSTRUCTOR' ? 'instructor' : undefined
  if (pk.startsWith('SHARD#')) return sk === 'HEAD' ? 'head' : 'transfer'
  if (pk.startsWith('WAITLIST#')) return sk === 'HEAD' ? 'queue' : 'entry'
  if (pk.startsWith('POT#')) return sk === 'HEAD' ? 'pot' : 'potLine'
  if (pk.startsWith('PROGRAM#')) return ofProgram(sk)
  if (pk.startsWith('VOUCHER#')) return 'voucher'
  if (pk.startsWith('PAYMENT#')) return 'payment'
  if (pk.startsWith('GROUP-ORDER#')) return sk === 'GROUP-ORDER' ? 'groupOrder' : undefined
  if (pk.startsWith('SPONSOR#')) return sk === 'SPONSOR' ? 'sponsor' : undefined
  if (pk.startsWith('ORGANIZATION#')) return 'member'
  if (pk.startsWith('PROVIDER#') && sk === 'RENEWAL') return 'renewal'
  if (pk.startsWith('PROVIDER#')) return sk === 'STANDING' ? 'standing' : sk.startsWith('INVOICE#') ? 'invoice' : undefined
  if (pk.startsWith('APPLICATION#')) return 'application'
  if (pk === 'RULES') return 'ruleText'
  if (pk.startsWith('EMPLOYER#')) return sk === 'QUOTA' ? 'quota' : undefined
  if (pk.startsWith('AUDIT#')) return 'audit'
  if (pk.startsWith('OUTBOX#')) return 'outbox'
  if (pk.startsWith('COMMAND#')) return 'command'
  if (pk.startsWith('COURSE#')) return sk === 'COURSE' ? 'course' : 'pointer'
  if (pk.startsWith('CATALOG#')) return sk.startsWith('COURSE#') ? 'row' : undefined
  if (!pk.startsWith('PERSON#')) return undefined
  if (sk.startsWith('ENROLLMENT#')) return 'enrollment'
  if (sk.startsWith('SEAT-OF#')) return 'guard'
  if (sk.startsWith('WAITING-FOR#')) return 'waitingFor'
  if (sk.startsWith('FILE#')) return 'file'
  if (sk.startsWith('CREDIT#')) return 'credit'
  if (sk.startsWith('REVEAL#')) return 'reveal'
  if (sk === 'DEVICES') return 'devices'
  if (sk === 'NOTICE-SETTINGS') return 'noticeSettings'
  if (sk.startsWith('MEMBERSHIP#')) return 'membership'
  return sk === 'SCHEDULE' ? 'schedule' : sk === 'PROFILE' ? 'profile' : undefined
}

function ofQuality(pk: string, sk: string): BookKind | undefined {
  if (pk.startsWith('COMPLAINT#')) return 'complaint'
  if (pk.startsWith('SANCTION#')) return 'sanction'
  if (pk.startsWith('PROVIDER#')) return sk === 'CONDUCT' ? 'conduct' : sk === 'QUALITY' ? 'quality' : undefined
  return pk.startsWith('RUN#') && sk === 'EXCUSE' ? 'excuse' : undefined
}

function ofProgram(sk: string): BookKind | undefined {
  if (sk === 'PROGRAM') return 'program'
  if (sk === 'ACCOUNT') return 'account'
  if (sk.startsWith('REVIEW#')) return 'review'
  return sk.startsWith('MONEY#') ? 'programLine' : undefined
}

/** Opens the books over a scan of the base table. */
export function openBooks(items: readonly Item[], now: string): Books {
  const kinds = new Map<BookKind, Item[]>()
  const byKey = new Map<string, Item>()
  for (const item of items) {
    byKey.set(`${item.pk}\n${item.sk}`, item)
    const kind = kindOf(item)
    if (kind === undefined) continue
    const list = kinds.get(kind)
    if (list === undefined) kinds.set(kind, [item])
    else list.push(item)
  }
  return { now, all: items, of: (kind) => kinds.get(kind) ?? [], find: (pk, sk) => byKey.get(`${pk}\n${sk}`) }
}

/** Groups items by a text that is read off each. */
export function groupBy(items: readonly Item[], by: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = by(item)
    const list = groups.get(key)
    if (list === undefined) groups.set(key, [item])
    else list.push(item)
  }
  return groups
}

export const where = (item: Item): string => `${item.pk} / ${item.sk}`
