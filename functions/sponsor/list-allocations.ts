import type { Actor } from '@skills/contract/actor.ts'
import type { Voucher } from '@skills/contract/funding.ts'
import type { AllocationView } from '@skills/contract/sponsors.routes.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { readPotsOf, readSetAside } from '@skills/core/funding/budget.table.ts'
import { allocationItemOf } from '@skills/core/funding/program-item.ts'
import { readVouchers } from '@skills/core/funding/voucher.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { allocationView } from './allocation-view.ts'
import { ownProgram } from './own-program.ts'

interface Call {
  actor: Actor
  params: { programId: string }
}

/** What a program set aside for runs, with what is left of it. */
export async function listAllocations(world: World, { actor, params }: Call): Promise<{ allocations: AllocationView[] }> {
  const { programId } = params
  await ownProgram(world, actor, programId, 'look')
  const all = (await readSetAside(world.table, programId)).filter(({ hash }) => hash === undefined)
  const [pots, items] = await Promise.all([
    readPotsOf(world.table, programId, all),
    readItems(world.table, [...all.map(({ of }) => keys.allocation.key(of, programId)), ...all.map(({ of }) => keys.run.key(of))]),
  ])
  const allocations = all.flatMap(({ of }, place): AllocationView[] => {
    const allocation = allocationItemOf(items[place])
    const run = runOf(items[all.length + place])
    const own = pots.filter((pot) => pot.of === of)
    return allocation === undefined || run === undefined ? [] : [allocationView(allocation, run, own)]
  })
  return { allocations }
}

/** The vouchers a program issued; their codes are kept nowhere. */
export async function listVouchers(world: World, { actor, params }: Call): Promise<{ vouchers: Voucher[] }> {
  await ownProgram(world, actor, params.programId, 'look')
  return { vouchers: await readVouchers(world.table, params.programId, await readSetAside(world.table, params.programId)) }
}
