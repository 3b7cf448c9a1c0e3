import type { Actor, Command } from '@skills/contract/actor.ts'
import type { File } from '@skills/contract/files.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { FileBucket } from '@skills/core/files/file-bucket.ts'
import { keptKey, type FileItem } from '@skills/core/files/file.ts'
import { readFile, readFiles, writeFile } from '@skills/core/files/file.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import type { World } from '@skills/core/world.ts'

/** How long an address shows a file, minutes: to open it, not to pass it on. */
const shownMinutes = 5

interface Shown {
  file: File
  url: string
  until: string
}

/** The caller's files, in the order they were asked for. */
export async function listMyFiles(world: World, { actor }: { actor: Actor }): Promise<{ files: File[] }> {
  return { files: (await readFiles(world.table, actor.personId)).map(({ file }) => file) }
}

/** An address that shows the caller a file of hers. Refuses `not-found` for any that is not kept. */
export async function showMyFile(
  world: World,
  bucket: FileBucket,
  { actor, params }: { actor: Actor; params: { fileId: string } },
): Promise<Shown> {
  return shown(world, bucket, (await keptFile(world, actor.personId, params.fileId)).file)
}

interface Read {
  actor: Actor
  command: Command
  params: { personId: string; fileId: string }
  body: { purpose: string }
}

/** An address that shows an operator somebody's file; who looked, and what for, stands in the file's audit. Refuses `not-found`. */
export async function showFile(world: World, bucket: FileBucket, { actor, command, params, body }: Read): Promise<Shown> {
  const file = await untilDone(world, command, async () => {
    const before = await keptFile(world, params.personId, params.fileId)
    const change = { before, personId: params.personId, file: before.file, by: actor.personId }
    return writeFile(world, command, { ...change, action: `shown: ${body.purpose}` })
  })
  return shown(world, bucket, file)
}

async function keptFile(world: World, personId: string, fileId: string): Promise<FileItem> {
  const item = await readFile(world.table, personId, fileId)
  if (item?.file.state !== 'accepted') throw new Refusal('not-found')
  return item
}

async function shown(world: World, bucket: FileBucket, file: File): Promise<Shown> {
  const now = world.now()
  const url = await bucket.show(keptKey(file), { type: file.type, name: file.name, minutes: shownMinutes }, now)
  return { file, url, until: plusMinutes(now, shownMinutes) }
}
