import { entry } from './key-entry.ts'

/** Keys of what people choose about notices, and of what they write to each other. */
export const messageKeys = {
  noticeSettings: entry(
    'PERSON#<person> / NOTICE-SETTINGS',
    'Which notices does this person want by which channel, when not, and to which mail address?',
    'telling people, notices',
    (person: string) => ({ pk: `PERSON#${person}`, sk: 'NOTICE-SETTINGS' }),
  ),
  thread: entry(
    'THREAD#<thread> / HEAD',
    'What is this announcement or question about, whose is it, how many messages has it?',
    'reading and writing messages, reports',
    (thread: string) => ({ pk: `THREAD#${thread}`, sk: 'HEAD' }),
  ),
  message: entry(
    'THREAD#<thread> / MESSAGE#<number, 4 digits>',
    'What was written in a thread? Never changed but for being hidden; its digest stands in the audit entry. Kept three years after the run.',
    'reading messages, reports',
    (thread: string, number: string) => ({ pk: `THREAD#${thread}`, sk: `MESSAGE#${number}` }),
  ),
  announcementOf: entry(
    'RUN#<run> / ANNOUNCEMENT#<thread>',
    'Which announcements were put up for this run?',
    'learners, providers, instructors',
    (run: string, thread: string) => ({ pk: `RUN#${run}`, sk: `ANNOUNCEMENT#${thread}` }),
  ),
  questionOf: entry(
    'RUN#<run> / QUESTION#<thread>',
    'Which questions did learners of this run ask?',
    'who teaches the run',
    (run: string, thread: string) => ({ pk: `RUN#${run}`, sk: `QUESTION#${thread}` }),
  ),
  threadOfProvider: entry(
    'PROVIDER#<provider> / THREAD#<thread>',
    'Which questions were asked in runs of this provider?',
    'provider console',
    (provider: string, thread: string) => ({ pk: `PROVIDER#${provider}`, sk: `THREAD#${thread}` }),
  ),
  threadOf: entry(
    'PERSON#<person> / THREAD#<thread>',
    'In which threads did this person write?',
    'own questions, export',
    (person: string, thread: string) => ({ pk: `PERSON#${person}`, sk: `THREAD#${thread}` }),
  ),
  spoken: entry(
    'SPOKEN#<run> / <person, or announcements>',
    'How much was written in this run today, and by whom?',
    'writing messages',
    (run: string, who: string) => ({ pk: `SPOKEN#${run}`, sk: who }),
  ),
  reported: entry(
    'REPORTED#messages / <instant>#<thread>#<number>',
    'Which messages wait for an operator to look at them, the longest waiting first?',
    'operators',
    (at: string, thread: string, number: string) => ({ pk: 'REPORTED#messages', sk: `${at}#${thread}#${number}` }),
  ),
}
