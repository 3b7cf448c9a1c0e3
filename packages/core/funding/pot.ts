/**
 * A pot: a part of a program's money set aside for one run (one part per shard of its seats) or for a voucher, so that a claim touches no item
 * that every claim of the program touches. Money in it is `available`, `reserved` (promised to a held seat) or `spent`; so are its seats.
 */
export const potAccounts = ['available', 'reserved', 'spent'] as const
export type PotAccount = (typeof potAccounts)[number]

export interface PotHead {
  programId: string
  sponsorId: string
  /** The run or voucher it is set aside for. */
  of: string
  part: string
  /** Only an open pot grants; a frozen one still takes back and posts. */
  state: 'open' | 'frozen' | 'closed'
  availableFen: number
  reservedFen: number
  spentFen: number
  availableSeats: number
  reservedSeats: number
  spentSeats: number
}

/** A line of the subsidy ledger: immutable, moves fen and seats from one account to another. `program` is the program's own account, outside the pot. */
export interface PotLine {
  id: string
  programId: string
  of: string
  part: string
  from: PotAccount | 'program'
  to: PotAccount | 'program'
  fen: number
  seats: number
  at: string
  personId: string | null
  enrollmentId: string | null
  grantId: string | null
}

/** The accounts of a program itself: `outside` is where top-ups come from and withdrawals go, `set-aside` is what lies in pots. */
export const programAccounts = ['outside', 'free', 'set-aside'] as const
export type ProgramAccount = (typeof programAccounts)[number]

export interface ProgramLine {
  id: string
  programId: string
  from: ProgramAccount
  to: ProgramAccount
  fen: number
  at: string
  by: string
  reference: string | null
  /** The run or voucher it was set aside for, or null. */
  of: string | null
}
