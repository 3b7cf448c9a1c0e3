import type { CatalogIndex, CourseRow, CourseRows, CourseSnapshot } from '@skills/contract/snapshot.ts'
import { noTaxonomy, type Taxonomy } from './words.ts'

async function json<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as T
}

/** What is published. Before anything was, there is no such file: the shelves are empty, which is no failure. */
export const loadIndex = () =>
  json<CatalogIndex>('/catalog/index.json').catch((error: unknown): CatalogIndex => {
    if (error instanceof Error && (error.message === '404' || error.message === '403'))
      return { version: 'none', publishedAt: new Date().toISOString(), courses: 0, runs: 0, rows: [], providers: [] }
    throw error
  })
export const loadTaxonomy = () => json<Taxonomy>('/catalog/taxonomy.json').catch(() => noTaxonomy)
/** One row file by the name the index gives it. */
export const loadRows = async (file: string): Promise<CourseRow[]> =>
  (await json<CourseRows>(`/catalog/${file.replace(/^\/?(catalog\/)?/, '')}`)).rows
/** A course whole; nothing when there is no such course. */
export async function loadCourse(id: string): Promise<CourseSnapshot | undefined> {
  const response = await fetch(`/catalog/courses/${encodeURIComponent(id)}.json`)
  if (response.status === 404 || response.status === 403) return undefined
  if (!response.ok) throw new Error(String(response.status))
  const type = response.headers.get('content-type') ?? ''
  return type.includes('json') ? ((await response.json()) as CourseSnapshot) : undefined
}
