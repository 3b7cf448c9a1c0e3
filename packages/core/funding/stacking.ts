import type { Program } from '@skills/contract/funding.ts'

/** One way a program could pay for the seat: from its allocation, or by a voucher. */
export interface FundingOption {
  programId: string
  scheme: string
  stacking: Program['stacking']
  voucherId: string | null
  /** The most it would pay, in fen, and what it still has. */
  fen: number
  leftFen: number
  /** A pass pays what it has; everything else pays its whole part or nothing. */
  partly: boolean
  /** Whether the rules still allow it beside others on the same seat. */
  fits: (beside: readonly FundingOption[]) => boolean
}

export interface Funded {
  option: FundingOption
  fen: number
}

/** More options than anybody meets; above it only those that pay most are tried, so that a price always takes a short time. */
const mostTried = 10

const allows = ({ stacking }: FundingOption, scheme: string) =>
  stacking.kind === 'with' && (stacking.schemes === null || stacking.schemes.includes(scheme))

/** Whether all of them may stand on one seat: different programs, each allowing every other's scheme, and the rules of each still met beside the others. */
export function stackable(options: readonly FundingOption[]): boolean {
  return options.every((one) => {
    const others = options.filter((other) => other !== one)
    return (
      others.every((other) => other.programId !== one.programId && allows(one, other.scheme)) && (others.length === 0 || one.fits(others))
    )
  })
}

/** What an option pays of what is left to pay: cut to it, and nothing where it has not enough for its part. */
export function partOf(option: FundingOption, leftToPay: number): number {
  const part = Math.min(option.fen, leftToPay)
  if (part <= option.leftFen) return part
  return option.partly ? option.leftFen : 0
}

/** Vouchers last, because a pass pays whatever the others leave. */
const inOrder = (a: FundingOption, b: FundingOption) =>
  Number(a.voucherId !== null) - Number(b.voucherId !== null) || (a.programId < b.programId ? -1 : a.programId > b.programId ? 1 : 0)

/**
 * The combination that leaves the least to pay of a sum in fen. Among equals: the fewest grants (each uses up somebody's yearly times), then without the
 * voucher, then the smaller program ids, so that the same case always has the same answer. Grants are filled in the order of program ids; the last one is cut
 * to what is left. None of them is zero.
 */
export function bestCombination(toPayFen: number, options: readonly FundingOption[]): Funded[] {
  const mostFirst = options.toSorted((a, b) => partOf(b, toPayFen) - partOf(a, toPayFen) || inOrder(a, b))
  const tried = mostFirst.slice(0, mostTried).toSorted(inOrder)
  let best: Funded[] = []
  const paid = (chosen: readonly Funded[]) => chosen.reduce((sum, { fen }) => sum + fen, 0)
  const withVoucher = (chosen: readonly Funded[]) => Number(chosen.some(({ option }) => option.voucherId !== null))
  const better = (chosen: readonly Funded[]) =>
    paid(chosen) - paid(best) || best.length - chosen.length || withVoucher(best) - withVoucher(chosen)
  const grow = (chosen: readonly Funded[], from: number) => {
    if (better(chosen) > 0) best = [...chosen]
    const left = toPayFen - paid(chosen)
    for (const [place, option] of tried.entries()) {
      if (place < from) continue
      const fen = partOf(option, left)
      // Rules only get stricter beside more grants, so what does not stand together now never will.
      if (fen > 0 && stackable([...chosen.map((one) => one.option), option])) grow([...chosen, { option, fen }], place + 1)
    }
  }
  grow([], 0)
  return best
}
