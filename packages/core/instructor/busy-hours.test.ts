import { Refusal } from '@skills/contract/refusals.ts'
import { describe, expect, it } from 'vitest'
import { busyHours } from './busy-hours.ts'

const now = '2026-12-01T00:00:00.000Z'
const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...events, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:a', 'SUMMARY:体检，张三', ...lines, 'END:VEVENT'].join('\r\n')
const codeOf = (text: string) => {
  try {
    return busyHours(text, now).length
  } catch (error) {
    return error instanceof Refusal ? error.code : 'something else'
  }
}

describe('a calendar', () => {
  it('gives times and nothing that is private', () => {
    const busy = busyHours(calendar(event('DTSTART:20261205T010000Z', 'DTEND:20261205T023000Z', 'LOCATION:医院')), now)
    expect(busy).toEqual([{ from: '2026-12-05T01:00:00.000Z', to: '2026-12-05T02:30:00.000Z' }])
  })
  it('is read in Beijing where it names no zone, in its own where it does; a day is a whole day', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Tokyo',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0900',
      'TZOFFSETTO:+0900',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]
    const read = (...lines: string[]) => busyHours(calendar(...zone, event(...lines)), now)[0]
    expect(read('DTSTART:20261205T090000', 'DURATION:PT1H')).toEqual({ from: '2026-12-05T01:00:00.000Z', to: '2026-12-05T02:00:00.000Z' })
    expect(read('DTSTART;TZID=Tokyo:20261205T090000', 'DURATION:PT1H')).toEqual({
      from: '2026-12-05T00:00:00.000Z',
      to: '2026-12-05T01:00:00.000Z',
    })
    expect(read('DTSTART;VALUE=DATE:20261205', 'DTEND;VALUE=DATE:20261206')).toEqual({
      from: '2026-12-04T16:00:00.000Z',
      to: '2026-12-05T16:00:00.000Z',
    })
  })
  it('repeats, but for what was taken out or moved, for a year', () => {
    const weekly = event('DTSTART:20251203T010000Z', 'DTEND:20251203T020000Z', 'RRULE:FREQ=WEEKLY', 'EXDATE:20261209T010000Z')
    const moved = event('RECURRENCE-ID:20261216T010000Z', 'DTSTART:20261217T050000Z', 'DTEND:20261217T060000Z')
    const busy = busyHours(calendar(weekly, moved), now)
    expect(busy.slice(0, 3).map(({ from }) => from)).toEqual([
      '2026-12-02T01:00:00.000Z',
      '2026-12-17T05:00:00.000Z',
      '2026-12-23T01:00:00.000Z',
    ])
    expect(busy.length).toBeGreaterThan(48)
    expect(busy.at(-1)?.from.slice(0, 7)).toBe('2027-12')
  })
  it('makes one of times that touch, and leaves out what is free, cancelled or over', () => {
    const busy = busyHours(
      calendar(
        event('DTSTART:20261205T010000Z', 'DTEND:20261205T020000Z'),
        event('DTSTART:20261205T020000Z', 'DTEND:20261205T030000Z'),
        event('DTSTART:20261206T010000Z', 'DTEND:20261206T020000Z', 'TRANSP:TRANSPARENT'),
        event('DTSTART:20261207T010000Z', 'DTEND:20261207T020000Z', 'STATUS:CANCELLED'),
        event('DTSTART:20261130T010000Z', 'DTEND:20261130T020000Z'),
      ),
      now,
    )
    expect(busy).toEqual([{ from: '2026-12-05T01:00:00.000Z', to: '2026-12-05T03:00:00.000Z' }])
  })
  it.each([
    ['nothing', ''],
    ['a sheet', '姓名,手机号\r\n张三,1'],
    ['half a calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT'],
    ['a card', 'BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD'],
    ['an event each second', calendar(event('DTSTART:20261201T010000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'))],
    ['too many hours', calendar(event('DTSTART:20261201T010000Z', 'DURATION:PT1M', 'RRULE:FREQ=HOURLY'))],
    ['a time that is none', calendar(event('DTSTART:tomorrow', 'DURATION:PT1H'))],
  ])('that is %s is refused', (_, text) => expect(codeOf(text)).toBe('calendar-unreadable'))
  it.each([
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
    ['FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31'],
    ['FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30'],
    ['FREQ=MINUTELY;UNTIL=20261202T000000Z'],
    ['FREQ=DAILY;INTERVAL=7;BYDAY=WE'],
    ['FREQ=DAILY;BYDAY=5MO'],
    ['FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=15'],
    ['FREQ=YEARLY;BYWEEKNO=60'],
    ['FREQ=WEEKLY;INTERVAL=1000000000'],
  ])('that repeats by %s is refused before anything is looked for', (rule) =>
    expect(codeOf(calendar(event('DTSTART:20261201T010000Z', 'DURATION:PT1H', `RRULE:${rule}`)))).toBe('calendar-unreadable'),
  )
  it.each([
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR'],
    ['FREQ=DAILY;INTERVAL=3;COUNT=5'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE'],
    ['FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2'],
    ['FREQ=MONTHLY;BYDAY=-1FR'],
    ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8'],
    ['FREQ=YEARLY;UNTIL=99991231T000000Z'],
  ])('that repeats by %s, as calendars are written, is read', (rule) =>
    expect(codeOf(calendar(event('DTSTART:20260201T010000Z', 'DURATION:PT1H', `RRULE:${rule}`)))).toEqual(expect.any(Number)),
  )
  it.each([
    ['in a year nobody plans', 'DTSTART:99981201T010000Z', 'DURATION:PT1H'],
    ['with a repetition there', 'DTSTART:20261201T010000Z', 'DURATION:PT1H', 'RDATE:99981201T010000Z'],
    ['longer than a year', 'DTSTART:20261201T010000Z', 'DURATION:P9000000W'],
  ])('with an event %s is refused', (_, ...lines) => expect(codeOf(calendar(event(...lines)))).toBe('calendar-unreadable'))
  it('with a zone whose clocks change daily is refused', () => {
    const change = ['BEGIN:STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0900', 'TZOFFSETTO:+0800']
    const zone = (rule: string) => ['BEGIN:VTIMEZONE', 'TZID:Z', ...change, `RRULE:${rule}`, 'END:STANDARD', 'END:VTIMEZONE']
    const read = (rule: string) => codeOf(calendar(...zone(rule), event('DTSTART;TZID=Z:20261205T090000', 'DURATION:PT1H')))
    expect(read('FREQ=YEARLY;BYDAY=1SU;BYMONTH=11')).toBe(1)
    expect(read('FREQ=DAILY')).toBe('calendar-unreadable')
    expect(read('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')).toBe('calendar-unreadable')
  })
  it('that holds nothing is empty', () => expect(codeOf(calendar())).toBe(0))
})
