import * as z from 'zod/mini'

/** Every kind of id and its prefix, on one screen. An id is `prefix_` and a ULID: 48 bits of time, 80 of chance, sortable. */
export const prefixes = {
  person: 'per',
  provider: 'prv',
  sponsor: 'spo',
  employer: 'emp',
  platform: 'plt',
  venue: 'ven',
  course: 'crs',
  run: 'run',
  meeting: 'mtg',
  enrollment: 'enr',
  transfer: 'trf',
  audit: 'aud',
  outbox: 'out',
  notice: 'ntc',
  import: 'imp',
  request: 'req',
  order: 'ord',
  refund: 'rfd',
  application: 'apl',
  file: 'fil',
  ruleText: 'rul',
  program: 'prg',
  allocation: 'alc',
  voucher: 'vch',
  grant: 'grt',
  review: 'rev',
  money: 'mny',
  waitlistEntry: 'wle',
  groupOrder: 'gro',
  invitation: 'inv',
  invoice: 'ivc',
  instructor: 'ins',
  booking: 'bkg',
  qualification: 'qua',
  checkIn: 'chk',
  thread: 'thr',
  complaint: 'cmp',
  sanction: 'snc',
  rating: 'rat',
  moneyMatter: 'mat',
} as const
export type Kind = keyof typeof prefixes

const ulid = '[0-7][0-9A-HJKMNP-TV-Z]{25}'

/** The schema of an id of one kind. */
export function idOf(kind: Kind) {
  return z.string().check(z.regex(new RegExp(`^${prefixes[kind]}_${ulid}$`)))
}

/** Whether a text is an id of this kind; used where a wrong one means "no such thing", not "bad input". */
export function isId(kind: Kind, text: string): boolean {
  return new RegExp(`^${prefixes[kind]}_${ulid}$`).test(text)
}

/** The id of an organization a person can act for. */
export const OrganizationId = z.string().check(z.regex(new RegExp(`^(prv|spo|emp|plt)_${ulid}$`)))

/** The platform itself, for which operators act; there is one. */
export const platformId = 'plt_00000000000000000000000000'
