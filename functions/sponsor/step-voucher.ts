import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Voucher } from '@skills/contract/funding.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { tryToCloseVoucher } from '@skills/core/funding/close-voucher.ts'
import { readPots } from '@skills/core/funding/pot.table.ts'
import { allocationStepsTo } from '@skills/core/funding/program.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { readVoucherOf, switchVoucher, voucherView } from '@skills/core/funding/voucher.table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram } from './own-program.ts'

interface Call {
  actor: Actor
  command: Command
  params: { programId: string; voucherId: string }
  body: { to: Voucher['state'] }
}

/**
 * Freezes a voucher, thaws it, or closes it before its end: then what nobody was promised goes back to the program at once, and seats that are held keep what they
 * reserved. A frozen or closed one pays for nothing from the same moment. Closing what is closed sends on what came back since. Refuses `not-found`, `illegal-transition`.
 */
export async function stepVoucher(world: World, { actor, command, params, body }: Call): Promise<Voucher> {
  const { programId, voucherId } = params
  const by = actor.personId
  return untilDone(world, command, async () => {
    const program = await ownProgram(world, actor, programId, 'manage')
    const [found, [pot]] = await Promise.all([
      readVoucherOf(world.table, programId, voucherId),
      readPots(world.table, programId, voucherId, 1),
    ])
    if (found === undefined || pot === undefined) throw new Refusal('not-found')
    const { hash, item: before } = found
    const goes = allocationStepsTo(program.program.state, before.state, body.to)
    if (body.to === 'closed') {
      const closed = await tryToCloseVoucher(world, { hash, by, command })
      if (closed === undefined) throw new Refusal('not-found')
      return closed
    }
    if (!goes) return transact(world, command, [], voucherView(before, pot))
    return switchVoucher(world, command, { hash, before, program, pot, to: body.to, by }, (item) => voucherView(item, pot))
  })
}
