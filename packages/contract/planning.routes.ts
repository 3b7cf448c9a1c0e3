import * as z from 'zod/mini'
import { Image, Venue } from './catalog.ts'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import { CourseLine, CourseInput, Code, Pattern, PlanReason, PlannedMeeting, RoomClash, RunInput, RunPlan, dayKinds } from './planning.ts'
import { recently, route } from './route.ts'
import { CivilDate, Instant } from './time.ts'

const ofProvider = z.strictObject({ providerId: idOf('provider') })
const looks = {
  tag: 'planning',
  function: 'planning',
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
} as const

export const listProviderCourses = route({
  name: 'listProviderCourses',
  summary: { zh: '机构的课程和期次', en: 'The courses of a provider, with their runs' },
  ...looks,
  params: ofProvider,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(CourseLine) },
  refusals: ['invalid-cursor'],
})

const plans = { tag: 'planning', function: 'planning', who: { anyOf: ['provider:manager', 'platform:operator'] } } as const
const written = z.strictObject({ courseId: idOf('course'), version: z.int(), remarks: z.array(PlanReason) })
/** Saving although something very similar exists. */
const anyway = z.boolean()

export const createCourse = route({
  name: 'createCourse',
  summary: { zh: '新建课程（草稿）', en: 'Write a new course, as a draft' },
  ...plans,
  params: ofProvider,
  body: z.strictObject({ code: Code, course: CourseInput, anyway }),
  answer: { status: 201, body: written },
  refusals: ['validation-failed', 'code-in-use', 'similar-exists', 'busy', 'outcome-unknown'],
})

export const saveCourse = route({
  name: 'saveCourse',
  summary: { zh: '修改课程', en: 'Change a course' },
  ...plans,
  params: z.strictObject({ courseId: idOf('course') }),
  /** At the version its editor saw; the runs of the course follow it. */
  body: z.strictObject({ version: z.int(), course: CourseInput, anyway }),
  answer: { status: 200, body: written },
  refusals: ['validation-failed', 'version-conflict', 'similar-exists', 'busy', 'outcome-unknown'],
})

/** How a picture comes to the shape of the shelves, 16:9: `crop` cuts what stands over, `contain` keeps all of it on white. */
const pictureFits = ['crop', 'contain'] as const

export const saveCoursePicture = route({
  name: 'saveCoursePicture',
  summary: { zh: '设置课程图片', en: 'Give a course its picture' },
  tag: 'planning',
  function: 'files',
  who: { anyOf: ['provider:manager', 'platform:operator'] },
  params: z.strictObject({ courseId: idOf('course') }),
  /** An accepted file of the caller's own of the kind `course-picture`, with words for who does not see it; null takes the picture away. */
  body: z.strictObject({
    version: z.int(),
    picture: z.nullable(
      z.strictObject({
        fileId: idOf('file'),
        fit: z.enum(pictureFits),
        alt: z.strictObject({
          zh: z.string().check(z.minLength(1), z.maxLength(200)),
          en: z.string().check(z.minLength(1), z.maxLength(200)),
        }),
      }),
    ),
  }),
  answer: { status: 200, body: z.strictObject({ courseId: idOf('course'), version: z.int(), picture: z.nullable(Image) }) },
  refusals: ['validation-failed', 'version-conflict', 'file-not-accepted', 'busy', 'outcome-unknown'],
})

export const listProviderVenues = route({
  name: 'listProviderVenues',
  summary: { zh: '机构的场地和教室', en: 'The venues of a provider, with their rooms' },
  ...looks,
  params: ofProvider,
  answer: { status: 200, body: z.strictObject({ venues: z.array(Venue) }) },
  refusals: [],
})

