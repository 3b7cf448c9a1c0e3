import type { Actor } from '@skills/contract/actor.ts'
import type { Obstacle } from '@skills/contract/enrollment.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import type { Offer } from '@skills/core/catalog/offer.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import { obstacles } from '@skills/core/enrollment/enrollment.ts'
import { freeSeats } from '@skills/core/enrollment/seats.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { priceOfRun } from '@skills/core/funding/price-run.ts'
import { readLeft, readRunFunding } from '@skills/core/funding/run-funding.table.ts'
import { identityNoticeVersion } from '@skills/core/people/consent.ts'
import type { World } from '@skills/core/world.ts'
import { sentenceOf } from '@skills/http/sentence.ts'

interface Call {
  actor: Actor
  params: { runId: string }
}

/**
 * What a claim would be refused for, said before the button is pressed; judged as the claim judges, with the health commitment taken
 * as given (`needsHealthCommitment` says whether the claim must carry it). Limits on unpaid seats do not stop who has nothing to pay. Refuses `not-found`.
 */
export async function checkClaim(world: World, { actor, params }: Call) {
  const run = await readOffer(world.table, params.runId)
  if (run === undefined) throw new Refusal('not-found')
  const [{ claimant, guard, waiting }, heads] = await Promise.all([
    readClaimant(world, actor.personId, params.runId, undefined),
    readHeads(world.table, params.runId, run.shards),
  ])
  const found = obstacles(run, claimant, {
    now: world.now(),
    identityNotice: identityNoticeVersion,
    healthCommitment: true,
    limits: world.limits,
  })
  const stops = found.some(isOfUnpaid) && (await nothingToPay(world, run, actor.personId)) ? found.filter((one) => !isOfUnpaid(one)) : found
  const free = freeSeats(heads)
  if (free === 0 && !claimant.enrolled && waiting?.state !== 'offered') stops.push(new Refusal('sold-out'))
  const enrollment = guard === undefined ? undefined : (await readEnrollment(world, actor.personId, guard.enrollmentId)).item
  return {
    runId: params.runId,
    free,
    needsHealthCommitment: run.conditions.some((condition) => condition.kind === 'health-commitment'),
    obstacles: stops.map(obstacleOf),
    enrollment: enrollment?.enrollment ?? null,
  }
}

const isOfUnpaid = ({ code }: Refusal) => code === 'too-many-holds' || code === 'unpaid-too-often'

/** Whether programs pay all of a seat for this person, as its price would say now. */
async function nothingToPay(world: World, run: Offer, personId: string): Promise<boolean> {
  const funding = await readRunFunding(world.table, run.run.id)
  const programIds = funding.map(({ program }) => program.program.id)
  const [person, left] = await Promise.all([
    readClaimant(world, personId, run.run.id, undefined, programIds),
    Promise.all(funding.map(async (one) => ({ ...one, ...(await readLeft(world.table, one.allocation)) }))),
  ])
  const { funding: facts, claimant, granted } = person
  const { split } = priceOfRun({ run, facts, schedule: claimant.schedule, funding: left, voucher: undefined, granted }, world.now())
  return split.payableFen === 0
}

function obstacleOf({ code, members }: Refusal): Obstacle {
  return { code, detail: sentenceOf(code, members), members }
}
