import * as z from 'zod/mini'
import { Course, Provider, Run, Venue } from './catalog.ts'
import { Delivery, Family, Level } from './taxonomy.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

/** What is published of a provider's conduct, for the order of the catalog (`ranking.ts`): counts of its quality figures, and sanctions in force, `restrictions` being all but warnings. */
export const ProviderRecord = z.strictObject({
  runs: z.int(),
  cancelled: z.int(),
  attended: z.int(),
  upheld: z.int(),
  warnings: z.int(),
  restrictions: z.int(),
})
export type ProviderRecord = z.infer<typeof ProviderRecord>

/**
 * The published catalog, JSON files beside the pages:
 * `/catalog/index.json` names the row files; `/catalog/rows-<n>-<hash>.json` hold what browsing needs;
 * `/catalog/courses/<courseId>.json` holds all that a course page shows; `/catalog/taxonomy.json` the words.
 */
export const CatalogIndex = z.strictObject({
  version: z.string(),
  publishedAt: Instant,
  courses: z.int(),
  runs: z.int(),
  /** Row files in the order to load them; the first holds the courses that stand first in the recommended order. */
  rows: z.array(z.strictObject({ file: z.string(), courses: z.int() })),
  providers: z.array(z.strictObject({ id: z.string(), name: Text, q: z.optional(ProviderRecord) })),
})
export type CatalogIndex = z.infer<typeof CatalogIndex>

/** A run as a row shows it: id, opens, closes, first meeting, last meeting (instants), price, capacity, free when published, region. */
export const RunRow = z.tuple([z.string(), Instant, Instant, Instant, Instant, z.int(), z.int(), z.int(), z.string()])
export type RunRow = z.infer<typeof RunRow>

/** One course of the browsable catalog. Keys are short because ten thousand of them travel to a phone. */
export const CourseRow = z.strictObject({
  id: z.string(),
  /** title zh, title en */
  t: z.string(),
  e: z.string(),
  /** pinyin initials of the Chinese title, lower case: 低压电工作业 → dydgzy */
  i: z.string(),
  /** index into `providers` of the index file is not stable across files, so: provider id */
  p: z.string(),
  /** industry, trade, level, family, delivery */
  n: z.string(),
  d: z.nullable(z.string()),
  l: z.nullable(Level),
  f: Family,
  v: Delivery,
  /** languages: 'zh', 'en' or 'zh,en' */
  g: z.string(),
  /** class hours, list fee in fen, first image or null */
  h: z.int(),
  c: z.int(),
  m: z.nullable(z.string()),
  /** ratings that count, and their mean in hundredths of a star (null below three); left out while nobody has rated */
  s: z.optional(z.tuple([z.int(), z.nullable(z.int())])),
  /** runs that are not over and not cancelled, by first meeting */
  r: z.array(RunRow),
})
export type CourseRow = z.infer<typeof CourseRow>
export const CourseRows = z.strictObject({ version: z.string(), rows: z.array(CourseRow) })
export type CourseRows = z.infer<typeof CourseRows>

/** All that a course page shows; `free` is the number of free seats when published, live numbers come from `GET /seats`. */
export const CourseSnapshot = z.strictObject({
  version: z.string(),
  publishedAt: Instant,
  course: Course,
  provider: Provider,
  venues: z.array(Venue),
  runs: z.array(z.strictObject({ run: Run, free: z.int() })),
})
export type CourseSnapshot = z.infer<typeof CourseSnapshot>
