import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { ComplaintCase } from '@skills/contract/quality.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { openFields, profileOf } from '@skills/core/people/profile.table.ts'
import { changeComplaint } from '@skills/core/quality/change-complaint.ts'
import { answered, complaintCase, decidedOn, isClosed, complaintAt, type ComplaintItem } from '@skills/core/quality/complaint.ts'
import { complaintsOfProvider, openComplaints, readComplaint } from '@skills/core/quality/complaint.table.ts'
import { plainWords } from '@skills/core/quality/plain-words.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { manages, mustBeImpartial } from './concerned.ts'

type Cases = { items: ComplaintCase[]; next: string | null }

/** A page of the complaints about a provider, for its managers and operators; for everybody else there is no such provider. */
export async function listComplaints(
  world: World,
  { actor, params: { providerId }, page }: { actor: Actor; params: { providerId: string }; page: Page },
): Promise<Cases> {
  const known =
    mayAct(actor, providerId, ['provider:manager']) && (await readItem(world.table, keys.provider.key(providerId))) !== undefined
  if (!known) throw new Refusal('not-found')
  const { items, next } = await complaintsOfProvider(world.table, providerId, page)
  return { items: items.map((item) => complaintCase(item, world.now())), next }
}

/** A page of the complaints that are not closed: those about safety, which may be decided at once, before all others; the longest waiting first in each. */
export async function listOpenComplaints(world: World, { page }: { page: Page }): Promise<Cases> {
  const now = world.now()
  const { items, next } = await openComplaints(world.table, page)
  return { items: items.filter(({ complaint }) => !isClosed(complaintAt(complaint, now))).map((item) => complaintCase(item, now)), next }
}

interface OfComplaint<B> {
  actor: Actor
  command: Command
  params: { complaintId: string }
  body: B
}

/** A manager answers for her provider. Refuses `not-found` for any other's, `illegal-transition` for one that is answered or closed, `validation-failed`. */
export async function answerComplaint(
  world: World,
  { actor, command, params, body: sent }: OfComplaint<{ text: string }>,
): Promise<{ complaint: ComplaintCase }> {
  const body = plainWords(sent, 'text')
  const complaint = await untilDone(world, command, async () => {
    const before = await readComplaint(world.table, params.complaintId)
    if (before === undefined || !manages(actor, before.complaint.providerId)) throw new Refusal('not-found')
    const now = world.now()
    const complaint = answered(before.complaint, body.text, now)
    const step = { before, complaint, action: 'answer', by: actor.personId, tells: { complainant: 'answered' } } as const
    return changeComplaint(world, command, step, (made) => complaintCase(made, now))
  })
  return { complaint }
}

/**
 * An operator decides, with her reason: never about a provider she acts for, nor her own complaint. Refuses `not-found`, `another-operator-needed`, `version-conflict`, `illegal-transition`,
 * `validation-failed`.
 */
export async function decideComplaint(
  world: World,
  { actor, command, params, body: sent }: OfComplaint<{ upheld: boolean; reason: string; version: number }>,
): Promise<{ complaint: ComplaintCase }> {
  const body = plainWords(sent, 'reason')
  const complaint = await untilDone(world, command, async () => {
    const before = await impartially(world, actor, params.complaintId)
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const now = world.now()
    const complaint = decidedOn(before.complaint, body, now)
    const tells = { provider: 'decided', complainant: 'decided' } as const
    const step = { before, complaint, action: `decide: ${complaint.state}`, by: actor.personId, tells }
    return changeComplaint(world, command, step, (made) => complaintCase(made, now))
  })
  return { complaint }
}

/** The complaint for an operator who is not concerned. Refuses `not-found`, `another-operator-needed`. */
async function impartially(world: World, actor: Actor, complaintId: string): Promise<ComplaintItem> {
  const item = await readComplaint(world.table, complaintId)
  if (item === undefined) throw new Refusal('not-found')
  mustBeImpartial(actor, item.complaint.providerId)
  if (item.personId === actor.personId) throw new Refusal('another-operator-needed')
  return item
}

interface Named {
  name: string
  personId: string | null
  fileId: string | null
  version: number
}

/**
 * Who complained: to the provider's manager her name, where she agreed; to an operator also whose file was sent. Who looked stands in the audit of the complaint. Refuses `not-found`,
 * `name-not-shown`, `another-operator-needed`.
 */
export async function showComplainant(
  world: World,
  vault: Vault,
  { actor, command, params }: Omit<OfComplaint<never>, 'body'>,
): Promise<Named> {
  const first = await readComplaint(world.table, params.complaintId)
  if (first === undefined || !mayAct(actor, first.complaint.providerId, ['provider:manager'])) throw new Refusal('not-found')
  const own = manages(actor, first.complaint.providerId)
  if (own && !first.complaint.nameShown) throw new Refusal('name-not-shown')
  // The record holds no name: a repeated request looks again, on the first one's record.
  const item = await untilDone(world, command, async () => {
    const before = own ? await readComplaint(world.table, params.complaintId) : await impartially(world, actor, params.complaintId)
    if (before === undefined) throw new Refusal('not-found')
    const action = own ? 'name shown to its manager' : 'name shown to an operator'
    const step = { before, complaint: before.complaint, action, by: actor.personId }
    return changeComplaint(world, command, step, ({ personId, maskedName, complaint, version }) => ({
      personId,
      maskedName,
      fileId: complaint.fileId,
      version,
    }))
  })
  const profile = profileOf(await readItem(world.table, keys.profile.key(item.personId)))
  const clear = profile && openFields(await vault.openKey(item.personId, profile.wrappedKey), item.personId, profile)
  const name = clear?.realName ?? item.maskedName
  const { personId, fileId, version } = item
  return own ? { name, personId: null, fileId: null, version } : { name, personId, fileId, version }
}
