import type { RunRow } from '@skills/contract/snapshot.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { courseFacets, score, wordsOf, type CourseFacet, type Entry } from './search.ts'
import type { ListFacet, Wish } from './wish.ts'

interface Hit {
  entry: Entry
  /** The runs that answer the wish, by first meeting. */
  runs: readonly RunRow[]
}
export type Counts = Record<ListFacet, Map<string, number>> & { seats: number }
export interface Found {
  hits: Hit[]
  /** For each value of a facet: how many courses there would be with it, all other wishes kept. */
  counts: Counts
}

/** Prices in four steps: free, up to 500 yuan, up to 1,000, more. */
const priceStep = (fen: number) => (fen === 0 ? 'free' : fen <= 500_00 ? 'to-500' : fen <= 1_000_00 ? 'to-1000' : 'over-1000')
export const priceSteps = ['free', 'to-500', 'to-1000', 'over-1000'] as const

const inRegion = 1
const inPrice = 2
const inSeats = 4
const inDates = 8

/** Whether a run still takes people: it has a seat and registration has not closed. */
const takes = (run: RunRow, now: string) => run[7] > 0 && run[2] > now

/**
 * Finds the courses of a wish and counts every facet, in one pass. What is asked of runs (place, price, seats, dates) must be true of one
 * and the same run. `now` is an instant.
 */
export function browse(entries: readonly Entry[], wish: Wish, now: string): Found {
  const counts: Counts = {
    industry: new Map(),
    trade: new Map(),
    level: new Map(),
    delivery: new Map(),
    language: new Map(),
    region: new Map(),
    price: new Map(),
    seats: 0,
  }
  const words = wordsOf(wish.q)
  const after = wish.from === '' ? '' : instantOf(wish.from, '00:00')
  const before = wish.to === '' ? '' : plusMinutes(instantOf(wish.to, '00:00'), 24 * 60)
  const asked = wish.region.length > 0 || wish.price.length > 0 || wish.seats || after !== '' || before !== ''
  const add = (facet: ListFacet, value: string) => {
    const map = counts[facet]
    map.set(value, (map.get(value) ?? 0) + 1)
  }
  const missing = (run: RunRow) =>
    (wish.region.length > 0 && !wish.region.includes(run[8]) ? inRegion : 0) |
    (wish.price.length > 0 && !wish.price.includes(priceStep(run[5])) ? inPrice : 0) |
    (wish.seats && !takes(run, now) ? inSeats : 0) |
    ((after !== '' && run[3] < after) || (before !== '' && run[3] >= before) ? inDates : 0)

  // Values of runs that this course was counted for already.
  const seen: string[] = []
  const once = (facet: 'region' | 'price', value: string) => {
    if (seen.includes(value)) return
    seen.push(value)
    add(facet, value)
  }
  const wanted = courseFacets.filter((facet) => wish[facet].length > 0)
  const found: { hit: Hit; worth: number; at: number }[] = []
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at]!
    const worth = score(entry, words)
    if (worth === 0) continue
    // One facet that does not fit still counts for that facet; two count for none.
    let failed: CourseFacet | undefined
    let many = false
    for (const facet of wanted) {
      if (entry.facets[facet].some((value) => wish[facet].includes(value))) continue
      many = failed !== undefined
      failed = facet
    }
    if (many) continue
    const runs = asked ? entry.row.r.filter((run) => missing(run) === 0) : entry.row.r
    if (!asked || runs.length > 0) {
      for (const facet of failed === undefined ? courseFacets : [failed]) for (const value of entry.facets[facet]) add(facet, value)
      if (failed === undefined) found.push({ hit: { entry, runs }, worth, at })
    }
    if (failed !== undefined) continue
    seen.length = 0
    let seats = false
    for (const run of entry.row.r) {
      const lacks = missing(run)
      if ((lacks & ~inRegion) === 0) once('region', run[8])
      if ((lacks & ~inPrice) === 0) once('price', priceStep(run[5]))
      if ((lacks & ~inSeats) === 0 && takes(run, now)) seats = true
    }
    if (seats) counts.seats += 1
  }
  const least = (hit: Hit, of: (run: RunRow) => number | string) =>
    hit.runs.map(of).reduce<number | string>((best, one) => (best === '' || one < best ? one : best), '')
  const order: Record<Wish['sort'], (a: (typeof found)[number], b: (typeof found)[number]) => number> = {
    best: (a, b) => b.worth - a.worth || a.at - b.at,
    soon: (a, b) =>
      compare(
        least(a.hit, (run) => run[3]),
        least(b.hit, (run) => run[3]),
      ) || a.at - b.at,
    price: (a, b) => price(a.hit) - price(b.hit) || a.at - b.at,
    seats: (a, b) => free(b.hit, now) - free(a.hit, now) || a.at - b.at,
  }
  // Without words and without another order the catalog's own order stands already.
  if (words.length > 0 || wish.sort !== 'best') found.sort(order[wish.sort])
  return { hits: found.map(({ hit }) => hit), counts }
}

/** Texts in order; nothing comes last. */
const compare = (a: number | string, b: number | string) => (a === b ? 0 : a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1)
const price = (hit: Hit) => hit.runs.reduce((least, run) => Math.min(least, run[5]), hit.runs.length > 0 ? Infinity : hit.entry.row.c)
const free = (hit: Hit, now: string) => hit.runs.reduce((sum, run) => sum + (takes(run, now) ? run[7] : 0), 0)
