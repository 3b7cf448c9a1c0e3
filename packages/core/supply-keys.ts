import { entry } from './key-entry.ts'

/** Keys of what providers bring: instructors, rooms, devices and their hours. */
export const supplyKeys = {
  file: entry(
    'PERSON#<person> / FILE#<file>',
    'Which files did this person send, and which were accepted? The bytes lie in the bucket of files.',
    'uploads, inspection, whoever takes a file as proof',
    (person: string, file: string) => ({ pk: `PERSON#${person}`, sk: `FILE#${file}` }),
  ),
  standing: entry(
    'PROVIDER#<provider> / STANDING',
    'May this provider publish runs: approved or suspended, for which trades and until when? Read by planning, never by a claim.',
    'publishing, reviews, expiry watch',
    (provider: string) => ({ pk: `PROVIDER#${provider}`, sk: 'STANDING' }),
  ),
  venueOfProvider: entry(
    'PROVIDER#<provider> / VENUE#<venue>',
    'Which venues has a provider, and until when is the fire-safety proof of each good?',
    'planning, reviews',
    (provider: string, venue: string) => ({ pk: `PROVIDER#${provider}`, sk: `VENUE#${venue}` }),
  ),
  week: entry(
    'WEEK#<resource>#<its Monday> / WEEK',
    'Which hours of this week has this instructor, room or device given away? Whoever books an hour meets here, whichever provider asks.',
    'booking, timetables, calendars',
    (resource: string, monday: string) => ({ pk: `WEEK#${resource}#${monday}`, sk: 'WEEK' }),
  ),
  instructor: entry(
    'INSTRUCTOR#<instructor> / INSTRUCTOR',
    'Who is this instructor, what may she teach, which hours does she offer? Of no provider; its version is checked by whoever asks for her hours.',
    'own profile, search, requests',
    (instructor: string) => ({ pk: `INSTRUCTOR#${instructor}`, sk: 'INSTRUCTOR' }),
  ),
  instructorOf: entry(
    'PERSON#<person> / INSTRUCTOR',
    'Which instructor is this person?',
    'own profile, requests, export',
    (person: string) => ({ pk: `PERSON#${person}`, sk: 'INSTRUCTOR' }),
  ),
  teacher: entry(
    'TEACHERS#<trade or any> / INSTRUCTOR#<instructor>',
    'Who says that she teaches this trade? Written once and never decided on: her own item says what stands.',
    'search, proposals',
    (trade: string, instructor: string) => ({ pk: `TEACHERS#${trade}`, sk: `INSTRUCTOR#${instructor}` }),
  ),
  crewOf: entry(
    'INSTRUCTOR#<instructor> / CREW#<run>',
    'Which runs asked for this instructor? Written with each request and kept; the crew says what stands.',
    'own calendar, requests to answer',
    (instructor: string, run: string) => ({ pk: `INSTRUCTOR#${instructor}`, sk: `CREW#${run}` }),
  ),
  claimedQualification: entry(
    'QUALIFICATIONS#claimed / QUALIFICATION#<qualification>',
    'Which qualifications wait for an operator?',
    'review of qualifications',
    (qualification: string) => ({ pk: 'QUALIFICATIONS#claimed', sk: `QUALIFICATION#${qualification}` }),
  ),
  crew: entry(
    'RUN#<run> / CREW',
    'Who teaches which meeting of this run, and in which room? Touched by planning, never by a claim.',
    'planning, publishing, attendance, payout statements',
    (run: string) => ({ pk: `RUN#${run}`, sk: 'CREW' }),
  ),
}
