import { atOnce } from '@skills/core/at-once.ts'
import { readDue } from '@skills/core/due.ts'
import { removeUnfinished } from '@skills/core/files/accept-file.ts'
import { openFileBucket, type FileBucket } from '@skills/core/files/file-bucket.ts'
import type { FileItem } from '@skills/core/files/file.ts'
import { readItem } from '@skills/core/table.ts'
import { realWorld, type World } from '@skills/core/world.ts'

const most = 400

/** Takes away files that nobody finished within their hour. The index only advises: each is read again. */
export async function sweepFiles(world: World, bucket: FileBucket): Promise<{ due: number; removed: number }> {
  const due = await readDue(world.table, 'file', world.now(), most)
  const { answers, failed } = await atOnce(due, 8, async (key) => {
    const item = (await readItem(world.table, key)) as unknown as FileItem | undefined
    return item !== undefined && removeUnfinished(world, bucket, item, 'system:sweep-files')
  })
  if (failed.length > 0) throw new Error(`files not removed: ${failed.length} of ${due.length}`)
  return { due: due.length, removed: answers.filter(Boolean).length }
}

let opened: { world: World; bucket: FileBucket } | undefined

export async function handler(): Promise<{ due: number; removed: number }> {
  opened ??= { world: realWorld(), bucket: openFileBucket(process.env['FILES_BUCKET'] ?? '', process.env['FILES_ADDRESS'] ?? '') }
  return sweepFiles(opened.world, opened.bucket)
}
