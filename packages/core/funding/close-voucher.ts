import type { Command } from '@skills/contract/actor.ts'
import type { Voucher } from '@skills/contract/funding.ts'
import type { Outcome } from '../transact.ts'
import type { World } from '../world.ts'
import { readAccount } from './account.table.ts'
import { closedLookAt } from './allocation.ts'
import { readPots } from './pot.table.ts'
import { closeVoucher, holdVoucher, readVoucherItem, voucherView } from './voucher.table.ts'

/**
 * One try at closing a voucher, or at emptying one that is closed: its pot is shut first, then what nobody was promised goes back to the program in one transaction.
 * Out: the voucher as it is then. Fails by name when something came between; undefined where there is no such voucher.
 */
export async function tryToCloseVoucher(
  world: World,
  { hash, by, command }: { hash: string; by: string; command?: Command | undefined },
): Promise<Outcome<Voucher> | undefined> {
  const before = await readVoucherItem(world.table, hash)
  if (before === undefined) return undefined
  const { id, programId, until } = before.voucher
  const [pot] = await readPots(world.table, programId, id, 1)
  if (pot === undefined) return undefined
  if (pot.state === 'open') {
    const held = await holdVoucher(world, hash, before, pot)
    if ('failed' in held) return held
  }
  const [[shut], account] = await Promise.all([readPots(world.table, programId, id, 1), readAccount(world.table, programId)])
  if (shut === undefined) return undefined
  const now = world.now()
  const lookAt = closedLookAt(until > now ? now : until, [shut], now)
  return closeVoucher(world, command, { hash, before, account, pot: shut, by, lookAt }, (item) => voucherView(item, shut))
}
