import type { Meeting, Venue } from '@skills/contract/catalog.ts'
import type { PlannedMeeting, RunInput } from '@skills/contract/planning.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { kindMinutes } from '../enrollment/moved-run.ts'
import { hoursInWords } from '../instructor/obstacle.ts'
import { nearHours } from '../scheduling/near-hours.ts'
import { inPlanSpan, tooFarAhead } from '../scheduling/plan-span.ts'
import { tooSoon } from './least-notice.ts'
import { dayKind } from './meeting-dates.ts'
import { needsRoom } from './needs.ts'

const say = (zh: string, en: string): Text => ({ zh, en })

/** What is wrong with a plan, in words, by code. */
export const wrongs = {
  'opens-after-closing': say('报名开始要早于报名截止。', 'Registration must open before it closes.'),
  'closes-after-start': say('报名要在第一次课开始之前截止。', 'Registration must close before the first meeting begins.'),
  'meeting-ends-first': say('下课要晚于上课。', 'A meeting must end after it begins.'),
  'meeting-too-long': say('一次课最长 12 小时。', 'A meeting lasts 12 hours at most.'),
  'meeting-over': say('这次课的时间已经过去。', 'This meeting lies in the past.'),
  'too-far': say('课要在今后两年之内。', 'A meeting lies within the next two years.'),
  'opens-long-ago': say('报名开始不能早于一年前。', 'Registration opens a year ago at the earliest.'),
  'meeting-begun': say('已经开始的课不能改，也不能去掉。', 'A meeting that has begun can neither change nor go.'),
  'hours-cut': say(
    '已经开课的班次不能减少课时。请把课延期，或取消这一期。',
    'A run that has begun keeps its hours: postpone meetings, or cancel the run.',
  ),
  'videos-fixed': say(
    '已公开的班次，录播的总时长不能变，面授和直播也不能改成录播。',
    'The hours of videos in a public run stay as they are, and no other meeting becomes a video.',
  ),
  'meeting-unknown': say('这一期没有这次课。', 'The run has no such meeting.'),
  'venue-unknown': say('机构没有这个场地。', 'The provider has no such venue.'),
  'room-unknown': say('场地没有这个教室。', 'The venue has no such room.'),
  'room-without-venue': say('请先选场地，再选教室。', 'Choose the venue first, then its room.'),
  'device-unknown': say('场地没有这件设备。', 'The venue has no such device.'),
  'online-needs-no-room': say('直播和录播不占教室。', 'What is online takes no room.'),
  'decides-late': say('定班时间要在现在之后、第一次课开始之前。', 'The decision must be after now and before the first meeting begins.'),
  'minimum-above-capacity': say('最低人数不能超过名额。', 'The minimum cannot exceed the seats.'),
  duplicate: say('与另一项重复。', 'It repeats another one.'),
} satisfies Record<string, Text>

const mostMinutes = 12 * 60

interface Hours {
  from: string
  to: string
}

export interface Known {
  /** The provider's venues by id. */
  venues: ReadonlyMap<string, Venue>
  /** Meetings that the run has already; new runs: none. What stands unchanged is not judged again. */
  before: readonly Meeting[]
  /** Whether its minimum was reached already, so that no decision is due any more. */
  decided?: boolean
  /** Whether people may have seats in it: then what they said yes to cannot be cut once it began, nor become a video. */
  offered?: boolean
  now: string
}

const unchanged = (meeting: PlannedMeeting, before: Meeting | undefined) =>
  before !== undefined && before.startsAt === meeting.startsAt && before.endsAt === meeting.endsAt

/**
 * Judges the plan of a run beyond its shape: registration before the first meeting, meetings that overlap, lie on public holidays or in the past, rooms that are unknown or too small.
 * Refuses `validation-failed` with every error at once, each naming the clash.
 */
