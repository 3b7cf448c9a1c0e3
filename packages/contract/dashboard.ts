import * as z from 'zod/mini'
import { RunState } from './catalog.ts'
import { idOf } from './ids.ts'
import { PayoutMoney } from './payout.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

const ofRun = { runId: idOf('run'), title: Text, runName: Text }

/** A run that is to come or under way, with its seats. */
export const DashboardRun = z.strictObject({
  ...ofRun,
  state: RunState,
  startsAt: Instant,
  capacity: z.int(),
  sold: z.int(),
  held: z.int(),
  free: z.int(),
})
export type DashboardRun = z.infer<typeof DashboardRun>

/** Something that waits for the provider; the most pressing come first (`at`: when it is too late, or since when it waits). */
export const DashboardTask = z.discriminatedUnion('kind', [
  /** Meetings that nobody accepted to teach; of how many an answer is awaited. */
  z.strictObject({ kind: z.literal('no-instructor'), ...ofRun, meetings: z.int(), asked: z.int(), at: Instant }),
  /** A run that needs more seats taken to take place. */
  z.strictObject({ kind: z.literal('minimum-missing'), ...ofRun, taken: z.int(), minimum: z.int(), at: Instant }),
  /** A run that is over and has no payout statement. */
  z.strictObject({ kind: z.literal('statement-due'), ...ofRun, at: Instant }),
  /** The licence (`licence`) or the proof for a trade ends, or has ended. */
  z.strictObject({ kind: z.literal('proof-ends'), what: z.string(), venue: z.nullable(Text), until: CivilDate, at: Instant }),
])
export type DashboardTask = z.infer<typeof DashboardTask>

/** What a provider looks at first. `leftOut`: runs that are later than those shown. Money is what closed statements say, and what was paid of it. */
export const Dashboard = z.strictObject({
  runs: z.array(DashboardRun),
  leftOut: z.int(),
  tasks: z.array(DashboardTask),
  money: PayoutMoney,
})
export type Dashboard = z.infer<typeof Dashboard>
