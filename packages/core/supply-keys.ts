import { entry } from './key-entry.ts'

/** Keys of what providers bring: instructors, rooms, devices and their hours. */
export const supplyKeys = {
  file: entry(
    'PERSON#<person> / FILE#<file>',
    'Which files did this person send, and which were accepted? The bytes lie in the bucket of files.',
    'uploads, inspection, whoever takes a file as proof',
    (person: string, file: string) => ({ pk: `PERSON#${person}`, sk: `FILE#${file}` }),
  ),
  application: entry(
    'APPLICATION#<application> / APPLICATION',
    'What does somebody who wants to be a provider say, and what was decided?',
    'applying, reviews',
    (application: string) => ({ pk: `APPLICATION#${application}`, sk: 'APPLICATION' }),
  ),
  applicationOf: entry(
    'PERSON#<person> / APPLICATION#<application>',
    'Which applications did this person begin?',
    'applying, export',
    (person: string, application: string) => ({ pk: `PERSON#${person}`, sk: `APPLICATION#${application}` }),
  ),
  waitingApplication: entry(
    'APPLICATIONS#submitted / <instant>#<application>',
    'Which applications wait for an operator, the longest waiting first?',
    'reviews',
    (at: string, application: string) => ({ pk: 'APPLICATIONS#submitted', sk: `${at}#${application}` }),
  ),
  alike: entry(
    'ALIKE#<uscc, name or address>#<digest> / APPLICATION#<application>',
    'Which applications have the same code, name or address? Written when one is submitted; it advises the reviewer.',
    'reviews',
    (by: string, mark: string, application: string) => ({ pk: `ALIKE#${by}#${mark}`, sk: `APPLICATION#${application}` }),
  ),
  providerUscc: entry(
    'PROVIDER-USCC#<code> / GUARD',
    'Which provider was approved with this unified social credit code? One code, one provider; permanent.',
    'approvals',
    (code: string) => ({ pk: `PROVIDER-USCC#${code}`, sk: 'GUARD' }),
  ),
  approvedProvider: entry(
    'PROVIDERS#approved / PROVIDER#<provider>',
    'Which providers were ever approved? Their standing says what they may do.',
    'announcing rules',
    (provider: string) => ({ pk: 'PROVIDERS#approved', sk: `PROVIDER#${provider}` }),
  ),
  renewal: entry(
    'PROVIDER#<provider> / RENEWAL',
    'Which application for this provider is under way? One at a time, or the older papers could overwrite the newer.',
    'applying, reviews',
    (provider: string) => ({ pk: `PROVIDER#${provider}`, sk: 'RENEWAL' }),
  ),
  ruleText: entry(
    'RULES / RULE#<rule text>',
    'Which versions of the rules for providers were announced?',
    'applying, consoles',
    (ruleText: string) => ({ pk: 'RULES', sk: `RULE#${ruleText}` }),
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
  teachingCalendar: entry(
    'PERSON#<person> / TEACHING-CALENDAR',
    'Which address of what this person teaches is live? Holds only a hash.',
    'calendar of instructors',
    (person: string) => ({ pk: `PERSON#${person}`, sk: 'TEACHING-CALENDAR' }),
  ),
  teacher: entry(
    'TEACHERS#<trade or any> / INSTRUCTOR#<instructor>',
    'Who says that she teaches this trade? Written once and never decided on: her own item says what stands.',
    'search, proposals',
    (trade: string, instructor: string) => ({ pk: `TEACHERS#${trade}`, sk: `INSTRUCTOR#${instructor}` }),
  ),
  crewOf: entry(
    'INSTRUCTOR#<instructor> / CREW#<run>',
    'Which runs asked for this instructor, and how often for each meeting? Written with each request and kept; the crew says what stands.',
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
  register: entry(
    'RUN#<run> / REGISTER',
    'Of which meetings of this run was attendance taken, when were checks called, and are its hours credited?',
    'attendance, crediting hours',
    (run: string) => ({ pk: `RUN#${run}`, sk: 'REGISTER' }),
  ),
  attendance: entry(
    'MEETING#<meeting> / ATTENDANCE#<person>',
    'What shows that this person was in this meeting? Everything ever shown, nothing taken out.',
    'check-in, rosters of a meeting, corrections, crediting hours',
    (meeting: string, person: string) => ({ pk: `MEETING#${meeting}`, sk: `ATTENDANCE#${person}` }),
  ),
  devices: entry(
    'PERSON#<person> / DEVICES',
    'With which devices did this person check in, and which is hers now?',
    'check-in',
    (person: string) => ({ pk: `PERSON#${person}`, sk: 'DEVICES' }),
  ),
  device: entry(
    'DEVICE#<thumbprint of its key> / GUARD',
    'Whose is this device? Permanent: a device is one person’s.',
    'registering a device, scanned passes',
    (device: string) => ({ pk: `DEVICE#${device}`, sk: 'GUARD' }),
  ),
  credit: entry(
    'PERSON#<person> / CREDIT#<run>',
    'How many hours of this run are credited to this person, and by which rule?',
    'my attendance, payout statements, completion',
    (person: string, run: string) => ({ pk: `PERSON#${person}`, sk: `CREDIT#${run}` }),
  ),
  payout: entry(
    'RUN#<run> / PAYOUT',
    'How many payout statements has this run, and when was the last one closed? Its version is checked by whoever closes the next.',
    'closing a statement',
    (run: string) => ({ pk: `RUN#${run}`, sk: 'PAYOUT' }),
  ),
  payoutStatement: entry(
    'PROVIDER#<provider> / PAYOUT#<run>#<number, 4 digits>',
    'What did a payout statement say? Written once.',
    'payout statements, dashboard',
    (provider: string, run: string, number: string) => ({ pk: `PROVIDER#${provider}`, sk: `PAYOUT#${run}#${number}` }),
  ),
  payoutLines: entry(
    'PAYOUT#<run>#<number, 4 digits> / LINES#<part, 4 digits>',
    'The lines of a payout statement, fifty to a part. Written once.',
    'payout statements, export',
    (run: string, number: string, part: string) => ({ pk: `PAYOUT#${run}#${number}`, sk: `LINES#${part}` }),
  ),
  rating: entry(
    'RATINGS#<course> / RATING#<rating>',
    'What did people who attended a course say of it, with every version of it, the answer and why it was folded? Never taken out.',
    'course page, answers, folding',
    (course: string, rating: string) => ({ pk: `RATINGS#${course}`, sk: `RATING#${rating}` }),
  ),
  ratingOf: entry(
    'PERSON#<person> / RATING#<enrollment>',
    'Did this person rate this enrollment, and where? Permanent: once per enrollment.',
    'rating, export',
    (person: string, enrollment: string) => ({ pk: `PERSON#${person}`, sk: `RATING#${enrollment}` }),
  ),
  ratingOfProvider: entry(
    'PROVIDER#<provider> / RATING#<rating>',
    'Which ratings has a provider, and of which course is each?',
    'answers',
    (provider: string, rating: string) => ({ pk: `PROVIDER#${provider}`, sk: `RATING#${rating}` }),
  ),
  ratingOfMonth: entry(
    'RATINGS-IN#<yyyy-mm> / RATING#<rating>',
    'Which ratings came in a month, and of which course is each?',
    'folding',
    (month: string, rating: string) => ({ pk: `RATINGS-IN#${month}`, sk: `RATING#${rating}` }),
  ),
  ratingFigures: entry(
    '<COURSE, PROVIDER or INSTRUCTOR>#<id> / RATING-FIGURES',
    'How many ratings count for this course, provider or instructor, and what are their stars added up? The books make them anew from the ratings.',
    'course page, publishing, ranking, proposals',
    (id: string) => ({ pk: `${ratedAs[id.slice(0, 3)] ?? 'NOBODY'}#${id}`, sk: 'RATING-FIGURES' }),
  ),
}

const ratedAs: Record<string, string> = { crs: 'COURSE', prv: 'PROVIDER', ins: 'INSTRUCTOR' }
