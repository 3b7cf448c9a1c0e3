import type { Actor, Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { membersOf } from '@skills/core/people/members.table.ts'
import { appointsAs } from '@skills/core/people/membership.ts'
import { closeMembership, readMembership } from '@skills/core/people/membership.table.ts'
import type { World } from '@skills/core/world.ts'
import { toldOfChange, witnessSteps } from './membership-change.ts'

interface Call {
  actor: Actor
  command: Command
  params: { personId: string; organizationId: string }
}

/**
 * Ends a person's appointment: an operator any, a manager those of her organization. `ended` is false when there was none. Who acted for it and who manages it are told. Refuses `not-found` for
 * an organization of others, `last-manager` where a manager would leave nobody to manage it.
 */
export async function endMembership(world: World, { actor, command, params }: Call): Promise<{ ended: boolean }> {
  const { personId, organizationId } = params
  const as = appointsAs(actor, organizationId)
  if (as === undefined) throw new Refusal('not-found')
  return untilDone(world, command, async () => {
    const [before, members] = await Promise.all([readMembership(world, personId, organizationId), membersOf(world.table, organizationId)])
    const more =
      before?.endedAt === null
        ? [
            ...(as === 'operator' ? [] : witnessSteps(members, actor.personId, { personId, manages: false })),
            ...toldOfChange(world, members, { ...before, how: 'ended' }),
          ]
        : []
    return closeMembership(world, command, actor.personId, before, more)
  })
}
