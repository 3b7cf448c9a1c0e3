import type { Split } from '@skills/contract/order.ts'

/**
 * Shares a whole number of fen by weights so that the parts add up to it exactly: everyone gets the floor of their exact share, and what is left goes out
 * fen by fen to the largest remainders, the earlier place first among equals (Hamilton's method). A negative sum is the mirror image of the positive one.
 * In: safe integers, weights zero or more. Throws `RangeError` for anything else, and for a sum that nobody has a weight for.
 */
export function shares(fen: number, weights: readonly number[]): number[] {
  if (!Number.isSafeInteger(fen)) throw new RangeError('a sum is a safe integer of fen')
  if (!weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0))
    throw new RangeError('a weight is a safe integer, zero or more')
  if (fen < 0) return shares(-fen, weights).map((part) => (part === 0 ? 0 : -part))
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (all === 0n) {
    if (fen > 0) throw new RangeError('a sum needs somebody to go to')
    return weights.map(() => 0)
  }
  const exact = weights.map((weight, place) => ({
    place,
    part: (BigInt(fen) * BigInt(weight)) / all,
    rest: (BigInt(fen) * BigInt(weight)) % all,
  }))
  const left = Number(BigInt(fen) - exact.reduce((sum, { part }) => sum + part, 0n))
  const lucky = exact.toSorted((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1)).slice(0, left)
  const extra = new Set(lucky.map(({ place }) => place))
  return exact.map(({ part, place }) => Number(part) + (extra.has(place) ? 1 : 0))
}

/** Whole percent of a sum of fen, rounded down, without leaving the integers that a number holds exactly. */
export function percentOf(fen: number, percent: number): number {
  return Math.floor(fen / 100) * percent + Math.floor(((fen % 100) * percent) / 100)
}

/**
 * The split of a list price: what subsidy, employer and discount leave is payable. In: fen. Throws `RangeError` when a part is no whole number of fen from zero
 * up, or when the parts are more than the price: such a split must never be written down.
 */
export function splitOf(listFen: number, parts: Partial<Pick<Split, 'subsidyFen' | 'employerFen' | 'discountFen'>>): Split {
  const { subsidyFen = 0, employerFen = 0, discountFen = 0 } = parts
  const payableFen = listFen - subsidyFen - employerFen - discountFen
  for (const fen of [listFen, subsidyFen, employerFen, discountFen, payableFen]) {
    if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError('the parts of a price do not add up')
  }
  return { listFen, subsidyFen, employerFen, discountFen, payableFen }
}

/** Whether a split adds up, each part zero or more (invariant O1 of the fault model). */
export function addsUp(split: Split): boolean {
  const parts = [split.subsidyFen, split.employerFen, split.discountFen, split.payableFen]
  return (
    [split.listFen, ...parts].every((fen) => Number.isSafeInteger(fen) && fen >= 0) &&
    parts.reduce((sum, fen) => sum + fen, 0) === split.listFen
  )
}
