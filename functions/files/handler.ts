import * as routes from '@skills/contract/files.routes.ts'
import { saveCoursePicture as coursePictureRoute } from '@skills/contract/planning.routes.ts'
import { acceptFile } from '@skills/core/files/accept-file.ts'
import { once } from '@skills/core/once.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { askUpload } from './ask-upload.ts'
import { listMyFiles, showFile, showMyFile } from './show-file.ts'

const world = realWorld()
/** Loaded when the first request needs it: the client of S3 is larger than all the rest. */
const bucket = once(async () => {
  const { openFileBucket } = await import('@skills/core/files/file-bucket.ts')
  return openFileBucket(process.env['FILES_BUCKET'] ?? '', process.env['FILES_ADDRESS'] ?? '')
})
/** Where published pictures lie. */
const site = once(async () => {
  const { openSiteBucket } = await import('@skills/core/catalog/site-bucket.ts')
  return openSiteBucket(process.env['SITE_BUCKET'] ?? '')
})

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.askUpload, async (call) => askUpload(world, await bucket(), call)),
  on(routes.inspectFile, async ({ actor, command, params }) => acceptFile(world, await bucket(), command, actor.personId, params.fileId)),
  on(routes.listMyFiles, (call) => listMyFiles(world, call)),
  on(routes.showMyFile, async (call) => showMyFile(world, await bucket(), call)),
  on(coursePictureRoute, async (call) =>
    (await import('./save-course-picture.ts')).saveCoursePicture(world, await bucket(), await site(), call),
  ),
  on(routes.showFile, async (call) => showFile(world, await bucket(), call)),
])
