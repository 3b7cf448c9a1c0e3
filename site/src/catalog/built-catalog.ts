import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rank, recordsIn } from '@skills/contract/ranking.ts'
import { dateAt } from '@skills/contract/time.ts'
import type { CatalogIndex, CourseRow, CourseRows, CourseSnapshot } from '@skills/contract/snapshot.ts'
import { noTaxonomy, type Taxonomy } from './words.ts'

/** The snapshot that the site is built from. Without a folder, or with an empty one, there is simply nothing on the shelves yet. */
const folder = process.env['CATALOG_DIR'] ?? ''
const read = <T>(name: string): T | undefined => {
  const file = join(folder, name)
  return folder !== '' && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

export const index = read<CatalogIndex>('index.json')
export const taxonomy = read<Taxonomy>('taxonomy.json') ?? noTaxonomy
const rowFiles = (index?.rows ?? []).flatMap(({ file }) => read<CourseRows>(file) ?? read<CourseRows>(file.replace(/^.*\//, '')) ?? [])

const unordered = rowFiles.flatMap((file) => file.rows.map((row) => ({ row })))
const records = recordsIn(index?.providers ?? [])
/** All courses of the snapshot as rows, in the recommended order of the day it was published. */
export const rows: readonly CourseRow[] =
  index === undefined ? [] : rank(unordered, records, dateAt(index.publishedAt)).map(({ entry }) => entry.row)
/** When the snapshot was published, in milliseconds; the build's only clock. */
export const publishedAt = index ? Date.parse(index.publishedAt) : 0
export const providerName = (id: string, lang: 'zh' | 'en') => index?.providers.find((provider) => provider.id === id)?.name[lang] ?? ''
/** One course whole, read when its page is made. */
export const courseOf = (id: string) => read<CourseSnapshot>(`courses/${id}.json`)