/** A date of a pattern that is left out, and why. */
export const SkippedDate = z.strictObject({ pattern: z.int(), date: CivilDate, why: z.enum(['holiday', 'worked', 'exception']) })
export const planMeetings = route({
  name: 'planMeetings',
  summary: { zh: '按规律排出上课日期（不保存）', en: 'The dates that patterns come to; nothing is written' },
  ...plans,
  params: ofProvider,
  body: z.strictObject({
    patterns: z.array(Pattern).check(z.minLength(1), z.maxLength(8)),
    except: z.array(CivilDate).check(z.maxLength(60)),
    onHolidays: z.boolean(),
    capacity: z.int().check(z.minimum(1), z.maximum(600)),
    /** The run that these meetings are for, whose own rooms are no clash. */
    runId: z.optional(idOf('run')),
  }),
  answer: {
    status: 200,
    body: z.strictObject({
      meetings: z.array(z.extend(PlannedMeeting, { day: z.enum(dayKinds) })),
      skipped: z.array(SkippedDate),
      /** Meetings that overlap each other, by their places. */
      overlaps: z.array(z.strictObject({ meeting: z.int(), other: z.int() })),
      clashes: z.array(RoomClash),
      /** Set where holidays of a year are not arranged yet. */
      provisional: z.boolean(),
    }),
  },
  refusals: [],
  idempotency: 'none',
})

export const createRun = route({
  name: 'createRun',
  summary: { zh: '安排一期（草稿）', en: 'Plan a run of a course, as a draft' },
  ...plans,
  params: z.strictObject({ courseId: idOf('course') }),
  body: z.strictObject({ code: Code, run: RunInput, anyway }),
  answer: { status: 201, body: z.strictObject({ runId: idOf('run'), version: z.int() }) },
  refusals: ['validation-failed', 'code-in-use', 'similar-exists', 'room-taken', 'plan-too-large', 'busy', 'outcome-unknown'],
})

const ofRun = z.strictObject({ runId: idOf('run') })

export const getRunPlan = route({
  name: 'getRunPlan',
  summary: { zh: '一期的安排，以及离发布还差什么', en: 'The plan of a run, and what it lacks to be published' },
  ...looks,
  params: ofRun,
  answer: { status: 200, body: RunPlan },
  refusals: [],
})

export const saveRunPlan = route({
  name: 'saveRunPlan',
  summary: { zh: '修改一期的安排', en: 'Change the plan of a run' },
  ...plans,
  params: ofRun,
  /** At the version its planner saw. Who has a seat is told when times or places change; rooms and instructors move along. */
  body: z.strictObject({ version: z.int(), run: RunInput }),
  answer: { status: 200, body: z.strictObject({ runId: idOf('run'), version: z.int() }) },
  refusals: [
    'run-not-ready',
    'validation-failed',
    'version-conflict',
    'illegal-transition',
    'room-taken',
    'instructor-cannot-move',
    'capacity-too-small',
    'plan-too-large',
    'busy',
    'outcome-unknown',
  ],
})

const days = z.int().check(z.minimum(1), z.maximum(365))

export const previewPostponement = route({
  name: 'previewPostponement',
  summary: { zh: '整体延期的试算', en: 'Where a postponed run would go' },
  ...plans,
  params: ofRun,
  query: z.strictObject({ days: z.pipe(z.string().check(z.regex(/^\d{1,3}$/)), z.pipe(z.transform(Number), days)) }),
  answer: {
    status: 200,
    body: z.strictObject({
      version: z.int(),
      closesAt: Instant,
      meetings: z.array(z.strictObject({ id: idOf('meeting'), before: Instant, startsAt: Instant, endsAt: Instant })),
      /** How many hold a seat, and are told. */
      enrolled: z.int(),
    }),
  },
  refusals: ['illegal-transition'],
})

export const postponeRun = route({
  name: 'postponeRun',
  summary: { zh: '整体延期', en: 'Postpone a run' },
  ...plans,
  params: ofRun,
  body: z.strictObject({ version: z.int(), days }),
  answer: { status: 200, body: z.strictObject({ runId: idOf('run'), version: z.int() }) },
  refusals: [
    'run-not-ready',
    'version-conflict',
    'illegal-transition',
    'validation-failed',
    'room-taken',
    'instructor-cannot-move',
    'plan-too-large',
    'busy',
    'outcome-unknown',
  ],
})

export const mergeRun = route({
  name: 'mergeRun',
  summary: { zh: '并入同一课程的另一期', en: 'Merge a run into another of the same course' },
  ...plans,
  params: ofRun,
  /** Everybody is paid back in full and stands in the other run's queue, in the order of coming; a seat there is hers once she claims it. */
  body: z.strictObject({ version: z.int(), into: idOf('run') }),
  stepUp: recently,
  answer: { status: 200, body: z.strictObject({ runId: idOf('run'), into: idOf('run') }) },
  refusals: ['version-conflict', 'cannot-merge', 'busy', 'outcome-unknown'],
})
