import type { Key } from './table.ts'

interface Entry {
  /** How the key is built. */
  key: (...parts: never[]) => Key
  /** The pattern as a person reads it. */
  pattern: string
  /** The question it answers, who asks it, and how fresh the answer is. */
  question: string
  asks: string
  reads: 'strong' | 'written only' | 'eventual'
}

const entry = <P extends string[]>(
  pattern: string,
  question: string,
  asks: string,
  key: (...parts: P) => Key,
  reads: Entry['reads'] = 'strong',
) => ({
  key,
  pattern,
  question,
  asks,
  reads,
})

/** Every kind of item, its key and the question it answers. `TABLE.md` is made of this. */
export const keys = {
  profile: entry('PERSON#<person> / PROFILE', 'Who is this person?', 'claiming, profile', (person: string) => ({
    pk: `PERSON#${person}`,
    sk: 'PROFILE',
  })),
  schedule: entry(
    'PERSON#<person> / SCHEDULE',
    'When is this person busy? One per person, so that two claims at once cannot overlap.',
    'claiming, cancelling',
    (person: string) => ({ pk: `PERSON#${person}`, sk: 'SCHEDULE' }),
  ),
  guard: entry(
    'PERSON#<person> / SEAT-OF#<run>',
    'Has this person a seat in this run? Permanent.',
    'claiming, cancelling',
    (person: string, run: string) => ({ pk: `PERSON#${person}`, sk: `SEAT-OF#${run}` }),
  ),
  enrollment: entry(
    'PERSON#<person> / ENROLLMENT#<enrollment>',
    'The enrollments of a person',
    'my learning, cancelling, calendar',
    (person: string, enrollment: string) => ({ pk: `PERSON#${person}`, sk: `ENROLLMENT#${enrollment}` }),
  ),
  membership: entry(
    'PERSON#<person> / MEMBERSHIP#<organization>',
    'For whom may this person act?',
    'every route that asks for a role',
    (person: string, organization: string) => ({ pk: `PERSON#${person}`, sk: `MEMBERSHIP#${organization}` }),
  ),
  consent: entry(
    'PERSON#<person> / CONSENT#<purpose>',
    'Where does this person stand on a purpose?',
    'claiming, consents',
    (person: string, purpose: string) => ({ pk: `PERSON#${person}`, sk: `CONSENT#${purpose}` }),
  ),
  receipt: entry(
    'PERSON#<person> / RECEIPT#<purpose>#<instant>#<number>',
    'Every answer to a consent notice, for ever',
    'export',
    (person: string, purpose: string, at: string) => ({ pk: `PERSON#${person}`, sk: `RECEIPT#${purpose}#${at}` }),
  ),
  notice: entry('PERSON#<person> / NOTICE#<notice>', 'What was this person told?', 'notices', (person: string, notice: string) => ({
    pk: `PERSON#${person}`,
    sk: `NOTICE#${notice}`,
  })),
  calendar: entry('PERSON#<person> / CALENDAR', 'Which subscription address is live? Holds only a hash.', 'calendar', (person: string) => ({
    pk: `PERSON#${person}`,
    sk: 'CALENDAR',
  })),
  calendarSecret: entry(
    'CALENDAR#<hash of the secret> / CALENDAR',
    'Whose calendar does this address open?',
    'subscribed calendars',
    (hash: string) => ({ pk: `CALENDAR#${hash}`, sk: 'CALENDAR' }),
  ),
  residentId: entry(
    'RESIDENT-ID#<keyed hash> / GUARD',
    'Is this ID number registered, and by whom? Permanent: a corrected number stays with its person, or one human could claim under two accounts; an operator releases it.',
    'profile',
    (hash: string) => ({ pk: `RESIDENT-ID#${hash}`, sk: 'GUARD' }),
  ),
  mobile: entry('MOBILE#<keyed hash> / GUARD', 'Is this mobile registered, and by whom?', 'profile', (hash: string) => ({
    pk: `MOBILE#${hash}`,
    sk: 'GUARD',
  })),
  tries: entry(
    'PERSON#<person> / TRIES#<date>',
    'How often did this person name a new ID number or mobile today? Keeps the guards from being asked who is registered. Kept 7 days.',
    'profile',
    (person: string, date: string) => ({ pk: `PERSON#${person}`, sk: `TRIES#${date}` }),
  ),
  provider: entry('PROVIDER#<provider> / PROVIDER', 'Who is this provider?', 'import, publishing', (provider: string) => ({
    pk: `PROVIDER#${provider}`,
    sk: 'PROVIDER',
  })),
  courseOfProvider: entry(
    'PROVIDER#<provider> / COURSE#<course>',
    'Which courses has a provider?',
    'import, publishing',
    (provider: string, course: string) => ({ pk: `PROVIDER#${provider}`, sk: `COURSE#${course}` }),
  ),
  venue: entry('VENUE#<venue> / VENUE', 'Where is this venue?', 'import, publishing, my learning', (venue: string) => ({
    pk: `VENUE#${venue}`,
    sk: 'VENUE',
  })),
  course: entry('COURSE#<course> / COURSE', 'What is taught?', 'import, publishing', (course: string) => ({
    pk: `COURSE#${course}`,
    sk: 'COURSE',
  })),
  runOfCourse: entry('COURSE#<course> / RUN#<run>', 'Which runs has a course?', 'publishing', (course: string, run: string) => ({
    pk: `COURSE#${course}`,
    sk: `RUN#${run}`,
  })),
  run: entry('RUN#<run> / RUN', 'When, where, for how many?', 'claiming, publishing, my learning', (run: string) => ({
    pk: `RUN#${run}`,
    sk: 'RUN',
  })),
  shard: entry(
    'SHARD#<run>#<nn> / HEAD',
    'How many of these seats are free? Seats of a run are spread over shards, so that no item is touched by every claim.',
    'claiming, cancelling, seats left',
    (run: string, shard: string) => ({ pk: `SHARD#${run}#${shard}`, sk: 'HEAD' }),
  ),
  transfer: entry(
    'SHARD#<run>#<nn> / TRANSFER#<transfer>',
    'The seat ledger: immutable, double entry',
    'checker, sold-out answers',
    (run: string, shard: string, transfer: string) => ({ pk: `SHARD#${run}#${shard}`, sk: `TRANSFER#${transfer}` }),
  ),
  waitlist: entry(
    'WAITLIST#<run> / HEAD',
    'How long is the queue, who is numbered next, was a seat freed since?',
    'joining, freeing a seat',
    (run: string) => ({ pk: `WAITLIST#${run}`, sk: 'HEAD' }),
  ),
  waitlistEntry: entry(
    'WAITLIST#<run> / ENTRY#<number, 8 digits>',
    'Who waits in this run, in order?',
    'freeing a seat, waiting list',
    (run: string, number: string) => ({ pk: `WAITLIST#${run}`, sk: `ENTRY#${number}` }),
  ),
  waitingFor: entry(
    'PERSON#<person> / WAITING-FOR#<run>',
    'Does this person wait for a seat in this run, or is one offered? One live entry per person and run.',
    'claiming, joining',
    (person: string, run: string) => ({ pk: `PERSON#${person}`, sk: `WAITING-FOR#${run}` }),
  ),
  union: entry(
    'PERSON#<person> / UNION',
    'Of which unions is this person a member, until when? From rosters and operators.',
    'prices',
    (person: string) => ({ pk: `PERSON#${person}`, sk: 'UNION' }),
  ),
  rosterFlag: entry(
    'ROSTER#<keyed hash of number and name> / SPONSOR#<sponsor>',
    'Does a roster of this union name this person? A flag and its end, found only by who knows number and name.',
    'roster import, profile',
    (hash: string, sponsor: string) => ({ pk: `ROSTER#${hash}`, sk: `SPONSOR#${sponsor}` }),
  ),
  sponsor: entry('SPONSOR#<sponsor> / SPONSOR', 'Who is this union, and which are above it?', 'sponsors, rosters', (sponsor: string) => ({
    pk: `SPONSOR#${sponsor}`,
    sk: 'SPONSOR',
  })),
  sponsorBelow: entry(
    'SPONSOR#<sponsor> / BELOW#<sponsor>',
    'Which unions are directly below this one?',
    'sponsors',
    (sponsor: string, below: string) => ({ pk: `SPONSOR#${sponsor}`, sk: `BELOW#${below}` }),
  ),
  programOfSponsor: entry(
    'SPONSOR#<sponsor> / PROGRAM#<program>',
    'Which programs has a union?',
    'sponsors',
    (sponsor: string, program: string) => ({ pk: `SPONSOR#${sponsor}`, sk: `PROGRAM#${program}` }),
  ),
  program: entry('PROGRAM#<program> / PROGRAM', 'What does this program pay, for whom?', 'prices, sponsors', (program: string) => ({
    pk: `PROGRAM#${program}`,
    sk: 'PROGRAM',
  })),
  programAccount: entry(
    'PROGRAM#<program> / ACCOUNT',
    'How much was put in, and how much is free? Touched when money is set aside, never by a claim.',
    'top-ups, allocations',
    (program: string) => ({ pk: `PROGRAM#${program}`, sk: 'ACCOUNT' }),
  ),
  programLine: entry(
    'PROGRAM#<program> / MONEY#<money>',
    'The ledger of a program: immutable, double entry',
    'checker, sponsors',
    (program: string, money: string) => ({ pk: `PROGRAM#${program}`, sk: `MONEY#${money}` }),
  ),
  allocationOfProgram: entry(
    'PROGRAM#<program> / ALLOCATION#<run>',
    'For which runs has a program set money aside?',
    'sponsors',
    (program: string, run: string) => ({ pk: `PROGRAM#${program}`, sk: `ALLOCATION#${run}` }),
  ),
  allocation: entry(
    'RUN#<run> / ALLOCATION#<program>',
    'Which programs pay for seats of this run?',
    'prices, claiming, sponsors',
    (run: string, program: string) => ({ pk: `RUN#${run}`, sk: `ALLOCATION#${program}` }),
  ),
  pot: entry(
    'POT#<program>#<run or voucher>#<nn> / HEAD',
    'How much of this part is available, reserved, spent? Money of an allocation is spread like its seats.',
    'claiming, paying, cancelling',
    (program: string, of: string, part: string) => ({ pk: `POT#${program}#${of}#${part}`, sk: 'HEAD' }),
  ),
  potLine: entry(
    'POT#<program>#<run or voucher>#<nn> / MONEY#<money>',
    'The subsidy ledger: immutable, double entry',
    'checker, who got what',
    (program: string, of: string, part: string, money: string) => ({ pk: `POT#${program}#${of}#${part}`, sk: `MONEY#${money}` }),
  ),
  voucher: entry(
    'VOUCHER#<hash of the code> / VOUCHER',
    'What is this voucher worth, for what, until when?',
    'prices, claiming',
    (hash: string) => ({ pk: `VOUCHER#${hash}`, sk: 'VOUCHER' }),
  ),
  voucherOfProgram: entry(
    'PROGRAM#<program> / VOUCHER#<voucher>',
    'Which vouchers has a program issued?',
    'sponsors',
    (program: string, voucher: string) => ({ pk: `PROGRAM#${program}`, sk: `VOUCHER#${voucher}` }),
  ),
  review: entry(
    'PROGRAM#<program> / REVIEW#<review>',
    'Which reviews are to be decided, which were?',
    'sponsors',
    (program: string, review: string) => ({ pk: `PROGRAM#${program}`, sk: `REVIEW#${review}` }),
  ),
  reviewOf: entry(
    'PERSON#<person> / REVIEW-OF#<program>#<run>',
    'Did this person ask for a review, and what was decided? One per person, program and run.',
    'prices, claiming',
    (person: string, program: string, run: string) => ({ pk: `PERSON#${person}`, sk: `REVIEW-OF#${program}#${run}` }),
  ),
  payment: entry(
    'PAYMENT#<payment> / PAYMENT',
    'Which order does this money belong to? One order per payment, for ever.',
    'webhook, reconciler',
    (payment: string) => ({ pk: `PAYMENT#${payment}`, sk: 'PAYMENT' }),
  ),
  quarantine: entry(
    'QUARANTINE#<event> / QUARANTINE',
    'Which events of the payment provider fit nothing of ours? A person looks.',
    'webhook, reconciler, operators',
    (event: string) => ({ pk: `QUARANTINE#${event}`, sk: 'QUARANTINE' }),
  ),
  groupOrder: entry(
    'GROUP-ORDER#<group order> / GROUP-ORDER',
    'What did an employer buy, who was invited?',
    'employers, paying',
    (groupOrder: string) => ({ pk: `GROUP-ORDER#${groupOrder}`, sk: 'GROUP-ORDER' }),
  ),
  groupOrderOfEmployer: entry(
    'EMPLOYER#<employer> / GROUP-ORDER#<group order>',
    'Which group orders has an employer?',
    'employers',
    (employer: string, groupOrder: string) => ({ pk: `EMPLOYER#${employer}`, sk: `GROUP-ORDER#${groupOrder}` }),
  ),
  employerQuota: entry(
    'EMPLOYER#<employer> / QUOTA',
    'How many unpaid seats does this employer hold?',
    'group orders',
    (employer: string) => ({ pk: `EMPLOYER#${employer}`, sk: 'QUOTA' }),
  ),
  invitation: entry(
    'PERSON#<person> / INVITATION#<invitation>',
    'Which seats does an employer offer this person?',
    'invitations',
    (person: string, invitation: string) => ({ pk: `PERSON#${person}`, sk: `INVITATION#${invitation}` }),
  ),
  invoice: entry(
    'PROVIDER#<provider> / INVOICE#<invoice>',
    'Which invoices must this provider issue? Kept five years.',
    'invoices',
    (provider: string, invoice: string) => ({ pk: `PROVIDER#${provider}`, sk: `INVOICE#${invoice}` }),
  ),
  code: entry(
    'CODE#<kind>#<scope>#<code> / CODE',
    'Which id has this natural code? Makes a second import change nothing.',
    'import',
    (kind: string, scope: string, code: string) => ({ pk: `CODE#${kind}#${scope}#${code}`, sk: 'CODE' }),
  ),
  catalogRow: entry(
    'CATALOG#<nn> / COURSE#<course>',
    'The published rows of the catalog, in parts',
    'publishing',
    (part: string, course: string) => ({ pk: `CATALOG#${part}`, sk: `COURSE#${course}` }),
  ),
  catalogPart: entry('CATALOG#<nn> / PART', 'Have the rows of this part changed since they were read?', 'publishing', (part: string) => ({
    pk: `CATALOG#${part}`,
    sk: 'PART',
  })),
  command: entry(
    'COMMAND#<hash> / COMMAND',
    'Was this writing request done, and what was answered? Kept 30 days; the guards are permanent.',
    'every writing route',
    (command: string) => ({ pk: `COMMAND#${command}`, sk: 'COMMAND' }),
  ),
  outbox: entry(
    'OUTBOX#<outbox> / OUTBOX',
    'Which effects are still to leave?',
    'the outbox stream',
    (outbox: string) => ({ pk: `OUTBOX#${outbox}`, sk: 'OUTBOX' }),
    'written only',
  ),
  effect: entry(
    'EFFECT#<consumer>#<event> / EFFECT',
    'Has this consumer done this event?',
    'stream consumers',
    (consumer: string, event: string) => ({ pk: `EFFECT#${consumer}#${event}`, sk: 'EFFECT' }),
  ),
  audit: entry(
    'AUDIT#<entity> / <version, 8 digits>',
    'Who changed this, when, by which command? A hash chain per entity.',
    'checker, export',
    (entity: string, version: string) => ({ pk: `AUDIT#${entity}`, sk: version }),
    'written only',
  ),
} satisfies Record<string, Entry>

/** The indexes, named for their questions. They advise; nothing is decided on them. */
export const indexes = {
  rosterOfRun: { name: 'roster-of-run', pk: 'rosterRun', sk: 'rosterPerson', question: 'Who is enrolled in this run?', asks: 'roster' },
  due: {
    name: 'due',
    pk: 'dueBucket',
    sk: 'dueAt',
    question: 'What must be done by now: runs to move, holds and offers to end, refunds to send?',
    asks: 'sweeps',
  },
} as const
