import type { Command } from '@skills/contract/actor.ts'
import type { ApplicationFacts } from '@skills/contract/applications.ts'
import type { Provider, Venue } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { auditStep, type History } from '../audit.ts'
import { codeStep, type ProviderItem } from '../catalog/course.table.ts'
import { keys } from '../keys.ts'
import { membershipCheck } from '../people/members.table.ts'
import { manages } from '../people/membership.ts'
import { appointSteps, readMembership } from '../people/membership.table.ts'
import { roomsLost } from '../planning/room-bookings.ts'
import { readItem, readItems, readRange } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { sameVenue, type ApplicationItem } from './application.ts'
import type { SafeVenue } from './standing.ts'
import { standingSteps, readStanding } from './standing.table.ts'

/**
 * The steps that an approval makes with its application, all in one transaction: the provider (a known one keeps its code), its venues, its standing, who manages it, and the guard of
 * its unified social credit code. Who applied for a known provider gets no role by it: she manages the provider now, and still does when the transaction is written. Step `uscc` fails when
 * another provider was approved with the code, `code` when its natural code is taken. Refuses `applicant-not-manager`.
 */
export async function approvalSteps(
  world: World,
  command: Command,
  { application, personId }: ApplicationItem,
  by: string,
): Promise<Step[]> {
  const { providerId, facts } = application
  const [known, standing, membership] = await Promise.all([
    readItem(world.table, keys.provider.key(providerId)) as Promise<ProviderItem | undefined>,
    readStanding(world.table, providerId),
    readMembership(world, personId, providerId),
  ])
  const live = membership?.endedAt === null ? membership : undefined
  if (application.known && (live === undefined || !manages(live))) throw new Refusal('applicant-not-manager')
  const venues = await venuesOf(world, application)
  const safe = venues.flatMap(({ venue: { id, name }, draft }): SafeVenue[] =>
    draft.fireSafety?.until ? [{ venueId: id, name, until: draft.fireSafety.until }] : [],
  )
  const provider: Provider = {
    id: providerId,
    code: known?.provider.code ?? facts.uscc,
    name: facts.name,
    about: facts.about,
    region: facts.region,
  }
  // Who is suspended stays so: papers are one thing, and what she was suspended for another.
  const suspended = standing?.state === 'suspended'
  const after = {
    providerId,
    state: suspended ? ('suspended' as const) : ('approved' as const),
    scope: facts.scope.map(({ trade, until }) => ({ trade, until })),
    licenceUntil: facts.licence?.until ?? null,
    venues: [...(standing?.venues ?? []).filter(({ venueId }) => !venues.some(({ venue }) => venue.id === venueId)), ...safe],
    reason: suspended ? standing.reason : null,
    personId,
    accepted: facts.commitments,
    blockedSince: suspended ? standing.blockedSince : null,
    sanctionId: suspended ? (standing.sanctionId ?? null) : null,
    told: standing?.told ?? [],
  }
  const roles = [...new Set([...(live?.roles ?? []), 'provider:manager' as const])]
  const renamed = live?.organizationName.zh !== provider.name.zh || live.organizationName.en !== provider.name.en
  return [
    usccStep(facts.uscc, providerId),
    ...providerSteps(world, command, provider, known, by),
    ...venues.flatMap((one) => venueSteps(world, command, one, provider, by)),
    ...standingSteps(world, command, { before: standing, after, action: 'approve', by }),
    { name: 'listed', put: { item: { ...keys.approvedProvider.key(providerId), providerId } } },
    ...(application.known && live !== undefined && !renamed
      ? [membershipCheck(live)]
      : appointSteps(world, command, by, { personId, organizationId: providerId, organizationName: provider.name, roles }, membership)),
  ]
}

/** One code, one provider, for ever: whoever is approved first has it. */
function usccStep(uscc: string, providerId: string): Step {
  const item = { ...keys.providerUscc.key(uscc), providerId }
  return { name: 'uscc', put: { item, condition: 'attribute_not_exists(pk) OR providerId = :own', values: { ':own': providerId } } }
}

function providerSteps(world: World, command: Command, provider: Provider, known: ProviderItem | undefined, by: string): Step[] {
  const action = known === undefined ? 'approve' : 'change by application'
  const audit = auditStep({ entity: provider.id, action, by, at: world.now(), commandId: command.id }, known)
  const item = { ...keys.provider.key(provider.id), provider, ...audit.history }
  if (known !== undefined)
    return [{ name: 'provider', put: { item, condition: 'version = :before', values: { ':before': known.version } } }, audit.step]
  return [
    codeStep('provider', 'all', provider.code, provider.id),
    { name: 'provider', put: { item, condition: 'attribute_not_exists(pk)' } },
    audit.step,
  ]
}

interface Named {
  draft: ApplicationFacts['venues'][number]
  venue: Venue
  /** The venue as it is already; undefined: it is new. */
  before: (History & { venue: Venue }) | undefined
}

/**
 * The venues of an application. One with the name and address of a venue that its provider has already is that venue, with new papers: runs name it, and it would be there twice.
 */
async function venuesOf(world: World, { id, providerId, facts }: ApplicationItem['application']): Promise<Named[]> {
  const prefix = keys.venueOfProvider.key(providerId, '')
  const lines = await readRange(world.table, { pk: prefix.pk, begins: prefix.sk })
  const items = await readItems(
    world.table,
    lines.map(({ sk }) => keys.venue.key(sk.slice(prefix.sk.length))),
  )
  const known = items.flatMap((item) => (item === undefined ? [] : [item as unknown as History & { venue: Venue }]))
  const taken = new Set<string>()
  return facts.venues.map((draft, place) => {
    const before = known.find(({ venue }) => !taken.has(venue.id) && sameVenue(venue, draft))
    if (before !== undefined) taken.add(before.venue.id)
    const { name, address, region, rooms } = draft
    const own = before?.venue ?? { id: world.id('venue'), code: `${id.slice(-8)}-${place + 1}`, providerId }
    return { draft, before, venue: { ...own, name, address, region, rooms } }
  })
}
function venueSteps(world: World, command: Command, { draft, venue, before }: Named, provider: Provider, by: string): Step[] {
  const action = before === undefined ? 'approve' : 'change by application'
  const about = roomsLost(before?.venue, venue)
  const audit = auditStep({ entity: venue.id, action, by, at: world.now(), commandId: command.id, about }, before)
  const line = { venueId: venue.id, fireSafetyUntil: draft.fireSafety?.until ?? null }
  const is =
    before === undefined
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'version = :before', values: { ':before': before.version } }
  return [
    ...(before === undefined ? [codeStep('venue', provider.code, venue.code, venue.id)] : []),
    { name: 'venue', put: { item: { ...keys.venue.key(venue.id), venue, ...audit.history }, ...is } },
    { name: 'line', put: { item: { ...keys.venueOfProvider.key(provider.id, venue.id), ...line } } },
    audit.step,
  ]
}
