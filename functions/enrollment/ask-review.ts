import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { priceOfRun } from '@skills/core/funding/price-run.ts'
import { checkWords } from '@skills/core/funding/review.ts'
import { askReview as ask } from '@skills/core/funding/review.table.ts'
import { readLeft, readRunFunding } from '@skills/core/funding/run-funding.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { programId: string; statement: string }
}
interface Asked {
  reviewId: string
  state: 'open'
}

/**
 * Asks people of a program's sponsor to weigh a refusal anew, once for a person, program and run. Only where rules about the person stand in the way; what the
 * reasons are at this moment is kept with it. Refuses `not-found`, `review-pending`, `validation-failed`.
 */
export async function askReview(world: World, { actor: { personId }, command, params: { runId }, body }: Call): Promise<Asked> {
  return untilDone(world, command, async () => {
    checkWords(body.statement, '#/statement')
    const run = await readOffer(world.table, runId)
    if (run === undefined) throw new Refusal('not-found')
    const funding = run.run.priceFen > 0 ? await readRunFunding(world.table, runId) : []
    const [person, left] = await Promise.all([
      readClaimant(
        world,
        personId,
        runId,
        undefined,
        funding.map(({ program }) => program.program.id),
      ),
      Promise.all(funding.map(async (one) => ({ ...one, ...(await readLeft(world.table, one.allocation)) }))),
    ])
    const subject = { run, facts: person.funding, schedule: person.claimant.schedule, funding: left, voucher: undefined }
    const { lines } = priceOfRun({ ...subject, granted: person.granted }, world.now())
    const line = lines.find(({ programId }) => programId === body.programId)
    if (person.granted.has(body.programId)) throw new Refusal('review-pending')
    if (line?.reviewable !== true) throw notReviewable()
    const refusedFor = line.reasons.map(({ code }) => code)
    const outcome = await ask(
      world,
      command,
      personId,
      { programId: body.programId, runId, runTitle: run.title, maskedName: person.maskedName, statement: body.statement, refusedFor },
      ({ id }): Asked => ({ reviewId: id, state: 'open' }),
    )
    if ('failed' in outcome && outcome.failed === 'pointer') throw new Refusal('review-pending')
    return outcome
  })
}

function notReviewable(): Refusal {
  const detail = {
    zh: '这个项目没有可以由人工复核的理由（例如资金已用完，或您本来就可以享受）。',
    en: 'This program has no reason that people could weigh anew (its money may be used up, or it pays already).',
  }
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/programId', code: 'not-reviewable', detail }] })
}
