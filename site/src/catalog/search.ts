import type { CourseRow } from '@skills/contract/snapshot.ts'

/** A course made ready for searching: everything in lower case, once. */
export interface Entry {
  row: CourseRow
  title: string
  english: string
  initials: string
  /** Provider, trade, industry, places and languages in words. */
  around: string
  provider: string
  /** What it is in the facets that belong to the course. */
  facets: Record<CourseFacet, readonly string[]>
}

export const courseFacets = ['industry', 'trade', 'level', 'delivery', 'language'] as const
export type CourseFacet = (typeof courseFacets)[number]

const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** Makes a course searchable. `around` are the words it can also be found by, in both languages. */
export function entryOf(row: CourseRow, provider: string, around: readonly string[]): Entry {
  return {
    row,
    title: plain(row.t),
    english: plain(row.e),
    initials: row.i,
    around: plain(around.join(' ')),
    provider,
    facets: facetsOf(row),
  }
}

const one = (value: string | null) => (value === null ? [] : [value])
const facetsOf = (row: CourseRow): Entry['facets'] => ({
  industry: [row.n],
  trade: one(row.d),
  level: one(row.l),
  delivery: [row.v],
  language: row.g.split(','),
})

/** The words of a query, all of which must be found. */
export const wordsOf = (query: string) =>
  plain(query)
    .split(/[\s,，、。;；]+/)
    .filter(Boolean)

/** Whether every letter of a word stands in some pair of letters that the text has: 电工夜校 finds 夜校 … 电工. */
function pairsCover(word: string, text: string): boolean {
  if (word.length < 3 || !/^[\u3400-\u9fff]+$/.test(word)) return false
  const covered = new Set<number>()
  for (let at = 0; at + 1 < word.length; at += 1) if (text.includes(word.slice(at, at + 2))) covered.add(at).add(at + 1)
  return covered.size === word.length
}

function worth(entry: Entry, word: string): number {
  if (entry.title.startsWith(word)) return 12
  if (entry.title.includes(word)) return 10
  if (entry.initials.startsWith(word)) return 9
  const english = entry.english.indexOf(word)
  if (english >= 0) return english === 0 || entry.english[english - 1] === ' ' ? 8 : 3
  if (word.length > 1 && entry.initials.includes(word)) return 6
  if (entry.around.includes(word)) return 4
  return pairsCover(word, entry.title + entry.around) ? 2 : 0
}

/** How well a course answers: 0 is not at all, more is better. Every word must be found somewhere. */
export function score(entry: Entry, words: readonly string[]): number {
  let sum = 1
  for (const word of words) {
    const found = worth(entry, word)
    if (found === 0) return 0
    sum += found
  }
  return sum
}
