import type { Command } from '@skills/contract/actor.ts'
import type { MoneyMatter } from '@skills/contract/money-matters.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '../funding/until-done.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { endSteps, matterViews, readMatter } from './money-matter.table.ts'

/** Writes down what an operator found and did about money, and takes it off the list. It changes no order: what one still owes it goes on owing, and can be sent from among those that are done. Refuses `not-found`, `illegal-transition`. */
export function closeMatter(world: World, command: Command, matterId: string, said: string, by: string): Promise<MoneyMatter> {
  return untilDone(world, command, async () => {
    const before = await readMatter(world.table, matterId)
    if (before === undefined) throw new Refusal('not-found')
    const { steps, item } = endSteps(world, before, { end: 'closed', by, said }, command.id)
    const [view] = await matterViews(world.table, [item])
    return transact(world, command, steps, view as MoneyMatter)
  })
}
