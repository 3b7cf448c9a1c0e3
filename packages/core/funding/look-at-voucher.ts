import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { readAccount } from './account.table.ts'
import { closedLookAt } from './allocation.ts'
import type { Looked } from './look-at-allocation.ts'
import { readPots } from './pot.table.ts'
import { potState } from './program.ts'
import { readProgram } from './program.table.ts'
import { untilDone } from './until-done.ts'
import { closeVoucher, lookAgainAtVoucher, readVoucherItem } from './voucher.table.ts'

/** Closes a voucher that has ended or whose program drains, and sends on what came back into a closed one. */
export function lookAtVoucher(world: World, hash: string, by: string): Promise<Looked> {
  return untilDone<Looked>(world, undefined, async () => {
    const before = await readVoucherItem(world.table, hash)
    if (before === undefined) return { answer: 'nothing', replayed: false }
    const { id, programId, until } = before.voucher
    const [program, [pot]] = await Promise.all([readProgram(world.table, programId), readPots(world.table, programId, id, 1)])
    if (program === undefined || pot === undefined) return { answer: 'nothing', replayed: false }
    const now = world.now()
    const over = pot.state !== 'closed' && (until <= now || potState(program.program.state, 'open') === 'closed')
    const cameBack = pot.state === 'closed' && pot.availableFen + pot.availableSeats > 0
    const lookAt = pot.state === 'closed' || over ? closedLookAt(until > now ? now : until, [pot], now) : until
    if (!over && !cameBack) return transact<Looked>(world, undefined, [lookAgainAtVoucher(hash, before, lookAt)], 'nothing')
    const account = await readAccount(world.table, programId)
    const closed = await closeVoucher(world, { hash, before, account, pot, by, lookAt })
    return 'answer' in closed ? { answer: 'returned', replayed: false } : closed
  })
}
