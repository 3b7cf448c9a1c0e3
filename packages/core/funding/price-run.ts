import type { Family } from '@skills/contract/taxonomy.ts'
import { dateAt } from '@skills/contract/time.ts'
import type * as z from 'zod/mini'
import type { RunItem } from '../catalog/run-item.ts'
import { firstMeeting } from '../catalog/run.ts'
import type { Schedule } from '../enrollment/schedule.ts'
import type { FundingFacts } from './eligibility-case.ts'
import { price, type Price } from './price.ts'
import type { FoundVoucher, RunFunding } from './run-funding.table.ts'

/** A program's money for the run, with what is believed to be left of it. */
export type FundingLeft = RunFunding & { leftSeats: number; leftFen: number }

export interface PriceSubject {
  run: RunItem
  facts: Omit<FundingFacts, 'noShows'>
  schedule: Schedule
  funding: readonly FundingLeft[]
  voucher: FoundVoucher | undefined
  /** Reviews that were granted to this person for this run: program id → review id. */
  granted: ReadonlyMap<string, string>
}

/** The price of a run for one person, judged the same way when it is shown and when the seat is claimed. */
export function priceOfRun({ run, facts, schedule, funding, voucher, granted }: PriceSubject, now: string): Price {
  return price({
    listFen: run.run.priceFen,
    now,
    facts: { ...facts, noShows: schedule.noShows },
    subject: {
      courseId: run.run.courseId,
      trade: run.trade,
      level: run.level,
      family: run.family as z.infer<typeof Family>,
      startsOn: dateAt(firstMeeting(run.run)),
    },
    uses: schedule.uses.map((use) => ({ ...use, state: 'spent' as const })),
    candidates: funding.map(({ program, allocation, leftSeats, leftFen }) => ({
      program: program.program,
      allocation: { state: allocation.allocation.state, leftSeats, leftFen },
      reviewId: granted.get(program.program.id) ?? null,
    })),
    voucher:
      voucher === undefined
        ? undefined
        : {
            voucher: { ...voucher.voucher.voucher, used: voucher.used, state: voucher.state },
            program: voucher.program.program,
            leftFen: voucher.leftFen,
            reviewId: granted.get(voucher.program.program.id) ?? null,
          },
  })
}
