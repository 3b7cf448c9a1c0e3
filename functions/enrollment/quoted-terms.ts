import type { Offer } from '@skills/core/catalog/offer.ts'
import type { ReadClaimant } from '@skills/core/enrollment/claimant.table.ts'
import type { SeatMemory } from '@skills/core/enrollment/seat-memory.ts'
import type { Terms } from '@skills/core/enrollment/take-seat.ts'
import { priceOfRun } from '@skills/core/funding/price-run.ts'
import { readVoucher, type RunFunding } from '@skills/core/funding/run-funding.table.ts'
import type { GrantItem } from '@skills/core/order/order.ts'
import { asQuoted, type Quote } from '@skills/core/order/quote.ts'
import { standardPolicy } from '@skills/core/order/refund-policy.ts'
import type { World } from '@skills/core/world.ts'

interface Quoted {
  run: Offer
  person: ReadClaimant
  funding: readonly RunFunding[]
  quote: Quote
}

/** More than any allocation holds: what is left is not read in a rush, the transaction finds out. */
const plenty = Number.MAX_SAFE_INTEGER

/**
 * The terms of a claim, judged anew: who pays what, and from which pots. `changed` when that is no longer what was quoted, because a rule, a price, the refund
 * policy or what is left of the money changed since.
 */
export async function quotedTerms(world: World, memory: SeatMemory, { run, person, funding, quote }: Quoted): Promise<Terms | 'changed'> {
  const runId = run.run.id
  const voucher = quote.voucher === null ? undefined : await readVoucher(world.table, quote.voucher)
  const parts = new Map(
    funding.map(({ program, allocation }) => [program.program.id, memory.potPart(program.program.id, runId, allocation.parts)]),
  )
  const quoted = new Set(quote.grants.map(([programId]) => programId))
  const left = funding.map((one) => {
    const { id } = one.program.program
    // What was not quoted is not judged again: money that came free since then is for the next who looks.
    const known = !quoted.has(id) || parts.get(id) === undefined ? 0 : plenty
    return { ...one, leftSeats: known, leftFen: known }
  })
  const { split, grants } = priceOfRun(
    { run, facts: person.funding, schedule: person.claimant.schedule, funding: left, voucher, granted: person.granted },
    world.now(),
  )
  const refundPolicy = run.run.refundPolicy ?? standardPolicy
  if (!asQuoted(quote, split, grants, refundPolicy)) return 'changed'
  return {
    split,
    refundPolicy,
    grants: grants.map((grant): GrantItem => {
      const of = grant.voucherId ?? runId
      const part = grant.voucherId === null ? (parts.get(grant.programId) ?? '00') : '00'
      return { ...grant, id: world.id('grant'), state: 'reserved', pot: { programId: grant.programId, of, part } }
    }),
  }
}
