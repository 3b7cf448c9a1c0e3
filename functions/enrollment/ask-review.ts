import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readOffer } from '@skills/core/catalog/offer.table.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { priceOfRun } from '@skills/core/funding/price-run.ts'
import { checkWords } from '@skills/core/funding/review.ts'
import { askReview as ask } from '@skills/core/funding/review.table.ts'
import { readEveryFunding, readLeft, readVoucher, voucherHash } from '@skills/core/funding/run-funding.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { countTry } from '@skills/core/people/tries.table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { programId: string; statement: string; voucher?: string | undefined }
}
interface Asked {
  reviewId: string
  state: 'open'
}

/**
 * Asks people of a program's sponsor to weigh a refusal anew, once for a person, program and run. It must be a program that the price of the run shows her: one that set
 * money aside for the run, or that of the voucher she brings; and a rule about her must stand in the way. What the reasons are at this moment is kept with it, the code is
 * not. Granted, the rules are waived and nothing else: the price goes on saying what is missing besides. Refuses `not-found`, `review-pending`, `validation-failed`, and
 * `rate-limited` for a day of guessed vouchers.
 */
export async function askReview(world: World, { actor: { personId }, command, params: { runId }, body }: Call): Promise<Asked> {
  checkWords(body.statement, '#/statement')
  if (body.voucher !== undefined) await countTry(world, personId, 'voucherTries')
  const hash = body.voucher === undefined ? undefined : voucherHash(body.voucher)
  return untilDone(world, command, async () => {
    const run = await readOffer(world.table, runId)
    if (run === undefined) throw new Refusal('not-found')
    const funding = run.run.priceFen > 0 ? await readEveryFunding(world.table, runId) : []
    const voucher = hash === undefined || run.run.priceFen === 0 ? undefined : await readVoucher(world.table, hash)
    const programs = [...funding.map(({ program }) => program), ...(voucher === undefined ? [] : [voucher.program])]
    const [person, left] = await Promise.all([
      readClaimant(
        world,
        personId,
        runId,
        undefined,
        programs.map(({ program }) => program.id),
      ),
      Promise.all(funding.map(async (one) => ({ ...one, ...(await readLeft(world.table, one.allocation)) }))),
    ])
    const subject = { run, facts: person.funding, schedule: person.claimant.schedule, funding: left, voucher }
    const { lines } = priceOfRun({ ...subject, granted: person.granted }, world.now())
    // A program may stand there twice: with what it set aside for the run, and with the voucher.
    const own = lines.filter(({ programId }) => programId === body.programId)
    const line = own.some(({ fen }) => fen > 0) ? undefined : own.find((one) => one.reviewable)
    if (person.granted.has(body.programId)) throw new Refusal('review-pending')
    if (line === undefined) throw notReviewable()
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
    zh: '这个项目没有可以由人工复核的理由：它没有为这一期或您的券出资、只差资金、已经结束，或您本来就可以享受。',
    en: 'There is nothing here that people could weigh anew: this program sets nothing aside for this run or your voucher, lacks only money, is over, or pays already.',
  }
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/programId', code: 'not-reviewable', detail }] })
}
