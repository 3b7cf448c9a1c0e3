import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Assignment } from './instructor.ts'
import { route } from './route.ts'
import { TimetableAsk, TimetableProposal, TimetableRoomWish } from './timetable.ts'

const planner = { tag: 'instructors', function: 'timetable', who: { anyOf: ['provider:manager', 'platform:operator'] } } as const

/** Nothing is written: what is proposed may be taken by others until it is applied. */
export const proposeTimetable = route({
  name: 'proposeTimetable',
  summary: { zh: '为一批期次自动排课', en: 'Propose a timetable for runs' },
  ...planner,
  /** `instructors`: how many each meeting needs. `equipment`: what the rooms of practice meetings must have. `onHolidays`: meetings may lie on public holidays, on purpose. */
  body: z.strictObject({
    runIds: z.array(idOf('run')).check(z.minLength(1), z.maxLength(20)),
    instructors: z.optional(z.int().check(z.minimum(0), z.maximum(4))),
    equipment: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(60))).check(z.maxLength(10))),
    onHolidays: z.optional(z.boolean()),
  }),
  answer: { status: 200, body: TimetableProposal },
  refusals: ['run-cancelled', 'timetable-too-large'],
  idempotency: 'none',
})

/** One run at a time, whole or not at all: its rooms are booked and its instructors asked in one change. */
export const applyTimetable = route({
  name: 'applyTimetable',
  summary: { zh: '按排课方案订教室、邀师资', en: 'Book the rooms and ask the instructors of a proposal' },
  ...planner,
  params: z.strictObject({ runId: idOf('run') }),
  body: z.strictObject({
    asks: z.array(TimetableAsk).check(z.maxLength(20)),
    rooms: z.array(TimetableRoomWish).check(z.maxLength(40)),
  }),
  answer: {
    status: 200,
    body: z.strictObject({ runId: idOf('run'), assignments: z.array(Assignment), rooms: z.array(TimetableRoomWish) }),
  },
  refusals: [
    'run-cancelled',
    'meeting-over',
    'too-late-to-ask',
    'asked-enough',
    'asks-open',
    'instructor-unavailable',
    'room-too-small',
    'room-taken',
    'illegal-transition',
    'plan-too-large',
    'validation-failed',
    'busy',
    'outcome-unknown',
  ],
})
