import * as z from 'zod/mini'
import { allocationStates, Voucher, voucherKinds } from './funding.ts'
import { idOf } from './ids.ts'
import { Fen } from './money.ts'
import { route } from './route.ts'
import { manages, programParams, reads } from './sponsors.routes.ts'
import { Instant } from './time.ts'

export const listVouchers = route({
  name: 'listVouchers',
  summary: { zh: '券', en: 'Vouchers of a program' },
  ...reads,
  params: programParams,
  answer: { status: 200, body: z.strictObject({ vouchers: z.array(Voucher) }) },
  refusals: [],
})

export const issueVoucher = route({
  name: 'issueVoucher',
  summary: { zh: '发券（面值券或抵用券）', en: 'Issue a voucher' },
  ...manages,
  params: programParams,
  body: z.strictObject({
    kind: z.enum(voucherKinds),
    faceFen: z.nullable(Fen),
    uses: z.int().check(z.minimum(1), z.maximum(10_000)),
    budgetFen: Fen.check(z.minimum(1)),
    directedTo: z.nullable(z.strictObject({ courseId: z.nullable(idOf('course')), trade: z.nullable(z.string().check(z.maxLength(40))) })),
    until: Instant,
  }),
  /** The code is shown once; only a hash of it is kept. */
  answer: { status: 201, body: z.strictObject({ voucher: Voucher, code: z.string() }) },
  refusals: ['budget-insufficient', 'program-not-active', 'validation-failed', 'busy', 'outcome-unknown'],
})

export const stepVoucher = route({
  name: 'stepVoucher',
  summary: { zh: '冻结、恢复或停用一张券', en: 'Freeze, thaw or close a voucher' },
  ...manages,
  params: z.strictObject({ programId: idOf('program'), voucherId: idOf('voucher') }),
  body: z.strictObject({ to: z.enum(allocationStates) }),
  answer: { status: 200, body: Voucher },
  refusals: ['illegal-transition', 'busy', 'outcome-unknown'],
})
