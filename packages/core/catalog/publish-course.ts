import type { World } from '../world.ts'
import { readItem } from '../table.ts'
import { keys } from '../keys.ts'
import { courseRow, courseSnapshot, type PublicCourse } from './publish.ts'
import type { CoursePages } from './publish-pages.ts'
import { readPublicCourse, readRow, removeRow, saveRow } from './publish.table.ts'
import type { SiteBucket, SiteFile } from './site-bucket.ts'
import { stableText } from './stable-text.ts'

const mostTries = 8
const json = 'application/json; charset=utf-8'
/** Files that change under their name: kept for a moment, then asked for again. */
export const shortLived = { type: json, cache: 'public, max-age=10, stale-while-revalidate=30' }

const fileOf = (courseId: string) => `catalog/courses/${courseId}.json`

/**
 * Brings the published file, the pages and the row of one course to what the table says now. May be called in any order and any number of times,
 * by several processes at once: each write holds only over the version that was read before the table was, so an older view never wins.
 */
export async function publishCourse(world: World, bucket: SiteBucket, pages: CoursePages, courseId: string): Promise<void> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const file = await bucket.read(fileOf(courseId))
    const row = await readRow(world.table, courseId)
    const seen = await readPublicCourse(world.table, courseId)
    if (seen !== undefined) {
      if ((await writeFile(world, bucket, pages, file, seen)) && (await saveRow(world.table, row, courseRow(seen), seen.provider))) return
    } else {
      if (file !== undefined) {
        await pages.remove(courseId)
        await bucket.remove(fileOf(courseId))
      }
      const removed = row === undefined || (await removeRow(world.table, row))
      if (removed && (file === undefined || !(await isPublished(world, courseId)))) return
    }
  }
  throw new Error(`the course ${courseId} kept changing while it was published`)
}

async function writeFile(
  world: World,
  bucket: SiteBucket,
  pages: CoursePages,
  file: SiteFile | undefined,
  seen: PublicCourse,
): Promise<boolean> {
  const snapshot = courseSnapshot(seen, world.now())
  if (file !== undefined && versionIn(file) === snapshot.version) return true
  // The pages come first: a delivery that breaks off between the two finds the file still to be written.
  await pages.give(seen.course.id, file === undefined)
  return bucket.write(fileOf(seen.course.id), stableText(snapshot), { ...shortLived, over: file?.etag ?? 'absent' })
}

/** Whether the course is published after all: another process may have published it between our look and our removal. */
async function isPublished(world: World, courseId: string): Promise<boolean> {
  const item = await readItem(world.table, keys.course.key(courseId))
  return (item?.['course'] as { state?: string } | undefined)?.state === 'published'
}

/** The version in a published file; undefined in one that cannot be read, which is then written anew. */
export function versionIn(file: SiteFile): string | undefined {
  try {
    return (JSON.parse(file.text) as { version?: string }).version
  } catch {
    return undefined
  }
}