export function checkRun(input: RunInput, { venues, before, decided = false, offered = false, now }: Known): void {
  const errors: FieldError[] = []
  const wrong = (pointer: string, code: string, detail: Text) => errors.push({ pointer: `#/${pointer}`, code, detail })
  const plain = (pointer: string, code: keyof typeof wrongs) => wrong(pointer, code, wrongs[code])
  const { meetings, tentative } = input
  const first = meetings.map(({ startsAt }) => startsAt).sort()[0] ?? ''
  if (input.opensAt >= input.closesAt) plain('opensAt', 'opens-after-closing')
  if (before.length === 0 && !inPlanSpan(input.opensAt, now))
    plain('opensAt', tooFarAhead(input.opensAt, now) ? 'too-far' : 'opens-long-ago')
  if (input.closesAt > first) plain('closesAt', 'closes-after-start')
  if (input.venueId !== null && !venues.has(input.venueId)) plain('venueId', 'venue-unknown')
  if (tentative !== null && !decided && (tentative.decideAt <= now || tentative.decideAt >= first))
    plain('tentative/decideAt', 'decides-late')
  if (tentative !== null && tentative.minimum > input.capacity) plain('tentative/minimum', 'minimum-above-capacity')
  const ids = meetings.map(({ id }) => id)
  for (const old of before.filter(({ startsAt }) => startsAt <= now)) {
    const kept = meetings.find(({ id }) => id === old.id)
    if (kept === undefined || !unchanged(kept, old) || kept.kind !== old.kind || kept.venueId !== old.venueId)
      plain('meetings', 'meeting-begun')
  }
  if (offered) {
    const begun = before.some(({ startsAt }) => startsAt <= now)
    if (begun && kindMinutes(meetings, false) < kindMinutes(before, false)) plain('meetings', 'hours-cut')
    if (kindMinutes(meetings, true) !== kindMinutes(before, true)) plain('meetings', 'videos-fixed')
  }
  const instead = (meeting: PlannedMeeting) =>
    nearHours({ from: meeting.startsAt, to: meeting.endsAt }, now, ({ from, to }) => {
      const clashes = meetings.some((other) => other !== meeting && other.startsAt < to && from < other.endsAt)
      return !clashes && (input.onHolidays || dayKind(dateAt(from)) !== 'holiday')
    })
  meetings.forEach((meeting, place) => {
    const at = `meetings/${place}`
    const old = before.find(({ id }) => id === meeting.id)
    if (meeting.id !== undefined && old === undefined) plain(`${at}/id`, 'meeting-unknown')
    if (meeting.id !== undefined && ids.indexOf(meeting.id) < place) plain(`${at}/id`, 'duplicate')
    if (meeting.endsAt <= meeting.startsAt) return plain(`${at}/endsAt`, 'meeting-ends-first')
    if (tooFarAhead(meeting.endsAt, now)) return plain(`${at}/startsAt`, 'too-far')
    if (plusMinutes(meeting.startsAt, mostMinutes) < meeting.endsAt) plain(`${at}/endsAt`, 'meeting-too-long')
    const clash = meetings.find((other, number) => number < place && other.startsAt < meeting.endsAt && meeting.startsAt < other.endsAt)
    if (clash !== undefined) wrong(`${at}/startsAt`, 'meetings-overlap', overlapWords(meeting, clash, instead(meeting)))
    if (!unchanged(meeting, old)) {
      if (meeting.startsAt <= now) plain(`${at}/startsAt`, 'meeting-over')
      const soon = offered ? tooSoon(meeting, old, now) : undefined
      if (soon !== undefined && meeting.startsAt > now) wrong(`${at}/startsAt`, soon.code, soon.words)
      const date = dateAt(meeting.startsAt)
      if (!input.onHolidays && dayKind(date) === 'holiday') wrong(`${at}/startsAt`, 'on-a-holiday', holidayWords(date, instead(meeting)))
    }
    checkPlace(meeting, input.capacity, venues, (field, code, detail) =>
      wrong(`${at}/${field}`, code, detail ?? wrongs[code as keyof typeof wrongs]),
    )
  })
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors: errors.slice(0, 20) })
}

function checkPlace(
  meeting: PlannedMeeting,
  capacity: number,
  venues: ReadonlyMap<string, Venue>,
  wrong: (field: string, code: string, detail?: Text) => void,
): void {
  const { kind, venueId, room, devices } = meeting
  if (kind === 'live' || kind === 'video') {
    if (room !== null || venueId !== null) wrong('room', 'online-needs-no-room')
    return
  }
  if (venueId === null) {
    if (room !== null || devices.length > 0) wrong('venueId', 'room-without-venue')
    return
  }
  const venue = venues.get(venueId)
  if (venue === undefined) return wrong('venueId', 'venue-unknown')
  const equipment = new Set(venue.rooms.flatMap((one) => one.equipment))
  devices.forEach((device, place) => {
    if (!equipment.has(device)) wrong(`devices/${place}`, 'device-unknown')
    if (devices.indexOf(device) < place) wrong(`devices/${place}`, 'duplicate')
  })
  if (room === null) return
  const found = venue.rooms.find(({ name }) => name === room)
  if (found === undefined) return wrong('room', 'room-unknown')
  if (needsRoom(meeting) && found.capacity < capacity) wrong('room', 'room-too-small', smallWords(found.capacity, capacity, venue))
}

function overlapWords(meeting: PlannedMeeting, other: PlannedMeeting, free: readonly Hours[]): Text {
  const [a, b] = [meeting, other].map(({ startsAt: from, endsAt: to }) => hoursInWords({ from, to }))
  return say(`${a} 与 ${b} 的课重叠。${freeWords(free).zh}`, `${a} overlaps the meeting of ${b}. ${freeWords(free).en}`)
}

const holidayWords = (date: string, free: readonly Hours[]) =>
  say(
    `${date} 是法定节假日。请改期，或勾选“节假日照常上课”。${freeWords(free).zh}`,
    `${date} is a public holiday. Choose another day, or say that meetings may lie on holidays. ${freeWords(free).en}`,
  )

/** Hours that this plan leaves free near the wanted ones; a long holiday leaves none within a week. */
function freeWords(free: readonly Hours[]): Text {
  const list = free.map(hoursInWords).join('、')
  return list === ''
    ? say('一周之内没有合适的时间。', 'There is no fitting time within a week.')
    : say(`可以改为：${list}。`, `Free instead: ${list}.`)
}

function smallWords(has: number, wanted: number, { rooms }: Venue): Text {
  const fitting = rooms.filter(({ capacity }) => capacity >= wanted).map(({ name, capacity }) => `${name} (${capacity})`)
  const list = fitting.length === 0 ? undefined : fitting.join('、')
  return say(
    `教室只有 ${has} 座，名额是 ${wanted}。${list === undefined ? '这个场地没有更大的教室，请减少名额。' : `坐得下的：${list}。`}`,
    `The room has ${has} places for ${wanted} seats. ${list === undefined ? 'The venue has no larger one: offer fewer seats.' : `These are large enough: ${list}.`}`,
  )
}
