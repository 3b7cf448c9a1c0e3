import type { MyInvitation } from '@skills/contract/employers.routes.ts'
import { runOf, type RunItem } from '@skills/core/catalog/run-item.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import { readInvitations, type ReadInvitation } from '@skills/core/employer/invitation.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import type * as z from 'zod/mini'

export type Mine = ReadInvitation & { run: RunItem }

/** A person's invitations with the runs they are for. */
export async function myInvitations(world: World, personId: string): Promise<Mine[]> {
  const invitations = await readInvitations(world, personId)
  const runs = await readItems(
    world.table,
    invitations.map(({ order }) => keys.run.key(order.runId)),
  )
  return invitations.flatMap((one, place) => {
    const run = runOf(runs[place])
    return run === undefined ? [] : [{ ...one, run }]
  })
}

/** An invitation as the invited person sees it: who invites, to what, when. What the employer calls her is not said. */
export function myInvitation({ order, invitation, run }: Mine): z.infer<typeof MyInvitation> {
  return {
    id: invitation.id,
    runId: order.runId,
    courseId: order.courseId,
    title: order.title,
    employerName: order.employerName,
    startsAt: firstMeeting(run.run),
    state: invitation.state,
  }
}
