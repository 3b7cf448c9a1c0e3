import type { Key } from '../table.ts'
import type { World } from '../world.ts'
import { followProgram } from './follow-program.ts'
import { lookAtAllocation, type Looked } from './look-at-allocation.ts'
import { lookAtPot } from './look-at-pot.ts'
import { lookAtVoucher } from './look-at-voucher.ts'

/** Looks at what is due in the index: an allocation, a voucher, a pot that money came back to late, or a program whose state others have to follow. In: its key; out: what was done. */
export async function lookAtFunding(world: World, { pk, sk }: Key, by: string): Promise<Looked> {
  const [kind = '', id = ''] = pk.split('#')
  if (kind === 'RUN') return lookAtAllocation(world, id, sk.slice('ALLOCATION#'.length), by)
  if (kind === 'VOUCHER') return lookAtVoucher(world, id, by)
  if (kind === 'POT') return lookAtPot(world, { pk, sk }, by)
  await followProgram(world, id, by)
  return 'followed'
}
