import type { PayoutLine, PayoutPart, PayoutSum } from '@skills/contract/payout.ts'
import type { ReckonedLine } from './payout-line.ts'

/** Lines that one statement holds at most: one transaction writes them, and takes 4 MB. What is beyond stands in the next. */
export const mostLines = 2_000

/** What was earned by a line. */
export const earnedBy = (line: Pick<ReckonedLine, 'parts'>): number => line.parts.reduce((sum, { earnedFen }) => sum + earnedFen, 0)

/**
 * What the next statement says: every line that no statement has yet, and a correction for every one that came to something else since. `differenceFen` of all lines over all statements add up
 * to what was earned. In: the lines as reckoned now; those of the statements before, oldest first. A line that is not there any more is taken back whole, which never happens to good books.
 */
export function newLines(now: readonly ReckonedLine[], before: readonly PayoutLine[]): PayoutLine[] {
  const said = saidSoFar(before)
  const changed = now.flatMap((line) => {
    const old = said.get(line.id)
    if (old !== undefined && sameMoney(old.parts, line.parts)) return []
    return [{ ...line, differenceFen: earnedBy(line) - (old === undefined ? 0 : earnedBy(old)) }]
  })
  const ids = new Set(now.map(({ id }) => id))
  const gone = [...said.values()].filter(({ id, parts }) => !ids.has(id) && parts.length > 0)
  return [...changed, ...gone.map((line) => ({ ...line, parts: [], differenceFen: -earnedBy(line) }))].slice(0, mostLines)
}

/** The last that statements said of each line, by its id. */
function saidSoFar(before: readonly PayoutLine[]): Map<string, PayoutLine> {
  return new Map(before.map((line) => [line.id, line]))
}

/** Whether two readings of one line come to the same, fen by fen and reason by reason. */
export function sameMoney(one: readonly PayoutPart[], other: readonly PayoutPart[]): boolean {
  return JSON.stringify(one.map(inOrder)) === JSON.stringify(other.map(inOrder))
}
const inOrder = ({ payer, sponsorId, programId, paidFen, refundedFen, lostFen, heldFen, earnedFen, held, rule }: PayoutPart) => [
  ...[payer, sponsorId, programId, paidFen, refundedFen, lostFen, heldFen, earnedFen, rule],
  held.map(({ reason, fen }) => [reason, fen]),
]

/** The sums of lines by payer, the learners first, then employers, then each program of each sponsor. Names are filled in by who reads them. */
export function sumsOf(lines: readonly Pick<ReckonedLine, 'parts'>[]): PayoutSum[] {
  const sums = new Map<string, PayoutSum>()
  for (const { payer, sponsorId, programId, ...part } of lines.flatMap(({ parts }) => parts)) {
    const key = `${payer === 'sponsor' ? 2 : payer === 'employer' ? 1 : 0} ${sponsorId ?? ''} ${programId ?? ''}`
    const sum = sums.get(key) ?? {
      payer,
      sponsorId,
      programId,
      name: null,
      paidFen: 0,
      refundedFen: 0,
      lostFen: 0,
      heldFen: 0,
      earnedFen: 0,
    }
    sums.set(key, {
      ...sum,
      paidFen: sum.paidFen + part.paidFen,
      refundedFen: sum.refundedFen + part.refundedFen,
      lostFen: sum.lostFen + part.lostFen,
      heldFen: sum.heldFen + part.heldFen,
      earnedFen: sum.earnedFen + part.earnedFen,
    })
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}

/** The lines as they stand after these statements: the last that was said of each. */
export function toDate(before: readonly PayoutLine[], next: readonly PayoutLine[]): PayoutLine[] {
  return [...saidSoFar([...before, ...next]).values()]
}

/** Whether a part adds up: `paid = refunded + lost + held + earned`, each zero or more, and what is held has reasons for all of it. */
export function addsUp({ paidFen, refundedFen, lostFen, heldFen, earnedFen, held }: PayoutPart): boolean {
  return (
    [paidFen, refundedFen, lostFen, heldFen, earnedFen].every((fen) => Number.isSafeInteger(fen) && fen >= 0) &&
    paidFen === refundedFen + lostFen + heldFen + earnedFen &&
    held.reduce((sum, { fen }) => sum + fen, 0) === heldFen
  )
}
