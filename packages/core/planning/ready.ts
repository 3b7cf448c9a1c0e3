import type { Course, Meeting, Run, Venue } from '@skills/contract/catalog.ts'
import type { PlanReason } from '@skills/contract/planning.ts'
import type { Text } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import type * as z from 'zod/mini'
import { firstMeeting, lastMeeting } from '../catalog/run.ts'
import type { RunItem } from '../catalog/run-item.ts'
import type { InstructorItem } from '../instructor/instructor.ts'
import { hoursInWords, obstacleWords, qualificationObstacle } from '../instructor/obstacle.ts'
import { liveAssignments, type Crew } from '../scheduling/crew.ts'
import { mayOffer, obstacleWords as standingWords, type Standing } from '../provider/standing.ts'
import { needsInstructor, needsRoom } from './needs.ts'
import { resourceParts } from './room-bookings.ts'

type Reason = z.infer<typeof PlanReason>

export interface Publishing {
  item: Pick<RunItem, 'run' | 'trade' | 'level'>
  course: Pick<Course, 'state'>
  crew: Crew
  venues: ReadonlyMap<string, Venue>
  /** The last day on which the fire-safety proof of a venue is good; left out where it has no end. */
  fireSafetyUntil: ReadonlyMap<string, string>
  instructors: ReadonlyMap<string, InstructorItem>
  /** Titles of rules that hold now and that its provider has not accepted. */
  unaccepted: readonly Text[]
  standing: Standing | undefined
  tradeName: Text | undefined
}

/**
 * What stands between a planned run and being published, all of it at once; empty: nothing. The provider may offer it until its last meeting, its course is public, registration is still
 * to be used, every meeting that needs one has a room that fits and somebody who accepted and is qualified on its day.
 */
export function notReady(publishing: Publishing, now: string): Reason[] {
  const { item, course, standing, tradeName } = publishing
  const { run, trade } = item
  const reasons: Reason[] = []
  const add = (code: string, pointer: string, zh: string, en: string) => reasons.push({ code, pointer, words: { zh, en } })
  for (const obstacle of mayOffer(standing, { trade, until: lastMeeting(run) }, now))
    reasons.push({ code: obstacle.code, pointer: '#/provider', words: standingWords(obstacle, tradeName) })
  const titles = (language: 'zh' | 'en') => publishing.unaccepted.map((title) => title[language]).join(language === 'zh' ? '、' : ', ')
  if (publishing.unaccepted.length > 0)
    add(
      'rules-not-accepted',
      '#/provider',
      `还没有同意现行规则：${titles('zh')}`,
      `rules that hold now are not accepted yet: ${titles('en')}`,
    )
  if (course.state !== 'published') add('course-not-published', '#/course', '课程还没有发布', 'the course is not published')
  if (run.closesAt <= now) add('registration-over', '#/closesAt', '报名截止时间已过', 'registration would be over already')
  if (run.tentative !== undefined && run.tentative.decideAt <= now)
    add('decision-over', '#/tentative/decideAt', '定班时间已过', 'the time of its decision has passed')
  if (firstMeeting(run) <= now) add('begun', '#/meetings', '第一次课的时间已过', 'the first meeting would have begun already')
  run.meetings.forEach((meeting, place) => reasons.push(...meetingReasons(publishing, meeting, `#/meetings/${place}`, now)))
  return reasons
}

function meetingReasons(
  { item, crew, venues, instructors, fireSafetyUntil }: Publishing,
  meeting: Meeting,
  pointer: string,
  now: string,
): Reason[] {
  const reasons: Reason[] = []
  const { id, startsAt: from, endsAt: to } = meeting
  const when = hoursInWords({ from, to })
  const add = (code: string, zh: string, en: string) =>
    reasons.push({ code, pointer, words: { zh: `${when} 的课：${zh}`, en: `${when}: ${en}` } })
  if (needsRoom(meeting)) {
    const problem = roomProblem(item.run, meeting, crew, venues)
    if (problem !== undefined) add(problem.code, problem.words.zh, problem.words.en)
  }
  const safe = meeting.venueId === null ? undefined : fireSafetyUntil.get(meeting.venueId)
  if (safe !== undefined && safe < dateAt(from))
    add('fire-safety-ends', `场地的消防安全证明 ${safe} 到期`, `the fire-safety proof of the venue ends on ${safe}`)
  if (!needsInstructor(meeting)) return reasons
  const accepted = liveAssignments(crew, now).filter((one) => one.meetingId === id && one.state === 'accepted')
  if (accepted.length === 0) {
    const asked = liveAssignments(crew, now).some((one) => one.meetingId === id)
    add('no-instructor', asked ? '师资还没有答复' : '还没有师资', asked ? 'the instructor has not answered yet' : 'nobody teaches it yet')
  }
  const obstacles = accepted.map(({ instructorId }) => {
    const instructor = instructors.get(instructorId)?.instructor
    return instructor && qualificationObstacle(instructor, { id, from, to, place: null, trade: item.trade, level: item.level })
  })
  const bad = obstacles.find((one) => one !== undefined)
  if (accepted.length > 0 && bad !== undefined && !obstacles.includes(undefined)) {
    const words = obstacleWords(bad)
    add('instructor-not-qualified', `师资${words.zh}`, `the instructor ${words.en}`)
  }
  return reasons
}

function roomProblem(
  run: Pick<Run, 'capacity'>,
  meeting: Meeting,
  crew: Crew,
  venues: ReadonlyMap<string, Venue>,
): Pick<Reason, 'code' | 'words'> | undefined {
  const booked = crew.rooms.find(({ meetingId, resource }) => meetingId === meeting.id && resourceParts(resource).kind === 'room')
  if (booked === undefined || booked.from !== meeting.startsAt || booked.to !== meeting.endsAt)
    return { code: 'no-room', words: { zh: '还没有教室', en: 'it has no room yet' } }
  const { venueId, name } = resourceParts(booked.resource)
  const room = venues.get(venueId)?.rooms.find((one) => one.name === name)
  if (room === undefined)
    return { code: 'room-gone', words: { zh: `场地已没有教室 ${name}`, en: `the venue has no room ${name} any more` } }
  if (room.capacity >= run.capacity) return undefined
  return {
    code: 'room-too-small',
    words: {
      zh: `教室 ${name} 只有 ${room.capacity} 座，名额是 ${run.capacity}`,
      en: `room ${name} has ${room.capacity} places for ${run.capacity} seats`,
    },
  }
}
