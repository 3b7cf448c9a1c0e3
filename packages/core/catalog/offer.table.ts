import type { Course } from '@skills/contract/catalog.ts'
import { keys } from '../keys.ts'
import { readItem, type Table } from '../table.ts'
import type { Offer } from './offer.ts'
import { runOf } from './run-item.ts'

/** A run that people may see, or undefined: there is none, or it or its course is still a draft. */
export async function readOffer(table: Table, runId: string): Promise<Offer | undefined> {
  const run = runOf(await readItem(table, keys.run.key(runId)))
  if (run === undefined || run.run.state === 'draft') return undefined
  const course = (await readItem(table, keys.course.key(run.run.courseId)))?.['course'] as Course | undefined
  return course === undefined || course.state === 'draft' ? undefined : { ...run, courseState: course.state }
}
