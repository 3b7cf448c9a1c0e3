import { entry } from './key-entry.ts'

/** Keys of what providers bring: instructors, rooms, devices and their hours. */
export const supplyKeys = {
  week: entry(
    'WEEK#<resource>#<its Monday> / WEEK',
    'Which hours of this week has this instructor, room or device given away? Whoever books an hour meets here, whichever provider asks.',
    'booking, timetables, calendars',
    (resource: string, monday: string) => ({ pk: `WEEK#${resource}#${monday}`, sk: 'WEEK' }),
  ),
  crew: entry(
    'RUN#<run> / CREW',
    'Who teaches which meeting of this run, and in which room? Touched by planning, never by a claim.',
    'planning, publishing, attendance, payout statements',
    (run: string) => ({ pk: `RUN#${run}`, sk: 'CREW' }),
  ),
}
