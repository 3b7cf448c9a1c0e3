import type { Text } from '@skills/contract/text.ts'
import { outboxStep } from '../outbox.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { noticeStep } from './notice-step.ts'

/**
 * The steps that tell a person of a complaint, a sanction or a rating in the change's own transaction: the notice on the site, and the event that brings a message to who chose it.
 * `organizationId`: for which organization she hears of it; null where it is her own.
 */
export function caseSteps(
  world: World,
  personId: string,
  told: { title: Text; body: Text; href: string },
  organizationId: string | null,
): Step[] {
  return [noticeStep(world, personId, told), outboxStep(world, { type: 'case-news', personId, organizationId, href: told.href })]
}
