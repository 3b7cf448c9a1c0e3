import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Application, ApplicationFacts } from '@skills/contract/applications.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readItem } from '@skills/core/table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { emptyFacts, faultsOf, mustBeOpen, wholeFacts, type ApplicationItem } from '@skills/core/provider/application.ts'
import { applicationsOf, readApplication, shownApplication, writeApplication } from '@skills/core/provider/application.table.ts'
import { mustBeOnly, readRenewal, renewalSteps, type Renewal } from '@skills/core/provider/renewal.table.ts'
import type { World } from '@skills/core/world.ts'
import { knownOf } from './known.ts'

/** How many applications one person may have begun in all; one is under way at a time for each provider. */
const most = 20

interface Open {
  actor: Actor
  command: Command
  body: { providerId?: string | undefined }
}

/**
 * Begins an application: for a new provider, or, by its manager, for one that is known already. Refuses `not-found` for somebody else's provider, `application-open` while one of her own for it
 * is not decided, or another manager's lies with the operators.
 */
export async function openApplication(world: World, { actor, command, body }: Open): Promise<{ application: Application }> {
  const { personId } = actor
  const application = await untilDone(world, command, async () => {
    const known = body.providerId === undefined ? undefined : await readItem(world.table, keys.provider.key(body.providerId))
    const read =
      body.providerId === undefined ? undefined : await readRenewal(world, personId, { providerId: body.providerId, known: true })
    if (body.providerId !== undefined && (read?.manager === undefined || known === undefined)) throw new Refusal('not-found')
    const begun = await applicationsOf(world.table, personId)
    const same = ({ application: one }: ApplicationItem) =>
      body.providerId === undefined ? !one.known : one.providerId === body.providerId
    const underWay = begun.some((one) => same(one) && one.application.state !== 'approved' && one.application.state !== 'refused')
    if (underWay || begun.length >= most) throw new Refusal('application-open')
    const application: ApplicationItem['application'] = {
      id: world.id('application'),
      providerId: body.providerId ?? world.id('provider'),
      known: known !== undefined,
      state: 'draft',
      facts:
        known === undefined
          ? emptyFacts
          : { ...emptyFacts, ...factsOf(known['provider'] as Pick<ApplicationFacts, 'name' | 'about' | 'region'>) },
      createdAt: world.now(),
      submittedAt: null,
      answers: [],
    }
    const renewal = read === undefined ? undefined : await mustBeOnly(world, application.id, read)
    const change = { before: undefined, personId, application, action: 'begin', by: personId }
    return writeApplication(world, command, change, renewalSteps(application, renewal))
  })
  return { application }
}

const factsOf = ({ name, about, region }: Pick<ApplicationFacts, 'name' | 'about' | 'region'>) => ({ name, about, region })

/** The applications the caller began. */
export async function listMyApplications(world: World, { actor }: { actor: Actor }): Promise<{ applications: Application[] }> {
  return { applications: (await applicationsOf(world.table, actor.personId)).map(shownApplication) }
}

interface Save {
  actor: Actor
  command: Command
  params: { applicationId: string }
  body: { version: number; facts: { [K in keyof ApplicationFacts]?: ApplicationFacts[K] | undefined } }
}

/** Saves pieces of a draft; what is not named stays. Refuses `not-found`, `version-conflict` where another device saved meanwhile, `illegal-transition`. */
export async function saveApplication(world: World, { actor, command, params, body }: Save): Promise<{ application: Application }> {
  const application = await untilDone(world, command, async () => {
    const { before, renewal } = await own(world, actor, params.applicationId, body.version)
    const named = Object.fromEntries(Object.entries(body.facts).filter(([, value]) => value !== undefined))
    const application = { ...before.application, facts: { ...before.application.facts, ...named } }
    const change = { before, personId: actor.personId, application, action: 'save', by: actor.personId }
    return writeApplication(world, command, change, renewalSteps(application, renewal))
  })
  return { application }
}

interface Submit {
  actor: Actor
  command: Command
  params: { applicationId: string }
  body: { version: number }
}

/** Sends an application to the operators. Refuses `validation-failed` with everything that is missing, `version-conflict`, `illegal-transition`, `not-found`. */
export async function submitApplication(world: World, { actor, command, params, body }: Submit): Promise<{ application: Application }> {
  const application = await untilDone(world, command, async () => {
    const { before, renewal } = await own(world, actor, params.applicationId, body.version)
    const known = await knownOf(world, actor.personId)
    const errors = faultsOf(before.application.facts, known)
    if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
    const facts = wholeFacts(before.application.facts, known)
    const application: ApplicationItem['application'] = { ...before.application, facts, state: 'submitted', submittedAt: known.now }
    const change = { before, personId: actor.personId, application, action: 'submit', by: actor.personId }
    return writeApplication(world, command, change, renewalSteps(application, renewal))
  })
  return { application }
}

/** The caller's own draft; for a provider that is known already only while she manages it, and while no other manager's application for it lies with the operators. */
async function own(
  world: World,
  { personId }: Actor,
  applicationId: string,
  version: number,
): Promise<{ before: ApplicationItem; renewal: Renewal | undefined }> {
  const before = await readApplication(world.table, applicationId)
  if (before?.personId !== personId) throw new Refusal('not-found')
  const read = await readRenewal(world, personId, before.application)
  if (read !== undefined && read.manager === undefined) throw new Refusal('not-found')
  mustBeOpen(before.application)
  if (before.version !== version) throw new Refusal('version-conflict')
  return { before, renewal: read === undefined ? undefined : await mustBeOnly(world, applicationId, read) }
}
