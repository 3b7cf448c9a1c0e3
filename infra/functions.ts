import type { ApiFunction } from '@skills/contract/route.ts'

export type FunctionKey =
  | ApiFunction
  | 'publish-catalog'
  | 'dispatch-outbox'
  | 'sweep-runs'
  | 'sweep-files'
  | 'sweep-standings'
  | 'sweep-queue'
  | 'sweep-crews'
  | 'sweep-notices'
  | 'sweep-attendance'
  | 'sweep-funding'
  | 'sweep-quality'
  | 'reckon-quality'
  | 'settle-payments'
  | 'check-books'
  | 'redeliver'
  | 'appoint-operator'

/** `base` is STAGE, TABLE, PUBLIC_URL and PERSON_NAMESPACE; `http` what a function that answers routes is told; `keys` the two KMS keys; `site` the bucket; `payments` what speaks to the payment provider; `files` the bucket of people's files; `mail` the address that mail is sent from. */
export type EnvironmentGroup = 'base' | 'http' | 'keys' | 'site' | 'payments' | 'files' | 'mail'

export interface FunctionSpec {
  /** The file that exports `handler`, from the root of the repository. */
  entry: string
  /** What calls it. */
  kind: 'api' | 'stream' | 'schedule' | 'manual'
  memoryMb: number
  timeoutSeconds: number
  environment: readonly EnvironmentGroup[]
  /** Who is hurt, and how, when it fails: the text of its alarm. */
  harm: string
  /** Events of its log that a person must hear of although nothing failed: what each means. */
  tells?: Readonly<Record<string, string>>
}

/** 29 s: a function must be able to say “outcome unknown” before the gateway gives up at 30. */
const api = { kind: 'api', memoryMb: 512, timeoutSeconds: 29, environment: ['base', 'http'] } as const
const background = { memoryMb: 512, timeoutSeconds: 60, environment: ['base'] } as const

const misfit =
  'An event of the payment provider fits nothing of ours (sum, currency, order or account): look at it under “Money to look at” in the operator console before money is believed'

