import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Sanction, SanctionCase, SanctionGrade } from '@skills/contract/quality.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { readRuleTexts } from '@skills/core/provider/rule-text.table.ts'
import { rulesOn } from '@skills/core/provider/rule-texts.ts'
import { closeForSanction } from '@skills/core/quality/close-for-sanction.ts'
import { plainWords } from '@skills/core/quality/plain-words.ts'
import { readComplaints } from '@skills/core/quality/complaint.table.ts'
import { sanctionSteps, type SanctionChange } from '@skills/core/quality/sanction-steps.ts'
import {
  appealDecided,
  closesRegistration,
  confirmed,
  proposed,
  sanctionCase,
  shownSanction,
  withdrawn,
  type SanctionItem,
} from '@skills/core/quality/sanction.ts'
import { liveSanctions, readSanction } from '@skills/core/quality/sanction.table.ts'
import { readItem } from '@skills/core/table.ts'
import { transact, type Outcome } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { isConcerned, mustBeImpartial } from './concerned.ts'

/** What operators have to do: proposals, sanctions in force, appeals; each with what the caller may do. */
export async function listSanctionCases(world: World, { actor }: { actor: Actor }): Promise<{ sanctions: SanctionCase[] }> {
  const now = world.now()
  const items = await liveSanctions(world.table)
  return { sanctions: items.map((item) => sanctionCase(item, actor.personId, isConcerned(actor, item.sanction.providerId), now)) }
}

/** Writes a change of a sanction; the answer is what its provider sees of it. */
export async function writeSanction(world: World, command: Command, change: SanctionChange): Promise<Outcome<Sanction>> {
  const version = (change.before?.version ?? 0) + 1
  const answer = shownSanction({ ...change.after, version, auditHash: '' }, world.now())
  return transact(world, command, await sanctionSteps(world, command, change), answer)
}

interface Propose {
  actor: Actor
  command: Command
  params: { providerId: string }
  body: {
    grade: SanctionGrade
    reason: string
    complaintIds: string[]
    ruleTextId: string
    clause: string
    days: number | null
    atOnce: string | null
  }
}

/**
 * An operator who does not act for the provider proposes a sanction, on complaints about it and a rule that holds. The provider is told and can be heard. Refuses `not-found`,
 * `another-operator-needed`, `validation-failed`.
 */
export async function proposeSanction(
  world: World,
  { actor, command, params: { providerId }, body: sent }: Propose,
): Promise<{ sanction: Sanction }> {
  const body = plainWords(sent, 'reason', 'clause', 'atOnce')
  const [provider, complaints, rules] = await Promise.all([
    readItem(world.table, keys.provider.key(providerId)),
    readComplaints(world.table, body.complaintIds),
    readRuleTexts(world.table),
  ])
  if (provider === undefined) throw new Refusal('not-found')
  mustBeImpartial(actor, providerId)
  const theirs = new Set(complaints.filter(({ complaint }) => complaint.providerId === providerId).map(({ complaint }) => complaint.id))
  const errors = body.complaintIds.flatMap((id, place) => (theirs.has(id) ? [] : [fault(`#/complaintIds/${place}`, 'complaint')]))
  if (!rulesOn(rules, world.now()).current.some(({ id }) => id === body.ruleTextId)) errors.push(fault('#/ruleTextId', 'rule'))
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
  const providerName = (provider['provider'] as { name: Sanction['providerName'] }).name
  const sanction = await untilDone(world, command, async () => {
    const sanction = proposed({ id: world.id('sanction'), providerId, providerName, ...body }, world.now())
    const after = { sanction, proposedBy: actor.personId, confirmedBy: null, appealDecidedBy: null, closing: false }
    return writeSanction(world, command, { before: undefined, after, action: 'propose', by: actor.personId, tells: 'proposed' })
  })
  return { sanction }
}

const fault = (pointer: string, what: 'complaint' | 'rule') => ({
  pointer,
  code: `not-such-a-${what}`,
  detail:
    what === 'complaint'
      ? { zh: '这不是对这家机构的投诉。', en: 'This is no complaint about this provider.' }
      : { zh: '这条规则现在不施行。', en: 'This rule does not hold now.' },
})

interface OfSanction<B> {
  actor: Actor
  command: Command
  params: { sanctionId: string }
  body: B
}

/** The sanction for an operator who does not act for its provider. Refuses `not-found`, `another-operator-needed`. */
async function impartially(world: World, actor: Actor, sanctionId: string): Promise<SanctionItem> {
  const item = await readSanction(world.table, sanctionId)
  if (item === undefined) throw new Refusal('not-found')
  mustBeImpartial(actor, item.sanction.providerId)
  return item
}

/**
 * A second operator confirms: it holds from now on. Registrations that are to close are closed after it, and by the sweep where this dies. Refuses `not-found`, `another-operator-needed`,
 * `version-conflict`, `illegal-transition`, `still-to-be-heard`.
 */
export async function confirmSanction(
  world: World,
  { actor, command, params, body }: OfSanction<{ version: number }>,
): Promise<{ sanction: Sanction }> {
  const { personId: by } = actor
  const sanction = await untilDone(world, command, async () => {
    const before = await impartially(world, actor, params.sanctionId)
    const sanction = confirmed(before, by, world.now())
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const closing = closesRegistration(sanction.grade)
    const after = { ...before, sanction, confirmedBy: by, closing }
    return writeSanction(world, command, { before, after, action: 'confirm', by, tells: 'in-force' })
  })
  if (closesRegistration(sanction.grade)) await closeForSanction(world, sanction.id, by)
  return { sanction }
}

/** An operator takes a proposal back. Refuses `not-found`, `another-operator-needed`, `illegal-transition`, `validation-failed`. */
export async function withdrawSanction(
  world: World,
  { actor, command, params, body: sent }: OfSanction<{ reason: string }>,
): Promise<{ sanction: Sanction }> {
  const body = plainWords(sent, 'reason')
  const { personId: by } = actor
  const sanction = await untilDone(world, command, async () => {
    const before = await impartially(world, actor, params.sanctionId)
    const after = { ...before, sanction: withdrawn(before.sanction, body.reason, world.now()) }
    return writeSanction(world, command, { before, after, action: 'withdraw', by, tells: 'withdrawn' })
  })
  return { sanction }
}

/**
 * A third operator decides an appeal: kept, shortened or lifted. Refuses `not-found`, `another-operator-needed`, `version-conflict`, `illegal-transition`, `validation-failed`.
 */
export async function decideAppeal(
  world: World,
  {
    actor,
    command,
    params,
    body: sent,
  }: OfSanction<{ outcome: 'kept' | 'shortened' | 'lifted'; days: number | null; reason: string; version: number }>,
): Promise<{ sanction: Sanction }> {
  const body = plainWords(sent, 'reason')
  const { personId: by } = actor
  const sanction = await untilDone(world, command, async () => {
    const before = await impartially(world, actor, params.sanctionId)
    const sanction = appealDecided(before, body, by, world.now())
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const after = { ...before, sanction, appealDecidedBy: by, closing: before.closing && sanction.state === 'in-force' }
    return writeSanction(world, command, { before, after, action: `appeal ${body.outcome}`, by, tells: body.outcome })
  })
  return { sanction }
}
