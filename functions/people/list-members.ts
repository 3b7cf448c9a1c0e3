import type { Actor } from '@skills/contract/actor.ts'
import type { listMembers as route } from '@skills/contract/people.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { keys } from '@skills/core/keys.ts'
import { membersOf } from '@skills/core/people/members.table.ts'
import { appointsAs } from '@skills/core/people/membership.ts'
import { claimFacts } from '@skills/core/people/profile.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import type * as z from 'zod/mini'

interface Call {
  actor: Actor
  params: { organizationId: string }
}

/** Who acts for an organization now, masked, for operators and whoever manages it. Refuses `not-found` for an organization of others. */
export async function listMembers(world: World, { actor, params }: Call): Promise<z.input<typeof route.answer.body>> {
  const { organizationId } = params
  if (appointsAs(actor, organizationId) === undefined) throw new Refusal('not-found')
  const members = await membersOf(world.table, organizationId)
  const profiles = await readItems(
    world.table,
    members.map(({ personId }) => keys.profile.key(personId)),
  )
  return {
    organizationName: members[0]?.organizationName ?? null,
    items: members.map(({ personId, roles, since, version }, place) => ({
      personId,
      displayName: claimFacts(profiles[place]).maskedName || null,
      roles,
      since,
      version,
    })),
  }
}
