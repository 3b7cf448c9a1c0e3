import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Reveal, Revealed } from '@skills/contract/learners.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { readSeats } from '@skills/core/attendance/attendance.table.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { enrollmentItemOf } from '@skills/core/enrollment/enrollment-item.ts'
import { checkWords } from '@skills/core/funding/review.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { open, type Vault } from '@skills/core/people/personal-data.ts'
import { claimFacts } from '@skills/core/people/profile.ts'
import { profileOf } from '@skills/core/people/profile.table.ts'
import { mayReveal, shownMinutes } from '@skills/core/roster/reveal.ts'
import { writeReveal, type KeptReveal } from '@skills/core/roster/reveal.table.ts'
import { readItem, readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { runId: string; enrollmentId: string }
  body: Pick<Reveal, 'what' | 'purpose' | 'sentence'>
}

/**
 * Opens one learner's name or mobile to a manager of the provider whose run she attends, for a purpose that is written down first, told to her, and counted. The value stands in this answer and
 * nowhere else: a repeated request opens it again for a few minutes, then no more. Refuses `not-found`, `reveal-closed`, `contact-not-allowed`, `too-many-reveals`, `reveal-over`,
 * `validation-failed` for words that hold a number.
 */
export async function revealLearner(world: World, vault: Vault, { actor, command, params, body }: Call): Promise<Revealed> {
  const { what, purpose } = body
  checkWords(body.sentence, '#/sentence')
  const mine = { ...body, sentence: body.sentence.trim() }
  await allowed(world, actor, params, purpose)
  const kept = await untilDone<KeptReveal>(world, command, async () => {
    const { item, seat, byName } = await allowed(world, actor, params, purpose)
    const at = world.now()
    const about = { runId: item.run.id, runTitle: item.title, providerName: item.providerName, byName }
    return writeReveal(world, command, { seat, providerId: item.run.providerId, reveal: { at, ...mine, ...about }, by: actor.personId })
  })
  if (plusMinutes(kept.at, shownMinutes) < world.now()) throw new Refusal('reveal-over')
  const profile = profileOf(await readItem(world.table, keys.profile.key(kept.personId)))
  const field = what === 'name' ? 'realName' : 'mobile'
  const sealed = profile?.sealed[field]
  if (profile === undefined || sealed === undefined || sealed === null) throw new Refusal('not-found')
  const key = await vault.openKey(kept.personId, profile.wrappedKey)
  const value = open(key, { personId: kept.personId, field, version: profile.version }, sealed)
  return { enrollmentId: kept.enrollmentId, what, value, at: kept.at }
}

/** What is looked at, judged as it is now, strongly read. A run of somebody else's is as good as none, so is a seat of another run. */
async function allowed(world: World, actor: Actor, { runId, enrollmentId }: Call['params'], purpose: Reveal['purpose']) {
  const item = await readRun(world.table, runId)
  const manages = actor.memberships.some(
    ({ organizationId, roles }) => organizationId === item?.run.providerId && roles.includes('provider:manager'),
  )
  if (item === undefined || !manages) throw new Refusal('not-found')
  const personId = (await readSeats(world.table, runId, { id: enrollmentId })).seats[0]?.personId
  if (personId === undefined) throw new Refusal('not-found')
  const [found, consent, own] = await readItems(world.table, [
    keys.enrollment.key(personId, enrollmentId),
    keys.consent.key(personId, 'provider-contact'),
    keys.profile.key(actor.personId),
  ])
  const seat = enrollmentItemOf(found)
  if (seat === undefined) throw new Refusal('not-found')
  mayReveal(item.run, seat, consent, purpose, world.now())
  return { item, seat, byName: claimFacts(own).maskedName }
}
