import type { Allocation, Program, Voucher } from '@skills/contract/funding.ts'
import type { Text } from '@skills/contract/text.ts'
import type { History } from '../audit.ts'
import type { Item } from '../table.ts'

/** A program as the table holds it, with its sponsor's name beside it so that a price needs no more reads. */
export interface ProgramItem extends History {
  program: Program
  sponsorName: Text
}

/** Money and seats set aside for one run; `parts` pots hold them. */
export interface AllocationItem extends History {
  allocation: Allocation
  parts: number
}

/** A voucher as it was issued; what is left of it stands in its one pot. `until` and `uses` never change; `state` is its own, whatever its program's is. */
export interface VoucherItem extends History {
  voucher: Omit<Voucher, 'used' | 'state'>
  state: Voucher['state']
}

export const programItemOf = (item: Item | undefined) => item as unknown as ProgramItem | undefined
export const allocationItemOf = (item: Item | undefined) => item as unknown as AllocationItem | undefined
export const voucherItemOf = (item: Item | undefined): VoucherItem | undefined =>
  // One that was issued before vouchers had a state of their own is open.
  item === undefined ? undefined : ({ state: 'open', ...item } as unknown as VoucherItem)
