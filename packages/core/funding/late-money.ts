import { plusMinutes } from '@skills/contract/time.ts'

/** So many days after a run or a voucher has ended its pots are looked at for what comes back. */
export const drainDays = 180

/**
 * Whether a pot that money comes back to must be looked at again for it. In: when the seat was claimed, now. What paid for it ended after the claim, and is looked at for `drainDays`
 * from then on; one day is kept for clocks and sweeps.
 */
export const comesBackLate = (claimedAt: string, now: string): boolean => now > plusMinutes(claimedAt, (drainDays - 1) * 24 * 60)
