import { atOnce } from '../at-once.ts'
import type { World } from '../world.ts'
import type { SiteBucket, SiteFile } from './site-bucket.ts'

const folders = ['courses', 'en/courses']
const pageOf = (folder: string, courseId: string) => `${folder}/${courseId}/index.html`
/** Stands in the bucket once every course of the catalog was given its pages. */
const wholeKey = 'catalog/pages.json'
/** So many courses one call makes good; a catalog that is larger takes some calls. */
const mostCourses = 500
const coursesAtOnce = 16
/** For how many milliseconds the shells are remembered: an import of thousands of courses asks for the same two again and again. */
const shellsLive = 10_000

/**
 * The pages of courses that no build of the site has seen: copies of the built shells, which show a course from its file; the next build
 * replaces them. A page that is there is never touched. Where the shells are not built yet nothing is written, and `makeGood` does it later.
 */
export function coursePages(world: World, bucket: SiteBucket) {
  /** Courses that this process has given their pages. */
  const given = new Set<string>()
  let whole = false
  let kept: { shells: Promise<SiteFile[] | undefined>; until: number } | undefined

  /** The shells by folder; undefined until all of them are built, which is then asked anew each time. */
  async function readShells(): Promise<SiteFile[] | undefined> {
    if (kept === undefined || world.tick() >= kept.until) kept = { shells: askShells(), until: world.tick() + shellsLive }
    const asked = kept
    const forget = () => void (kept = kept === asked ? undefined : kept)
    const shells = await asked.shells.catch((error: unknown) => {
      forget()
      throw error
    })
    if (shells === undefined) forget()
    return shells
  }

  async function askShells(): Promise<SiteFile[] | undefined> {
    const shells = await Promise.all(folders.map((folder) => bucket.read(pageOf(folder, '_'))))
    return shells.every((shell) => shell !== undefined) ? shells : undefined
  }

  async function write(shells: readonly SiteFile[], courseId: string): Promise<void> {
    for (const [place, folder] of folders.entries()) {
      await bucket.write(pageOf(folder, courseId), shells[place]?.text ?? '', {
        type: 'text/html; charset=utf-8',
        cache: 'public, max-age=0, must-revalidate',
        over: 'absent',
      })
    }
    if (given.size > 50_000) given.clear()
    given.add(courseId)
  }

  return {
    /** Gives a course its pages where they are missing. `fresh`: the course was not published before, whatever this process remembers. */
    async give(courseId: string, fresh: boolean): Promise<void> {
      if (!fresh && given.has(courseId)) return
      const shells = await readShells()
      if (shells !== undefined) await write(shells, courseId)
    },

    /** Takes the pages of a course away. */
    async remove(courseId: string): Promise<void> {
      given.delete(courseId)
      for (const folder of folders) await bucket.remove(pageOf(folder, courseId))
    },

    /**
     * Gives pages to courses that were published before the shells were built, as after a first import into a house without a site. Once all have
     * theirs it says so in the bucket, and no process looks again.
     */
    async makeGood(courseIds: () => Promise<string[]>): Promise<void> {
      whole ||= (await bucket.read(wholeKey)) !== undefined
      if (whole) return
      const shells = await readShells()
      if (shells === undefined) return
      const missing = (await courseIds()).filter((id) => !given.has(id))
      const { failed } = await atOnce(missing.slice(0, mostCourses), coursesAtOnce, (id) => write(shells, id))
      if (failed[0] !== undefined) throw failed[0].error
      if (missing.length > mostCourses) return
      await bucket.write(wholeKey, '{"whole":true}', { type: 'application/json; charset=utf-8', cache: 'no-store' })
      whole = true
    },
  }
}

export type CoursePages = ReturnType<typeof coursePages>
