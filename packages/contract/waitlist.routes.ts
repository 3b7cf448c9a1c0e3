import * as z from 'zod/mini'
import { runParams } from './claim.routes.ts'
import { idOf } from './ids.ts'
import { route } from './route.ts'
import { personMayNot, refusing, runTakesNobody } from './seat-refusals.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

export const waitStates = ['waiting', 'offered', 'accepted', 'declined', 'lapsed', 'left', 'skipped', 'closed'] as const

/** A place in the queue of a run. `place` counts from 1 among those who still wait; an offer holds a seat until `offerUntil`. */
export const WaitlistEntry = z.strictObject({
  id: idOf('waitlistEntry'),
  runId: idOf('run'),
  title: Text,
  state: z.enum(waitStates),
  place: z.nullable(z.int()),
  joinedAt: Instant,
  offerUntil: z.nullable(Instant),
})
export type WaitlistEntry = z.infer<typeof WaitlistEntry>

const waiting = { tag: 'waitlist', function: 'waitlist', who: 'person' } as const

/** `entry` is null when the person is not waiting; `waiting` counts everybody in the queue. */
const Place = z.strictObject({ entry: z.nullable(WaitlistEntry), waiting: z.int() })

export const getMyPlace = route({
  name: 'getMyPlace',
  summary: { zh: '我在候补名单里的位置', en: 'My place on the waiting list' },
  ...waiting,
  params: runParams,
  answer: { status: 200, body: Place },
  refusals: [],
})

export const joinWaitlist = route({
  name: 'joinWaitlist',
  summary: { zh: '加入候补', en: 'Join the waiting list' },
  ...waiting,
  params: runParams,
  body: z.strictObject({}),
  answer: { status: 201, body: Place },
  refusals: refusing(runTakesNobody, personMayNot, [
    'seats-free',
    'already-waiting',
    'waitlist-closed',
    'unpaid-too-often',
    'kept-too-often',
    'too-many-queues',
    'busy',
    'outcome-unknown',
  ]),
})

export const leaveWaitlist = route({
  name: 'leaveWaitlist',
  summary: { zh: '退出候补，或不要保留给我的名额', en: 'Leave the waiting list or decline an offer' },
  ...waiting,
  params: runParams,
  answer: { status: 200, body: Place },
  refusals: ['not-waiting', 'busy', 'outcome-unknown'],
})

export const listMyWaiting = route({
  name: 'listMyWaiting',
  summary: { zh: '我的候补', en: 'Where I am waiting' },
  ...waiting,
  answer: { status: 200, body: z.strictObject({ entries: z.array(WaitlistEntry) }) },
  refusals: [],
})

export const changeCapacity = route({
  name: 'changeCapacity',
  summary: { zh: '调整名额（新增的先给候补的人）', en: 'Change the capacity; new seats go to the waiting list first' },
  tag: 'waitlist',
  function: 'waitlist',
  who: { anyOf: ['provider:manager', 'platform:operator'] },
  params: runParams,
  body: z.strictObject({ capacity: z.int().check(z.minimum(1), z.maximum(5000)) }),
  answer: { status: 200, body: z.strictObject({ runId: idOf('run'), capacity: z.int(), offered: z.int() }) },
  refusals: ['capacity-too-small', 'room-too-small', 'illegal-transition', 'busy', 'outcome-unknown'],
  idempotency: 'lease',
})
