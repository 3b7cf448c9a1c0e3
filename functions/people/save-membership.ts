import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Membership } from '@skills/contract/people.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import type { Text } from '@skills/contract/text.ts'
import { doneBefore } from '@skills/core/command.ts'
import { rolesFor } from '@skills/core/people/membership.ts'
import { readMembership, writeMembership } from '@skills/core/people/membership.table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { personId: string; organizationId: string }
  body: { organizationName: Text; roles: Role[] }
}

/** Appoints a person to roles in an organization; earlier roles there are replaced. Refuses `validation-failed` for roles of another kind. */
export async function saveMembership(world: World, { actor, command, params, body }: Call): Promise<Membership> {
  const { personId, organizationId } = params
  const membership = { organizationId, organizationName: body.organizationName, roles: rolesFor(organizationId, body.roles) }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const done = await doneBefore<Membership>(world, command)
    if (done !== undefined) return done.answer
    const before = await readMembership(world, personId, organizationId)
    const outcome = await writeMembership(world, command, actor.personId, personId, membership, before)
    if ('answer' in outcome) return outcome.answer
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
