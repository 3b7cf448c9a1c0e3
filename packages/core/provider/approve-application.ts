import type { Command } from '@skills/contract/actor.ts'
import type { ApplicationFacts } from '@skills/contract/applications.ts'
import type { Provider, Venue } from '@skills/contract/catalog.ts'
import { auditStep } from '../audit.ts'
import { codeStep, type ProviderItem } from '../catalog/course.table.ts'
import { keys } from '../keys.ts'
import { appointSteps, readMembership } from '../people/membership.table.ts'
import { readItem } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { ApplicationItem } from './application.ts'
import { standingSteps, readStanding } from './standing.table.ts'

/**
 * The steps that an approval makes with its application, all in one transaction: the provider (a known one keeps its code), its venues, its standing, who manages it, and the guard of
 * its unified social credit code. Step `uscc` fails when another provider was approved with the code, `code` when its natural code is taken.
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
    reason: suspended ? standing.reason : null,
    personId,
    accepted: facts.commitments,
    blockedSince: suspended ? standing.blockedSince : null,
    sanctionId: suspended ? (standing.sanctionId ?? null) : null,
    told: standing?.told ?? [],
  }
  const roles = [...new Set([...(membership?.endedAt === null ? membership.roles : []), 'provider:manager' as const])]
  return [
    usccStep(facts.uscc, providerId),
    ...providerSteps(world, command, provider, known, by),
    ...facts.venues.flatMap((venue, place) => venueSteps(world, command, venue, `${application.id.slice(-8)}-${place + 1}`, provider, by)),
    ...standingSteps(world, command, { before: standing, after, action: 'approve', by }),
    { name: 'listed', put: { item: { ...keys.approvedProvider.key(providerId), providerId } } },
    ...appointSteps(world, command, by, { personId, organizationId: providerId, organizationName: provider.name, roles }, membership),
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

function venueSteps(
  world: World,
  command: Command,
  draft: ApplicationFacts['venues'][number],
  code: string,
  provider: Provider,
  by: string,
): Step[] {
  const { name, address, region, rooms, fireSafety } = draft
  const venue: Venue = { id: world.id('venue'), code, providerId: provider.id, name, address, region, rooms }
  const audit = auditStep({ entity: venue.id, action: 'approve', by, at: world.now(), commandId: command.id }, undefined)
  const line = { venueId: venue.id, fireSafetyUntil: fireSafety?.until ?? null, photos: draft.photos }
  return [
    codeStep('venue', provider.code, code, venue.id),
    { name: 'venue', put: { item: { ...keys.venue.key(venue.id), venue, ...audit.history }, condition: 'attribute_not_exists(pk)' } },
    { name: 'line', put: { item: { ...keys.venueOfProvider.key(provider.id, venue.id), ...line } } },
    audit.step,
  ]
}
