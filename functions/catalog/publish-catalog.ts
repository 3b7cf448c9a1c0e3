import { atOnce } from '@skills/core/at-once.ts'
import { publishCourse } from '@skills/core/catalog/publish-course.ts'
import { publishIndex, publishTaxonomy } from '@skills/core/catalog/publish-index.ts'
import { coursePages } from '@skills/core/catalog/publish-pages.ts'
import { catalogRows } from '@skills/core/catalog/publish.table.ts'
import { providerRecords } from '@skills/core/ranking/provider-records.ts'
import { openSiteBucket, type SiteBucket } from '@skills/core/catalog/site-bucket.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { concernsConduct, courseFinder, type StreamRecord } from './touched-courses.ts'

const coursesAtOnce = 16

interface StreamEvent {
  Records: readonly StreamRecord[]
}

/** A batch is done as a whole or fails as a whole; the mapping then halves it until the bad record is alone. */
interface Handled {
  batchItemFailures: { itemIdentifier: string }[]
}
const allHandled: Handled = { batchItemFailures: [] }

/**
 * The consumer of the stream that keeps the published catalog: for the courses that a batch touched it re-reads the table and rewrites what is
 * not equal, then the row files and the index once; where only a provider's conduct is another, the index alone. Nothing is taken from the records but ids, so they may come in any order and again.
 */
export function catalogPublisher(world: World, bucket: SiteBucket) {
  const coursesOf = courseFinder(world)
  const rows = catalogRows(world.table)
  const conductOf = providerRecords(world)
  const pages = coursePages(world, bucket)
  let taxonomy: Promise<void> | undefined
  return async ({ Records: records }: StreamEvent): Promise<Handled> => {
    taxonomy ??= publishTaxonomy(bucket)
    await taxonomy.catch((error: unknown) => {
      taxonomy = undefined
      throw error
    })
    const courses = await coursesOf(records)
    const conduct = concernsConduct(records)
    if (conduct) conductOf.forget()
    if (courses.length === 0 && !conduct) return allHandled
    const { failed } = await atOnce(courses, coursesAtOnce, (courseId) => publishCourse(world, bucket, pages, courseId))
    await rows.touched(courses)
    await publishIndex(world, bucket, rows.all, conductOf.read)
    await pages.makeGood(async () => (await rows.all()).map(({ row }) => row.id))
    // Only now: the course that fails is a reason to come again, not to keep the others from the catalog.
    if (failed[0] !== undefined) throw failed[0].error
    return allHandled
  }
}

let publisher: ReturnType<typeof catalogPublisher> | undefined

export async function handler(event: StreamEvent): Promise<Handled> {
  publisher ??= catalogPublisher(realWorld(), openSiteBucket(process.env['SITE_BUCKET'] ?? ''))
  return publisher(event)
}
