import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { MoneyMatter } from '@skills/contract/money-matters.routes.ts'
import { checkWords } from '@skills/core/funding/review.ts'
import { closeMatter } from '@skills/core/order/close-matter.ts'
import { matterViews, readMatters } from '@skills/core/order/money-matter.table.ts'
import { resendRefund as resend } from '@skills/core/order/resend-refund.ts'
import type { World } from '@skills/core/world.ts'

interface OfMatter {
  actor: Actor
  command: Command
  params: { matterId: string }
}

/** Money that a person must look at, or that somebody saw to, the newest first, a page at a time. */
export async function listMoneyMatters(
  world: World,
  { query, page }: { query: { state?: 'open' | 'done' | undefined }; page: Page },
): Promise<{ items: MoneyMatter[]; next: string | null }> {
  const found = await readMatters(world.table, query.state ?? 'open', page.limit + 1, page.after)
  const shown = found.slice(0, page.limit)
  return { items: await matterViews(world.table, shown), next: found.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
}

/** Sends a failed refund again. Refuses as core's `resendRefund`. */
export function resendRefund(world: World, { actor, command, params }: OfMatter): Promise<MoneyMatter> {
  return resend(world, command, params.matterId, actor.personId)
}

/** Says what was found and done about money. Refuses `validation-failed` for words with private numbers, and as core's `closeMatter`. */
export async function closeMoneyMatter(
  world: World,
  { actor, command, params, body }: OfMatter & { body: { said: string } },
): Promise<MoneyMatter> {
  checkWords(body.said, '#/said')
  return closeMatter(world, command, params.matterId, body.said.trim(), actor.personId)
}
