import type { Command } from '@skills/contract/actor.ts'
import type { File } from '@skills/contract/files.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '../funding/until-done.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import type { FileBucket } from './file-bucket.ts'
import { incomingKey, keptKey, rejected, type FileItem } from './file.ts'
import { fileSteps, readFile } from './file.table.ts'
import { inspectFile } from './inspect-file.ts'

/**
 * Looks at what arrived for a file and keeps it, or not. What passed is written under its kept name before the table says so, and what came is taken away after: a process that dies
 * between leaves nothing that counts. A file that is decided stays decided, whatever is sent with its form again. Refuses `not-found`, `file-missing`, `file-rejected`.
 */
export async function acceptFile(world: World, bucket: FileBucket, command: Command, personId: string, fileId: string): Promise<File> {
  const file = await untilDone(world, command, async () => {
    const before = await readFile(world.table, personId, fileId)
    if (before === undefined) throw new Refusal('not-found')
    const { file: asked } = before
    if (asked.state !== 'asked') return transact(world, command, [], asked)
    if (asked.until !== null && asked.until <= world.now()) throw new Refusal('file-missing')
    const arrived = await bucket.read(incomingKey(asked))
    if (arrived === undefined) throw new Refusal('file-missing')
    const found = await inspectFile(asked, Buffer.from(arrived))
    const by = personId
    if ('fault' in found) {
      const file: File = { ...asked, state: 'rejected', fault: found.fault, until: null }
      return transact(world, command, fileSteps(world, command, { before, personId, file, action: 'reject', by }), file)
    }
    const { bytes, type, width, height } = found
    await bucket.write(keptKey(asked), bytes, type)
    const file: File = { ...asked, type, bytes: bytes.length, width, height, state: 'accepted', until: null }
    return transact(world, command, fileSteps(world, command, { before, personId, file, action: 'accept', by }), file)
  })
  await bucket.remove(incomingKey(file))
  if (file.fault !== null) throw rejected(file.fault)
  return file
}

/**
 * Takes away the bytes of a file that nobody finished; its item stays as rejected, with an entry that says so, and counts for nothing. True when it lapsed; one that was decided meanwhile stays.
 */
export async function removeUnfinished(
  world: World,
  bucket: FileBucket,
  { personId, file: { id } }: FileItem,
  by: string,
): Promise<boolean> {
  return untilDone(world, undefined, async () => {
    const before = await readFile(world.table, personId, id)
    if (before === undefined || before.file.state !== 'asked' || (before.file.until ?? '') > world.now())
      return { answer: false, replayed: false }
    await bucket.remove(incomingKey(before.file))
    const file: File = { ...before.file, state: 'rejected', fault: 'empty', until: null }
    return transact(world, undefined, fileSteps(world, undefined, { before, personId, file, action: 'lapse', by }), true)
  })
}
