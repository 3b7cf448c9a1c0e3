import { untilDone } from '../funding/until-done.ts'
import { closeRegistrations } from '../provider/close-registrations.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { sanctionSteps } from './sanction-steps.ts'
import { readSanction } from './sanction.table.ts'

/**
 * Closes the registrations that a sanction in force shuts, then says so in it. Nothing opens meanwhile: opening stands on the provider's conduct. It may be stopped anywhere and done again.
 * Out: how many were closed.
 */
export async function closeForSanction(world: World, sanctionId: string, by: string): Promise<number> {
  const item = await readSanction(world.table, sanctionId)
  if (item?.closing !== true || item.sanction.state !== 'in-force') return 0
  const closed = await closeRegistrations(world, item.sanction.providerId, by)
  await untilDone(world, undefined, async () => {
    const before = await readSanction(world.table, sanctionId)
    if (before?.closing !== true || before.sanction.state !== 'in-force') return { answer: null, replayed: false }
    const change = { before, after: { ...before, closing: false }, action: 'registrations closed', by }
    return transact(world, undefined, await sanctionSteps(world, undefined, change), null)
  })
  return closed
}
