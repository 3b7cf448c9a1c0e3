import { atOnce } from '../at-once.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { allocationStands, readAllocation } from './allocation.table.ts'
import { readSetAside, type SetAside } from './budget.table.ts'
import { tryToClose } from './close-allocation.ts'
import { lookAtVoucher } from './look-at-voucher.ts'
import { potStateStep, readPots } from './pot.table.ts'
import { potState } from './program.ts'
import { followedStep, programStands, readProgram } from './program.table.ts'
import { untilDone } from './until-done.ts'
import { readVoucherItem, voucherStands } from './voucher.table.ts'

const atOnceMost = 4

/**
 * Brings every allocation and voucher of a program to where its state wants them: pots open, frozen, or closed with what they had going back. Each is a
 * transaction of its own; one that was done is found so, and one that cannot be done now is still due for the sweep. Throws the first failure when all had their turn.
 */
export async function followProgram(world: World, programId: string, by: string): Promise<void> {
  const program = await readProgram(world.table, programId)
  if (program === undefined) return
  const all = await readSetAside(world.table, programId)
  const { failed } = await atOnce(all, atOnceMost, (one) => follow(world, programId, one, by))
  if (failed[0] !== undefined) throw failed[0].error
  // When the program changed meanwhile, whoever changed it follows it too.
  await transact(world, undefined, [followedStep(program)], null)
}

async function follow(world: World, programId: string, { of, parts, hash }: SetAside, by: string): Promise<void> {
  await untilDone(world, undefined, async () => {
    const nothing = { answer: null, replayed: false }
    const [program, pots] = await Promise.all([readProgram(world.table, programId), readPots(world.table, programId, of, parts)])
    if (program === undefined) return nothing
    const allocation = hash === undefined ? await readAllocation(world.table, of, programId) : undefined
    const voucher = hash === undefined ? undefined : await readVoucherItem(world.table, hash)
    const own = allocation?.allocation.state ?? voucher?.state
    if (own === undefined || own === 'closed') return nothing
    const state = potState(program.program.state, own)
    if (state === 'closed') {
      if (hash === undefined) return (await tryToClose(world, { runId: of, programId, by, answer: () => null })) ?? nothing
      await lookAtVoucher(world, hash, by)
      return nothing
    }
    const others = pots.filter((pot) => pot.state !== state)
    if (others.length === 0) return nothing
    return transact(
      world,
      undefined,
      [
        programStands(program),
        ...(allocation === undefined ? [] : [allocationStands(allocation)]),
        ...(hash === undefined || voucher === undefined ? [] : [voucherStands(hash, voucher)]),
        ...others.map((pot) => potStateStep(pot, state)),
      ],
      null,
    )
  })
}
