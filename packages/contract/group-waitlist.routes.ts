import * as z from 'zod/mini'
import { payWays } from './employers.routes.ts'
import { idOf } from './ids.ts'
import { InvoiceTitle } from './orders.routes.ts'
import { route } from './route.ts'
import { refusing, runTakesNobody } from './seat-refusals.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

/** All seats at once or none (passed over while fewer are free, the place is kept), or each as it comes. */
export const groupPolicies = ['together', 'as-they-come'] as const

const employerParams = z.strictObject({ employerId: idOf('employer') })
const waits = { tag: 'waitlist', function: 'waitlist', who: { anyOf: ['employer:manager', 'platform:operator'] } } as const

/** An employer's place in the queue of a run. `seats` are those it still waits for; what came is a group order, held until it is paid. */
export const GroupPlace = z.strictObject({
  id: idOf('waitlistEntry'),
  runId: idOf('run'),
  title: Text,
  seats: z.int(),
  policy: z.enum(groupPolicies),
  place: z.int(),
  joinedAt: Instant,
})
export type GroupPlace = z.infer<typeof GroupPlace>

export const joinAsGroup = route({
  name: 'joinAsGroup',
  summary: { zh: '企业候补（全部一起，或有一个要一个）', en: 'An employer joins the waiting list: all seats at once, or as they come' },
  ...waits,
  params: employerParams,
  body: z.strictObject({
    runId: idOf('run'),
    seats: z.int().check(z.minimum(1), z.maximum(200)),
    policy: z.enum(groupPolicies),
    payBy: z.enum(payWays),
    invoiceTitle: z.nullable(InvoiceTitle),
  }),
  answer: { status: 201, body: GroupPlace },
  refusals: refusing(runTakesNobody, [
    'seats-free',
    'seats-not-enough',
    'quota-reached',
    'kept-too-often',
    'already-waiting',
    'waitlist-closed',
    'validation-failed',
    'busy',
    'outcome-unknown',
  ]),
})

export const leaveAsGroup = route({
  name: 'leaveAsGroup',
  summary: { zh: '企业退出候补', en: 'An employer leaves the waiting list' },
  ...waits,
  params: z.strictObject({ employerId: idOf('employer'), runId: idOf('run') }),
  answer: { status: 200, body: z.strictObject({ left: z.literal(true) }) },
  refusals: ['not-waiting', 'busy', 'outcome-unknown'],
})

export const listGroupWaiting = route({
  name: 'listGroupWaiting',
  summary: { zh: '企业在哪些班次候补', en: 'Where an employer is waiting' },
  ...waits,
  params: employerParams,
  answer: { status: 200, body: z.strictObject({ places: z.array(GroupPlace) }) },
  refusals: [],
})
