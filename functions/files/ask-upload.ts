import type { Actor, Command } from '@skills/contract/actor.ts'
import type { File } from '@skills/contract/files.ts'
import type { FileBucket, UploadForm } from '@skills/core/files/file-bucket.ts'
import { askedFile, formMinutes, incomingKey, refuseMore, type FileAsk } from '@skills/core/files/file.ts'
import { readFiles, writeFile } from '@skills/core/files/file.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  body: FileAsk
}

/**
 * Notes a file that is to come and signs a form for it: this key, this type, this many bytes. The form is signed anew each time, so that none is kept. Refuses `file-rejected`,
 * `too-many-files`.
 */
export async function askUpload(
  world: World,
  bucket: FileBucket,
  { actor: { personId }, command, body }: Call,
): Promise<{ file: File; form: UploadForm }> {
  const file = await untilDone(world, command, async () => {
    const asked = askedFile(world.id('file'), body, world.now())
    refuseMore((await readFiles(world.table, personId)).map((item) => item.file))
    return writeFile(world, command, { before: undefined, personId, file: asked, action: 'ask', by: personId })
  })
  const form = await bucket.form({ key: incomingKey(file), type: file.type, bytes: file.bytes, minutes: formMinutes }, world.now())
  return { file, form }
}
