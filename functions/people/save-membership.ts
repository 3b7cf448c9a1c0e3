import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Membership } from '@skills/contract/people.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import type { Text } from '@skills/contract/text.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { membersOf } from '@skills/core/people/members.table.ts'
import { appointsAs, manages, rolesFor } from '@skills/core/people/membership.ts'
import { readMembership, writeMembership } from '@skills/core/people/membership.table.ts'
import type { World } from '@skills/core/world.ts'
import { toldOfChange, witnessSteps } from './membership-change.ts'

interface Call {
  actor: Actor
  command: Command
  params: { personId: string; organizationId: string }
  body: { organizationName?: Text | undefined; roles: Role[]; version?: number | undefined }
}

/**
 * Appoints a person to roles in an organization; earlier roles there are replaced. An operator for every organization, a manager for hers. Who is appointed and who manages it are told. Refuses
 * `not-found` for an organization of others, `validation-failed` for roles of another kind or a name that is missing, `version-conflict`, `last-manager`.
 */
export async function saveMembership(world: World, { actor, command, params, body }: Call): Promise<Membership> {
  const { personId, organizationId } = params
  const as = appointsAs(actor, organizationId)
  if (as === undefined) throw new Refusal('not-found')
  const roles = rolesFor(organizationId, body.roles)
  return untilDone(world, command, async () => {
    const [before, members] = await Promise.all([readMembership(world, personId, organizationId), membersOf(world.table, organizationId)])
    const live = before?.endedAt === null ? before : undefined
    if ((live?.version ?? 0) !== (body.version ?? 0)) throw new Refusal('version-conflict')
    const known = members.find((one) => one.personId === actor.personId) ?? members[0]
    const organizationName = (as === 'operator' ? body.organizationName : undefined) ?? known?.organizationName ?? nameless()
    const membership = { organizationId, organizationName, roles }
    const more = [
      ...(as === 'operator' ? [] : witnessSteps(members, actor.personId, { personId, manages: manages(membership) })),
      ...toldOfChange(world, members, { personId, ...membership, how: live === undefined ? 'appointed' : 'changed' }),
    ]
    return writeMembership(world, command, actor.personId, personId, membership, before, more)
  })
}

function nameless(): never {
  const detail = {
    zh: '这里还没有人代表这个机构，请填写机构名称。',
    en: 'Nobody acts for this organization yet: say what it is called.',
  }
  throw new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/organizationName', code: 'required', detail }] })
}
