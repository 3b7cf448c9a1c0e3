import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Course, Image } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { changeCourse, readCourse } from '@skills/core/catalog/course.table.ts'
import type { SiteBucket } from '@skills/core/catalog/site-bucket.ts'
import type { FileBucket } from '@skills/core/files/file-bucket.ts'
import { acceptedFile } from '@skills/core/files/file.table.ts'
import { keptKey } from '@skills/core/files/file.ts'
import { framePicture } from '@skills/core/files/frame-picture.ts'
import { checkWords } from '@skills/core/funding/review.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { World } from '@skills/core/world.ts'

interface Wanted {
  fileId: string
  fit: 'crop' | 'contain'
  alt: Text
}
interface Call {
  actor: Actor
  command: Command
  params: { courseId: string }
  body: { version: number; picture: Wanted | null }
}

/** A day: browsers ask again after it, so that a picture that was taken away is gone from them too. */
const cache = 'public, max-age=86400'

/**
 * Gives a course its picture, at the version its editor saw: the inspected file of the caller in the shape of the shelves, public under a name of its own before the course names it; the catalog follows by
 * the stream. Refuses `not-found`, `version-conflict`, `file-not-accepted`, `validation-failed` for words that are none.
 */
export async function saveCoursePicture(
  world: World,
  files: FileBucket,
  site: SiteBucket,
  { actor, command, params, body }: Call,
): Promise<{ courseId: string; version: number; picture: Image | null }> {
  const saved = await untilDone(world, command, async () => {
    const before = await readCourse(world.table, params.courseId)
    if (before === undefined || !mayAct(actor, before.course.providerId, ['provider:manager'])) throw new Refusal('not-found')
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const images = body.picture === null ? [] : [await publish(world, { files, site }, actor.personId, body.picture)]
    const course: Course = { ...before.course, images }
    const { providerName } = before
    return changeCourse(world, before, { course, providerName }, { by: actor.personId, action: 'picture', command })
  })
  return { courseId: saved.course.id, version: saved.version, picture: saved.course.images[0] ?? null }
}

/** Writes the framed picture beside the catalog. One file in one shape has one name and one content, so writing it again changes nothing. */
async function publish(
  world: World,
  { files, site }: { files: FileBucket; site: SiteBucket },
  personId: string,
  { fileId, fit, alt }: Wanted,
): Promise<Image> {
  checkWords(alt.zh, '#/picture/alt/zh')
  checkWords(alt.en, '#/picture/alt/en')
  const file = await acceptedFile(world, { fileId, personId, kinds: ['course-picture'] })
  const bytes = await files.read(keptKey(file))
  if (bytes === undefined) throw new Refusal('file-not-accepted')
  const framed = await framePicture(bytes, fit)
  const key = `catalog/pictures/${file.id}-${fit}.jpg`
  await site.write(key, framed.bytes, { type: 'image/jpeg', cache })
  return { src: `/${key}`, width: framed.width, height: framed.height, alt }
}
