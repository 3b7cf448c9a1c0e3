import type { Actor } from '@skills/contract/actor.ts'
import type { Price, PriceLine } from '@skills/contract/price.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { priceOfRun } from '@skills/core/funding/price-run.ts'
import { readEveryFunding, readLeft, readVoucher, voucherHash } from '@skills/core/funding/run-funding.table.ts'
import { ruleSetOn } from '@skills/core/funding/eligibility.ts'
import { reviewsOf } from '@skills/core/funding/review.table.ts'
import { holdMinutes } from '@skills/core/order/order.ts'
import { sealQuote } from '@skills/core/order/quote.ts'
import { standardPolicy } from '@skills/core/order/refund-policy.ts'
import { countTry } from '@skills/core/people/tries.table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  params: { runId: string }
  /** A voucher's code, where the person brings one. */
  voucher?: string
}

/**
 * What a seat of a run costs the caller: list price, every program considered with its reasons, what is left to pay, and that signed for fifteen minutes.
 * Judged as the claim judges, with what is left of each allocation read now. Refuses `not-found`, and `rate-limited` for a day of guessed vouchers; a voucher that is none is said by `voucherRefused`.
 */
export async function getPrice(world: World, quoteSecret: string, { actor, params, voucher: code }: Call): Promise<Price> {
  const { runId } = params
  const run = await readOffer(world.table, runId)
  if (run === undefined) throw new Refusal('not-found')
  const funding = run.run.priceFen > 0 ? await readEveryFunding(world.table, runId) : []
  if (code !== undefined) await countTry(world, actor.personId, 'voucherTries')
  const voucher = code === undefined ? undefined : await readVoucher(world.table, voucherHash(code))
  const programs = new Map(
    [...funding.map(({ program }) => program), ...(voucher === undefined ? [] : [voucher.program])].map((one) => [one.program.id, one]),
  )
  const [person, left, reviews] = await Promise.all([
    readClaimant(world, actor.personId, runId, undefined, [...programs.keys()]),
    Promise.all(funding.map(async (one) => ({ ...one, ...(await readLeft(world.table, one.allocation)) }))),
    reviewsOf(world, actor.personId, runId, [...programs.keys()]),
  ])
  const now = world.now()
  const refundPolicy = run.run.refundPolicy ?? standardPolicy
  const { split, lines, grants } = priceOfRun(
    { run, facts: person.funding, schedule: person.claimant.schedule, funding: left, voucher, granted: person.granted },
    now,
  )
  const sealed = sealQuote(
    {
      personId: actor.personId,
      runId,
      split,
      grants: grants.map(({ programId, fen }) => [programId, fen]),
      voucher: voucher !== undefined && grants.some(({ voucherId }) => voucherId !== null) ? voucher.hash : null,
      refundPolicy,
    },
    quoteSecret,
    now,
  )
  return {
    runId,
    split,
    programs: lines.map((line): PriceLine => {
      const program = programs.get(line.programId)
      const rules = program === undefined ? undefined : ruleSetOn(program.program.ruleSets, dateAt(now))
      return {
        programId: line.programId,
        name: line.name,
        sponsorName: program?.sponsorName ?? line.name,
        granted: line.fen > 0,
        fen: line.fen,
        reasons: line.reasons.map(({ code: reasonCode, reason, change }) => ({ code: reasonCode, reason, wouldHelp: change })),
        voucher: line.voucherId !== null,
        source: { version: rules?.version ?? '', title: rules?.source.title ?? '', document: rules?.source.document ?? '' },
        reviewable: line.reviewable,
        review: reviews.get(line.programId)?.state ?? null,
        reviewReason: reviews.get(line.programId)?.reason ?? null,
      }
    }),
    refundPolicy,
    voucherRefused: code !== undefined && !grants.some(({ voucherId }) => voucherId !== null),
    quote: sealed.quote,
    quoteExpiresAt: sealed.expiresAt,
    holdMinutes,
  }
}
