import { dateAt } from '@skills/contract/time.ts'

interface Line {
  at: string
  fen: number
  state: string
}
/** What was spent and reserved in a month of Shanghai's calendar, in fen. */
export interface Month {
  month: string
  spentFen: number
  reservedFen: number
}

/** Grants by the month they were made in, oldest first, months without any between two with some included. What was voided or returned counts in none. */
export function monthsOf(lines: readonly Line[]): Month[] {
  const found = new Map<string, Month>()
  for (const { at, fen, state } of lines) {
    const month = dateAt(at).slice(0, 7)
    const sums = found.get(month) ?? { month, spentFen: 0, reservedFen: 0 }
    if (state === 'spent') sums.spentFen += fen
    if (state === 'reserved') sums.reservedFen += fen
    found.set(month, sums)
  }
  const [first, last] = [[...found.keys()].sort()[0], [...found.keys()].sort().at(-1)]
  const all: Month[] = []
  for (let month = first; month !== undefined && last !== undefined && month <= last; month = following(month))
    all.push(found.get(month) ?? { month, spentFen: 0, reservedFen: 0 })
  return all
}

const following = (month: string) => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
