import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { budgetOf } from '@skills/core/funding/account.ts'
import { readAccount } from '@skills/core/funding/account.table.ts'
import { readPotsOf, readSetAside } from '@skills/core/funding/budget.table.ts'
import type { ProgramItem } from '@skills/core/funding/program-item.ts'
import { openReviewsOf } from '@skills/core/funding/review.table.ts'
import type { World } from '@skills/core/world.ts'

/** A program with its budget, and how much there is to look after. */
export async function viewProgram(world: World, { program, version }: ProgramItem): Promise<ProgramView> {
  const [all, openReviews] = await Promise.all([readSetAside(world.table, program.id), openReviewsOf(world.table, program.id)])
  const pots = await readPotsOf(world.table, program.id, all)
  const budget = budgetOf(await readAccount(world.table, program.id), pots)
  return { program, budget, version, allocations: all.filter(({ hash }) => hash === undefined).length, openReviews }
}
