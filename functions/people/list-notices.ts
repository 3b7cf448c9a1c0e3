import type { Actor } from '@skills/contract/actor.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import type { World } from '@skills/core/world.ts'

/** What the caller was told last, newest first. */
export async function listNotices(world: World, { actor }: { actor: Actor }) {
  return { notices: await latestNotices(world, actor.personId, 50) }
}
