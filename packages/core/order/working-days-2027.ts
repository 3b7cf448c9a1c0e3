import type { HolidayCalendar } from './working-days-calendar.ts'

/**
 * The days that the law itself names. Lunar New Year 2027 is 6 February: the new moon falls minutes before midnight in Beijing, and calendars computed
 * roughly (ICU's, too) put it on the 7th.
 */
export const holidays2027: HolidayCalendar = {
  year: '2027',
  provisional:
    'The State Council’s notice for 2027 was not found on 21 November 2026; bridge days, make-up workdays and days off for holidays on weekends are missing.',
  source: { title: '全国年节及纪念日放假办法（2024年修订）第二条', document: '国务院令第795号' },
  off: [
    ['2027-01-01', '2027-01-01'],
    ['2027-02-05', '2027-02-08'],
    ['2027-04-05', '2027-04-05'],
    ['2027-05-01', '2027-05-02'],
    ['2027-06-09', '2027-06-09'],
    ['2027-09-15', '2027-09-15'],
    ['2027-10-01', '2027-10-03'],
  ],
  worked: [],
}
