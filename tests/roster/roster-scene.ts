import type { Actor } from '@skills/contract/actor.ts'
import type { Role } from '@skills/contract/route.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { revealLearner } from '@skills/functions/roster/reveal-learner.ts'
import type { World } from '@skills/core/world.ts'
import { quoteSecret } from '../enrollment/claim-scene.ts'
import { idNumber, mobileNumber, profileInput, type Scene } from '../people/people-scene.ts'

export interface Learner {
  personId: string
  enrollmentId: string
  name: string
  mobile: string
}

/** Somebody with a real profile and a seat in a run. `contact`: she agrees that the provider may have her name and number. */
export async function learner(scene: Scene, { run }: RunItem, n: number, contact = true): Promise<Learner> {
  const personId = scene.person()
  const name = `测学员${String.fromCodePoint(0x4e00 + n)}`
  await scene.register(personId, profileInput(n, { realName: name, residentId: idNumber(n), mobile: mobileNumber(n) }))
  if (contact) await scene.consent(personId, 'provider-contact')
  const enrollment = await claimSeat(
    { world: scene.world, memory: seatMemory(scene.world), quoteSecret },
    { actor: { personId, memberships: [] }, command: scene.command('claimSeat'), params: { runId: run.id }, body: {} },
  )
  return { personId, enrollmentId: enrollment.id, name, mobile: `+86${mobileNumber(n)}` }
}

/** Somebody who acts for a provider. */
export const staff = (world: World, providerId: string, role: Role = 'provider:manager', personId = world.id('person')): Actor => ({
  personId,
  memberships: [{ organizationId: providerId, roles: [role] }],
})

export const sentence = '明天的上课地点有变化，需要马上通知。'

/** Opens a learner's number (or her name) as a manager does. */
export function reveal(
  { world, vault, command }: Scene,
  by: Actor,
  { run }: RunItem,
  { enrollmentId }: Pick<Learner, 'enrollmentId'>,
  more: Partial<Parameters<typeof revealLearner>[2]['body']> = {},
  given = command('revealLearner'),
) {
  return revealLearner(world, vault, {
    actor: by,
    command: given,
    params: { runId: run.id, enrollmentId },
    body: { what: 'mobile', purpose: 'contact', sentence, ...more },
  })
}
