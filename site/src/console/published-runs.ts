import type { RunRow } from '@skills/contract/snapshot.ts'
import { loadIndex, loadRows, loadTaxonomy } from '../catalog/load.ts'
import { entryOf, score, wordsOf, type Entry } from '../catalog/search.ts'
import { tradeName, word } from '../catalog/words.ts'
import { span } from '../dates.ts'
import type { Language } from '../language.ts'

/** A run of the published catalog, as a console lets choose it. Seats are as many as when it was published: the change itself is judged live. */
export interface PublishedRun {
  id: string
  courseId: string
  title: string
  provider: string
  when: string
  startsAt: string
  priceFen: number
  capacity: number
  free: number
  entry: Entry
}

let loaded: Promise<PublishedRun[]> | undefined

/** All published runs that have not begun, by first meeting; read once. */
export function publishedRuns(lang: Language): Promise<PublishedRun[]> {
  loaded ??= read(lang)
  loaded.catch(() => (loaded = undefined))
  return loaded
}

async function read(lang: Language): Promise<PublishedRun[]> {
  const [index, taxonomy] = await Promise.all([loadIndex(), loadTaxonomy()])
  const files = await Promise.all(index.rows.map(({ file }) => loadRows(file)))
  const now = new Date().toISOString()
  const runs = files.flat().flatMap((row) => {
    const name = index.providers.find(({ id }) => id === row.p)?.name
    const around = [
      name?.zh ?? '',
      name?.en ?? '',
      ...(row.d === null ? [] : [tradeName(taxonomy, row.d, 'zh'), tradeName(taxonomy, row.d, 'en')]),
    ]
    const entry = entryOf(row, name?.[lang] ?? '', [...around, row.l === null ? '' : word('level', row.l, lang)])
    return row.r
      .filter((run) => run[3] > now)
      .map(([id, , , startsAt, endsAt, priceFen, capacity, free]: RunRow) => ({
        id,
        courseId: row.id,
        title: lang === 'zh' ? row.t : row.e,
        provider: name?.[lang] ?? '',
        when: span(startsAt, endsAt, lang),
        startsAt,
        priceFen,
        capacity,
        free,
        entry,
      }))
  })
  return runs.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
}

/** The runs that answer some words, best first; all of them, soonest first, where nothing was typed. */
export function findRuns(runs: readonly PublishedRun[], typed: string): PublishedRun[] {
  const words = wordsOf(typed)
  if (words.length === 0) return [...runs]
  return runs
    .map((run) => ({ run, worth: score(run.entry, words) }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .map(({ run }) => run)
}
