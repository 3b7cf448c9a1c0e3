import type { MyAttendance } from '@skills/contract/attendance.ts'
import { instantOf } from '@skills/contract/time.ts'
import { expect, test } from 'vitest'
import { choiceOf } from './meeting-place.ts'
import { openMeetings, passKind } from './open-meetings.ts'

type State = MyAttendance['meetings'][number]['presence']['state']
const at = (clock: string) => instantOf('2026-12-20', clock)
/** Runs of one meeting each, as `from-to state`. */
const mine = (...meetings: string[]) =>
  meetings.map((text) => {
    const [hours = '', state] = text.split(' ')
    const [from = '', to = ''] = hours.split('-')
    const meeting = { meetingId: hours, startsAt: at(from), endsAt: at(to), presence: { state: (state ?? 'absent') as State } }
    return { runId: hours, title: { zh: '电工 <1>', en: 'Electricians <1>' }, meetings: [meeting] } as unknown as MyAttendance
  })
/** The open meetings at a time, the likeliest first, each with what a pass is for; and the next. */
const seen = (clock: string, ...meetings: string[]) => {
  const { open, next } = openMeetings(mine(...meetings), at(clock))
  return [...open.map((one) => `${one.meeting.meetingId} ${passKind(one, at(clock))}`), ...(next ? [`next ${next.meeting.meetingId}`] : [])]
}

test.each<[string, string, string[], string[]]>([
  ['before the doors open', '17:29', ['18:00-19:00', '19:00-20:00'], ['next 18:00-19:00']],
  ['when she comes', '17:50', ['18:00-19:00', '19:00-20:00'], ['18:00-19:00 in', 'next 19:00-20:00']],
  ['late for the first, before the second', '18:29', ['18:00-19:00', '19:00-20:00'], ['18:00-19:00 in', 'next 19:00-20:00']],
  ['towards the end of the first', '18:58', ['18:00-19:00 here', '19:00-20:00'], ['18:00-19:00 out', '19:00-20:00 in']],
  ['when she has left the first', '18:58', ['18:00-19:00 left', '19:00-20:00'], ['19:00-20:00 in', '18:00-19:00 out']],
  ['in the second, the first not left', '19:05', ['18:00-19:00 here', '19:00-20:00'], ['19:00-20:00 in', '18:00-19:00 out']],
  ['in the second, come to both', '19:20', ['18:00-19:00 left', '19:00-20:00 here'], ['19:00-20:00 out', '18:00-19:00 out']],
  ['in the second, never come to the first', '19:20', ['18:00-19:00', '19:00-20:00'], ['19:00-20:00 in', '18:00-19:00 out']],
  ['once the first is closed', '19:31', ['18:00-19:00 here', '19:00-20:00'], ['19:00-20:00 out']],
  ['between two, the first not left', '19:10', ['18:00-19:00 here', '19:30-20:30'], ['18:00-19:00 out', '19:30-20:30 in']],
  ['between two, the first left', '19:10', ['18:00-19:00 left', '19:30-20:30'], ['19:30-20:30 in', '18:00-19:00 out']],
  ['between two, never come to the first', '19:10', ['18:00-19:00', '19:30-20:30'], ['19:30-20:30 in', '18:00-19:00 out']],
  ['when all is left', '20:10', ['18:00-19:00 left', '19:00-20:00 left'], ['19:00-20:00 out']],
])('%s (%s)', (_, clock, meetings, expected) => {
  expect(seen(clock, ...meetings)).toEqual(expected)
  expect(seen(clock, ...meetings.toReversed())).toEqual(expected)
})

test('where two are open she can choose, in the order of their times, and one alone leaves nothing to choose', () => {
  const { open } = openMeetings(mine('18:00-19:00 here', '19:00-20:00'), at('19:05'))
  const [now] = open
  if (now === undefined) throw new Error('nothing is open')
  const text = String((choiceOf(open, now, 'en') as { text: string }).text)
  expect([...text.matchAll(/value="([^"]+)" (checked)?/g)].map(([, value, checked]) => [value, checked])).toEqual([
    ['18:00-19:00', undefined],
    ['19:00-20:00', 'checked'],
  ])
  expect(text).toContain('Electricians &lt;1&gt;')
  expect(choiceOf(open.slice(0, 1), now, 'en')).toBe('')
})