/** Every Lambda of the house: one per feature, and one of its own where load, time limit or rights differ. */
export const functions: Record<FunctionKey, FunctionSpec> = {
  docs: { ...api, entry: 'functions/docs/handler.ts', harm: 'Integrators cannot read the API description' },
  catalog: {
    ...api,
    entry: 'functions/catalog/handler.ts',
    harm: 'Workers do not see how many seats are left, and providers cannot open or close runs',
  },
  'import-catalog': {
    ...api,
    entry: 'functions/catalog/import-handler.ts',
    memoryMb: 1024,
    harm: 'Operators cannot import catalogs, so new courses do not appear',
  },
  'claim-seat': { ...api, entry: 'functions/enrollment/claim-handler.ts', memoryMb: 1024, harm: 'Workers cannot claim seats' },
  enrollment: {
    ...api,
    entry: 'functions/enrollment/handler.ts',
    harm: 'Workers cannot see or cancel what they booked, and their calendars stop',
  },
  orders: {
    ...api,
    entry: 'functions/orders/handler.ts',
    environment: ['base', 'http', 'payments'],
    harm: 'Workers cannot pay for the seats they hold, so the seats are lost to them',
  },
  files: {
    ...api,
    entry: 'functions/files/handler.ts',
    // Decoding a picture of 16 million pixels takes 900 MB and a whole processor some seconds.
    memoryMb: 1769,
    environment: ['base', 'http', 'files', 'site'],
    harm: 'Providers and instructors cannot send their proofs, so nobody new is admitted',
  },
  provider: {
    ...api,
    entry: 'functions/provider/handler.ts',
    harm: 'Providers cannot apply, and operators cannot approve or suspend them',
  },
  'stripe-webhook': {
    ...api,
    entry: 'functions/orders/webhook-handler.ts',
    environment: ['base', 'http', 'payments'],
    harm: 'Payments are not noticed: workers have paid and do not have their seats until the next reconciliation',
    tells: { 'payment-event-quarantined': misfit },
  },
  waitlist: { ...api, entry: 'functions/waitlist/handler.ts', harm: 'Workers cannot join or leave waiting lists' },
  sponsor: { ...api, entry: 'functions/sponsor/handler.ts', harm: 'Unions cannot manage their programs and budgets' },
  'import-roster': {
    ...api,
    entry: 'functions/people/roster-handler.ts',
    memoryMb: 1024,
    environment: ['base', 'http', 'keys'],
    harm: 'Unions cannot import their rosters, so members do not get their subsidies; employers cannot invite staff',
  },
  employer: { ...api, entry: 'functions/employer/handler.ts', harm: 'Employers cannot buy or assign seats' },
  instructor: {
    ...api,
    entry: 'functions/instructor/handler.ts',
    harm: 'Instructors cannot be found or asked, and cannot answer: runs stay without them',
  },
  planning: {
    ...api,
    entry: 'functions/planning/handler.ts',
    harm: 'Providers cannot plan, publish or move runs',
  },
  payout: {
    ...api,
    entry: 'functions/payout/handler.ts',
    memoryMb: 1024,
    harm: 'Providers do not see what their runs earned, and cannot close statements',
  },
  roster: {
    ...api,
    entry: 'functions/roster/handler.ts',
    environment: ['base', 'http', 'keys'],
    harm: 'Providers do not see who has a seat with them, and cannot reach a learner in an emergency',
  },
  audit: {
    ...api,
    entry: 'functions/audit/handler.ts',
    harm: 'Operators cannot find out who changed what, while it may still be put right',
  },
  rating: {
    ...api,
    entry: 'functions/rating/handler.ts',
    harm: 'People who attended cannot say how it was, and nobody sees what others said',
  },
  timetable: {
    ...api,
    entry: 'functions/planning/timetable-handler.ts',
    // The search needs a whole processor, which Lambda gives from here on.
    memoryMb: 1769,
    harm: 'Providers cannot have timetables proposed: they ask instructors one by one',
  },
  attendance: {
    ...api,
    entry: 'functions/attendance/handler.ts',
    harm: 'Workers cannot check in, and instructors cannot take attendance: hours that were sat through are not shown',
  },
  quality: {
    ...api,
    entry: 'functions/quality/handler.ts',
    environment: ['base', 'http', 'keys'],
    harm: 'Learners cannot complain, providers cannot answer or appeal, and operators cannot sanction',
    tells: {
      'safety-complaint': 'A learner complains of danger in a course: look at it now, at the top of “Complaints” in the operator console',
    },
  },
  notices: {
    ...api,
    entry: 'functions/notices/handler.ts',
    environment: ['base', 'http', 'keys', 'mail'],
    harm: 'People do not see what they were told, and cannot choose how to be told',
  },
  messages: {
    ...api,
    entry: 'functions/messages/handler.ts',
    harm: 'Learners cannot ask their provider anything, and providers cannot announce anything',
  },
  people: {
    ...api,
    entry: 'functions/people/handler.ts',
    environment: ['base', 'http', 'keys'],
    harm: 'Workers cannot sign in fully, save their profile or answer consents',
  },
  'publish-catalog': {
    ...background,
    kind: 'stream',
    entry: 'functions/catalog/publish-catalog.ts',
    environment: ['base', 'site'],
    harm: 'The public catalog is out of date: workers do not see new or changed runs',
  },
  'dispatch-outbox': {
    ...background,
    kind: 'stream',
    entry: 'functions/notices/dispatch-outbox.ts',
    environment: ['base', 'keys', 'mail'],
    harm: 'Workers are not told about their bookings and cancellations',
  },
  'sweep-runs': {
    ...background,
    kind: 'schedule',
    entry: 'functions/catalog/sweep-runs.ts',
    harm: 'Registration does not open or close on time, so workers wait at a closed door',
  },
  'sweep-standings': {
    ...background,
    kind: 'schedule',
    entry: 'functions/provider/sweep-standings.ts',
    harm: 'Providers are not told that a licence ends, and registration stays open at one that may offer nothing',
  },
  'sweep-files': {
    ...background,
    kind: 'schedule',
    entry: 'functions/files/sweep-files.ts',
    environment: ['base', 'files'],
    harm: 'Files that nobody finished are kept longer than people were told',
  },
  'sweep-queue': {
    ...background,
    kind: 'schedule',
    entry: 'functions/waitlist/sweep-queue.ts',
    harm: 'Offers of freed seats do not end on time: the next in the queue waits for a seat nobody takes',
  },
  'sweep-crews': {
    ...background,
    kind: 'schedule',
    entry: 'functions/instructor/sweep-crews.ts',
    harm: 'Providers do not hear that an instructor left a request unanswered, and find nobody in time',
  },
  'sweep-notices': {
    ...background,
    kind: 'schedule',
    entry: 'functions/notices/sweep-notices.ts',
    environment: ['base', 'keys', 'mail'],
    harm: 'Messages that waited for the morning do not leave, and people miss what they should have been told',
  },
  'sweep-attendance': {
    ...background,
    kind: 'schedule',
    entry: 'functions/attendance/sweep-attendance.ts',
    harm: 'Hours are not credited after the last meeting, and payouts that need them wait',
  },
  'sweep-quality': {
    ...background,
    kind: 'schedule',
    entry: 'functions/quality/sweep-quality.ts',
    harm: 'Complaints that nobody answers do not reach an operator, and sanctions do not end on their date',
    tells: {
      'complaint-overdue': 'A complaint has waited for an operator longer than learners were told: decide it in the operator console',
    },
  },
  'reckon-quality': {
    ...background,
    kind: 'schedule',
    entry: 'functions/quality/reckon-quality.ts',
    memoryMb: 1024,
    timeoutSeconds: 900,
    harm: 'The quality figures of providers are out of date on course pages and in the ranking',
  },
  'sweep-funding': {
    ...background,
    kind: 'schedule',
    entry: 'functions/sponsor/sweep-funding.ts',
    harm: 'Money that was set aside and not used does not go back to its program',
  },
  'settle-payments': {
    ...background,
    kind: 'schedule',
    entry: 'functions/orders/settle-payments.ts',
    timeoutSeconds: 300,
    environment: ['base', 'payments'],
    harm: 'Unpaid holds keep seats from others, refunds do not leave, and lost payments are not found',
    tells: {
      'payment-event-quarantined': misfit,
      'refund-failed':
        'Somebody is owed money that the payment provider would not send back: pay it another way, or send it again in the operator console (“Money to look at”)',
      'money-unknown':
        'Money lies at the payment provider that no order knows: “Money to look at” in the operator console names the payment; find out whose it is, or send it back',
      'money-differs':
        'The table and the payment provider do not agree on a payment or refund: compare the order, which “Money to look at” in the operator console names, with the provider',
    },
  },
  redeliver: {
    ...background,
    kind: 'schedule',
    entry: 'functions/notices/redeliver.ts',
    timeoutSeconds: 300,
    environment: ['base', 'keys', 'mail'],
    harm: 'Workers are still not told what they should have been told: events that were given up once are given up again',
  },
  'check-books': {
    ...background,
    kind: 'schedule',
    entry: 'functions/books/check-books.ts',
    memoryMb: 2048,
    timeoutSeconds: 900,
    harm: 'Seats, enrollments or audit entries do not add up: somebody may have lost a seat or have one too many',
  },
  'appoint-operator': {
    ...background,
    kind: 'manual',
    entry: 'functions/people/appoint-operator.ts',
    harm: 'The first operator cannot be appointed, so nobody can admit providers',
  },
}

export const functionKeys = Object.keys(functions) as FunctionKey[]
