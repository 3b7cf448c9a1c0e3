import type { Actor } from '@skills/contract/actor.ts'
import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import type { Nominee } from '@skills/contract/employers.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { rejectImport } from '@skills/core/catalog/import-refusals.ts'
import type { Offer } from '@skills/core/catalog/offer.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { nomineeObstacle } from '@skills/core/employer/nominee.ts'
import { nominators } from '@skills/core/employer/own-group-order.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { obstacles } from '@skills/core/enrollment/enrollment.ts'
import { priceOfRun, type FundingLeft } from '@skills/core/funding/price-run.ts'
import { readRoster, type RosterRow } from '@skills/core/funding/roster-read.ts'
import { readLeft, readRunFunding } from '@skills/core/funding/run-funding.table.ts'
import { identityNoticeVersion } from '@skills/core/people/consent.ts'
import { findPerson } from '@skills/core/people/find-person.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { maskName } from '@skills/core/people/person-name.ts'
import { countTry } from '@skills/core/people/tries.table.ts'
import type { World } from '@skills/core/world.ts'
import type * as z from 'zod/mini'

interface Call {
  actor: Actor
  params: { employerId: string }
  query: { run: string }
  body: Uint8Array
}
type NomineeLine = z.infer<typeof Nominee>

/** As many as one group order can have seats. */
const mostNominees = 200
const atOnceMost = 16

/**
 * Who of a list could take a seat of a run, and what subsidy each could get by claiming alone: a dry run, nothing of the list is kept. Every row counts as one look-up of
 * the day, so that nobody can search for who is registered. Refuses `not-found`, `import-rejected`, `rate-limited`.
 */
export async function nominate(
  world: World,
  vault: Vault,
  { actor, params, query, body }: Call,
): Promise<{ nominees: NomineeLine[]; remarks: ImportRemark[] }> {
  if (!mayAct(actor, params.employerId, nominators)) throw new Refusal('not-found')
  const run = await readOffer(world.table, query.run)
  if (run === undefined) throw new Refusal('not-found')
  const { good, remarks } = await readRoster(body, dateAt(world.now()))
  if (good.length > mostNominees) throw rejectImport('too-many-rows', { max: mostNominees })
  if (good.length > 0) await countTry(world, actor.personId, 'inviteTries', good.length)
  const funding = run.run.priceFen > 0 ? await readRunFunding(world.table, query.run) : []
  const left = await Promise.all(funding.map(async (one) => ({ ...one, ...(await readLeft(world.table, one.allocation)) })))
  const { answers, failed } = await atOnce(good, atOnceMost, (row) => nominee(world, vault, run, left, row))
  if (failed[0] !== undefined) throw failed[0].error
  return { nominees: answers, remarks }
}

async function nominee(
  world: World,
  vault: Vault,
  run: Offer,
  funding: readonly FundingLeft[],
  { row, named }: RosterRow,
): Promise<NomineeLine> {
  const { personId } = await findPerson(world, vault, named)
  const line = { row, maskedName: maskName(named.name), registered: personId !== undefined }
  if (personId === undefined) return { ...line, obstacles: [nomineeObstacle('not-registered')], subsidyFen: 0 }
  const programIds = funding.map(({ program }) => program.program.id)
  const { claimant, funding: facts, granted } = await readClaimant(world, personId, run.run.id, undefined, programIds)
  const now = world.now()
  const terms = { now, identityNotice: identityNoticeVersion, healthCommitment: true, limits: world.limits, paidFor: true }
  const { split } = priceOfRun({ run, facts, schedule: claimant.schedule, funding, voucher: undefined, granted }, now)
  const said = obstacles(run, claimant, terms).map(({ code }) => nomineeObstacle(code))
  return { ...line, obstacles: [...new Map(said.map((one) => [one.code, one])).values()], subsidyFen: split.subsidyFen }
}
