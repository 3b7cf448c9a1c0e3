import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { doneBefore, replayOf } from '@skills/core/command.ts'
import { readClaimant } from '@skills/core/enrollment/claimant.table.ts'
import { obstacles } from '@skills/core/enrollment/enrollment.ts'
import { tooSmallToPay } from '@skills/core/enrollment/limits.ts'
import type { SeatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { takeSeat, type Claim } from '@skills/core/enrollment/take-seat.ts'
import { openQuote, type Quote } from '@skills/core/order/quote.ts'
import { identityNoticeVersion } from '@skills/core/people/consent.ts'
import { acceptOffer } from '@skills/core/waitlist/accept-offer.ts'
import type { World } from '@skills/core/world.ts'
import { quotedTerms } from './quoted-terms.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string }
  body: { healthCommitment?: true | undefined; quote?: string | undefined }
}

/** What a claim needs besides the call. `quoteSecret` signs prices. */
export interface Claiming {
  world: World
  memory: SeatMemory
  quoteSecret: string
}

/** How long a claim goes on trying, in milliseconds: it must be able to say so before the gateway's 30 s are over. */
const patienceMs = 12_000

/**
 * Claims a seat for the caller. In: the run, the health commitment where the course asks for one, the quoted price where it has one. Out: the enrollment,
 * `held` while something is to be paid; a repeated command gets the first one. Refuses what `obstacles` finds, what the quote no longer fits, and
 * `sold-out`, answered without a read while it is fresh in memory.
 */
export async function claimSeat({ world, memory, quoteSecret }: Claiming, { actor, command, params, body }: Call): Promise<Enrollment> {
  const { runId } = params
  const { personId } = actor
  if (await memory.knowsSoldOut(runId, personId)) throw soldOut()
  const began = world.tick()
  while (world.tick() - began < patienceMs) {
    const run = await memory.run(runId)
    if (run === undefined) throw new Refusal('not-found')
    if (world.now() < run.run.opensAt && run.run.state !== 'cancelled')
      return firstAnswerOr(world, command, new Refusal('registration-not-open', { opensAt: run.run.opensAt }))

    const now = world.now()
    const quote = run.run.priceFen > 0 ? quoteOr(() => openQuote(body.quote, personId, runId, quoteSecret, now)) : undefined
    const quoted = quote === undefined || quote instanceof Refusal ? undefined : quote
    const funding = run.run.priceFen > 0 ? await memory.funding(runId) : []
    // A voucher's program sets nothing aside for the run, and its reviews count as well.
    const programIds = new Set([
      ...funding.map(({ program }) => program.program.id),
      ...(quoted?.grants.map(([programId]) => programId) ?? []),
    ])
    const person = await readClaimant(world, personId, runId, command, [...programIds])
    if (person.record !== undefined) return replayOf<Enrollment>(command, person.record)
    const healthCommitment = body.healthCommitment === true
    // Who has nothing to pay needs no hold, and is not stopped by those she has.
    const paidFor = quoted?.split.payableFen === 0
    const judged = { now, identityNotice: identityNoticeVersion, healthCommitment, limits: world.limits, paidFor }
    const [first] = obstacles(run, person.claimant, judged)
    if (first !== undefined) return firstAnswerOr(world, command, first)
    if (quote instanceof Refusal) return firstAnswerOr(world, command, quote)
    const unpayable = tooSmallToPay(quoted?.split.payableFen ?? 0, world.limits)
    if (unpayable !== undefined) return firstAnswerOr(world, command, unpayable)

    const schedule = person.claimant.schedule
    const { waiting } = person
    const offer = waiting === undefined || waiting.state === 'over' ? undefined : await acceptOffer(world, runId, waiting.number)
    memory.expectSeats(run)
    let again = true
    while (again && world.tick() - began < patienceMs) {
      const shard = offer?.shard ?? (await memory.shard(run))
      if (shard === undefined) {
        await memory.rememberSoldOut(run)
        return firstAnswerOr(world, command, soldOut())
      }
      const terms = quoted === undefined ? undefined : await quotedTerms(world, memory, { run, person, funding, quote: quoted })
      if (terms === 'changed') return firstAnswerOr(world, command, new Refusal('price-changed'))
      const claim: Claim = {
        personId,
        maskedName: person.maskedName,
        run,
        shard,
        schedule,
        healthCommitment,
        terms,
        from: offer?.from,
        at: now,
      }
      const outcome = await takeSeat(world, command, claim, offer?.steps)
      if ('answer' in outcome) return outcome.answer
      again = false
      if (outcome.failed.startsWith('pot ')) {
        const [, programId = '', of = '', part = ''] = outcome.failed.split(' ')
        memory.potEmpty(programId, of, part)
        again = true
      } else if (outcome.failed === 'seat' && offer?.shard !== undefined) memory.forgetRun(runId)
      else if (outcome.failed === 'seat') {
        // Changed: judge by what it is now. Not changed: only this shard is empty.
        if (outcome.met?.['runVersion'] !== run.version) memory.forgetRun(runId)
        else {
          memory.shardEmpty(runId, shard)
          again = true
        }
      }
      // Otherwise the person's own guard, schedule or offer moved: judge the person again.
    }
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

/**
 * A batch of reads is no snapshot: the same command may have been done between the record's read and the guard's. So before a refusal
 * the record is looked at once more.
 */
async function firstAnswerOr(world: World, command: Command, refusal: Refusal): Promise<Enrollment> {
  const done = await doneBefore<Enrollment>(world, command)
  if (done === undefined) throw refusal
  return done.answer
}

/** A quote, or why it is none: said only after what is wrong with the claim itself. */
function quoteOr(open: () => Quote): Quote | Refusal {
  try {
    return open()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function soldOut(): Refusal {
  return new Refusal('sold-out')
}
