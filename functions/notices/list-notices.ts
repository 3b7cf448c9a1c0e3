import type { Actor, Page } from '@skills/contract/actor.ts'
import { markRead, noticePage, unreadOf } from '@skills/core/notices/notice.table.ts'
import type { World } from '@skills/core/world.ts'

/** What the caller was told, newest first, a page at a time. */
export function listNotices(world: World, { actor, page }: { actor: Actor; page: Page }) {
  return noticePage(world, actor.personId, page)
}

/** How many of her latest notices the caller has not read. */
export async function countUnread(world: World, { actor }: { actor: Actor }) {
  return { unread: await unreadOf(world, actor.personId) }
}

/** Marks notices as read; those of others are as good as none. */
export async function readNotices(world: World, { actor, body }: { actor: Actor; body: { noticeIds: string[] } }) {
  await markRead(world, actor.personId, body.noticeIds)
  return { unread: await unreadOf(world, actor.personId) }
}
