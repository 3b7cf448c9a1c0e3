/** A title made ready to be compared: its pairs of neighbouring letters in order, and a mask of them that rules most others out at a glance. */
export interface Letters {
  plain: string
  pairs: readonly number[]
  mask: number
}

/** A title without signs, blanks, width and case, as pairs of letters. */
export function lettersOf(title: string): Letters {
  const plain = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  const points = [...plain].map((letter) => letter.codePointAt(0) ?? 0)
  const pairs = points.slice(1).map((point, at) => (points[at] ?? 0) * 0x200000 + point)
  let mask = 0
  for (const pair of pairs) mask |= 1 << (pair % 31)
  return { plain, pairs: pairs.sort((a, b) => a - b), mask }
}

/** How much two titles share, 0 to 1: twice the pairs of neighbouring letters they have in common over all they have (Dice). Signs and case do not count. */
export function likeness(one: string, other: string): number {
  return likenessOf(lettersOf(one), lettersOf(other))
}

/** The same of titles that were made ready. */
function likenessOf(a: Letters, b: Letters): number {
  if (a.plain === b.plain) return 1
  const all = a.pairs.length + b.pairs.length
  if (all === 0) return 0
  let shared = 0
  for (let left = 0, right = 0; left < a.pairs.length && right < b.pairs.length;) {
    const [x, y] = [a.pairs[left]!, b.pairs[right]!]
    if (x === y) shared += 1
    if (x <= y) left += 1
    if (y <= x) right += 1
  }
  return (2 * shared) / all
}

/** From this likeness on, titles of the same provider, trade and level are taken for the same offer. House rule. */
export const sameOffer = 0.75

/** Whether two titles are so much alike; most that are not are told apart by their masks alone. */
export function isSameOffer(a: Letters, b: Letters): boolean {
  if (a.plain === b.plain) return true
  const needed = (sameOffer / 2) * (a.pairs.length + b.pairs.length)
  if (Math.min(a.pairs.length, b.pairs.length) < needed) return false
  // Each bit that only one has stands for at least one pair that the other lacks.
  if (a.pairs.length - bits(a.mask & ~b.mask) < needed || b.pairs.length - bits(b.mask & ~a.mask) < needed) return false
  return likenessOf(a, b) >= sameOffer
}

function bits(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1
  return count
}
