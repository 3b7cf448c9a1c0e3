import type { Actor } from '@skills/contract/actor.ts'
import { readConsents } from '@skills/core/people/consent.table.ts'
import type { World } from '@skills/core/world.ts'

/** Every purpose with its current notice and the caller's last answer. */
export async function listConsents(world: World, { actor }: { actor: Actor }) {
  return { consents: await readConsents(world, actor.personId) }
}
