import { entry, type Entry } from './key-entry.ts'
import { messageKeys } from './message-keys.ts'
import { moneyKeys } from './money-keys.ts'
import { qualityKeys } from './quality-keys.ts'
import { supplyKeys } from './supply-keys.ts'

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
  member: entry(
    'ORGANIZATION#<organization> / MEMBER#<person>',
    'Who acts for this organization now? Written and removed with the membership, which alone says in which roles.',
    'appointments, notices to who manages',
    (organization: string, person: string) => ({ pk: `ORGANIZATION#${organization}`, sk: `MEMBER#${person}` }),
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
  reveal: entry(
    'PERSON#<person> / REVEAL#<enrollment>#<number, 4 digits>',
    'Who of a provider looked at this person’s name or mobile, when, what for and in which words? Written once.',
    'profile, export',
    (person: string, enrollment: string, number: string) => ({ pk: `PERSON#${person}`, sk: `REVEAL#${enrollment}#${number}` }),
  ),
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
  ...moneyKeys,
  ...supplyKeys,
  ...messageKeys,
  ...qualityKeys,
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
    'Has this consumer done this event? For a message by a channel also: what became of it, and until when it waits.',
    'stream consumers, deferred messages',
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
  auditByActor: {
    name: 'audit-by-actor',
    pk: 'auditActor',
    sk: 'auditAt',
    question:
      'What did this person do in a role? Only what was done in one stands in it; nothing that people do for themselves, no claim among it.',
    asks: 'audit search',
  },
  due: {
    name: 'due',
    pk: 'dueBucket',
    sk: 'dueAt',
    question: 'What must be done by now: runs to move, holds and offers to end, refunds to send?',
    asks: 'sweeps',
  },
} as const
