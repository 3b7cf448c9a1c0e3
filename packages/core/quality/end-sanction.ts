import { untilDone } from '../funding/until-done.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { sanctionSteps } from './sanction-steps.ts'
import { sanctionAt } from './sanction.ts'
import { readSanction } from './sanction.table.ts'

/** Writes down that a sanction ended on its date, and lets its provider publish again. Out: whether it ended now; an appeal that was faster has decided. */
export async function endSanction(world: World, sanctionId: string, by: string): Promise<boolean> {
  return untilDone(world, undefined, async () => {
    const before = await readSanction(world.table, sanctionId)
    if (before?.sanction.state !== 'in-force') return { answer: false, replayed: false }
    const sanction = sanctionAt(before.sanction, world.now())
    if (sanction.state !== 'ended') return { answer: false, replayed: false }
    const change = { before, after: { ...before, sanction, closing: false }, action: 'end', by, tells: 'ended' } as const
    return transact(world, undefined, await sanctionSteps(world, undefined, change), true)
  })
}
