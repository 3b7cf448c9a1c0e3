import { entry } from './key-entry.ts'

/** Keys of what providers bring: instructors, rooms, devices and their hours. */
export const supplyKeys = {
  week: entry(
    'WEEK#<resource>#<its Monday> / WEEK',
    'Which hours of this week has this instructor, room or device given away? Whoever books an hour meets here, whichever provider asks.',
    'booking, timetables, calendars',
    (resource: string, monday: string) => ({ pk: `WEEK#${resource}#${monday}`, sk: 'WEEK' }),
  ),
}
