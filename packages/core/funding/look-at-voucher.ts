import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { closedLookAt } from './allocation.ts'
import { tryToCloseVoucher } from './close-voucher.ts'
import type { Looked } from './look-at-allocation.ts'
import { potStateStep, readPots } from './pot.table.ts'
import { potState } from './program.ts'
import { programStands, readProgram } from './program.table.ts'
import { untilDone } from './until-done.ts'
import { lookAgainAtVoucher, readVoucherItem } from './voucher.table.ts'

/** Closes a voucher that has ended or whose program drains, sends on what came back into a closed one, and opens a pot again that a broken closing left shut. */
export function lookAtVoucher(world: World, hash: string, by: string): Promise<Looked> {
  return untilDone<Looked>(world, undefined, async () => {
    const nothing = { answer: 'nothing', replayed: false } as const
    const before = await readVoucherItem(world.table, hash)
    if (before === undefined) return nothing
    const { id, programId, until } = before.voucher
    const [program, [pot]] = await Promise.all([readProgram(world.table, programId), readPots(world.table, programId, id, 1)])
    if (program === undefined || pot === undefined) return nothing
    const now = world.now()
    const state = potState(program.program.state, before.state)
    const over = before.state !== 'closed' && (until <= now || state === 'closed')
    const cameBack = before.state === 'closed' && pot.availableFen + pot.availableSeats > 0
    if (over || cameBack) {
      const closed = await tryToCloseVoucher(world, { hash, by })
      return closed === undefined || 'answer' in closed ? { answer: 'returned', replayed: false } : closed
    }
    const lookAt = before.state === 'closed' ? closedLookAt(until > now ? now : until, [pot], now) : until
    const astray = pot.state === state ? [] : [programStands(program), potStateStep(pot, state)]
    return transact<Looked>(world, undefined, [lookAgainAtVoucher(hash, before, lookAt), ...astray], 'nothing')
  })
}
