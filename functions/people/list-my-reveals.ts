import type { Actor } from '@skills/contract/actor.ts'
import type { Reveal } from '@skills/contract/learners.routes.ts'
import { readReveals } from '@skills/core/roster/reveal.table.ts'
import type { World } from '@skills/core/world.ts'

/** Who looked at the caller's name or mobile, when, for which run, what for and in which words; the latest first. */
export async function listMyReveals(world: World, { actor }: { actor: Actor }): Promise<{ reveals: Reveal[] }> {
  return { reveals: (await readReveals(world.table, actor.personId)).map(({ reveal }) => reveal) }
}
