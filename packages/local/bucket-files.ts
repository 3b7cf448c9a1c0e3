import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'
import { mediaType } from './media-types.ts'
import { readHeaders } from './s3-double.ts'

/** An object of a bucket as an origin answers it. */
export interface BucketFile {
  body: Buffer
  headers: Record<string, string>
}

/** What infra/publish-site.ts puts on the built site's files; objects that the functions wrote carry their own. */
const forever = 'public, max-age=31536000, immutable'
const brief = 'public, max-age=60'

/** Reads objects out of a bucket's folder; what did not change since is kept in memory. */
export function createBucketFiles(folder: string, headersFolder: string) {
  const known = new Map<string, { stamp: string; file: BucketFile }>()
  return async (uri: string): Promise<BucketFile | undefined> => {
    let key: string
    try {
      key = decodeURIComponent(uri).replace(/^\//, '')
    } catch {
      return undefined
    }
    const path = join(folder, normalize(`/${key}`))
    if (!path.startsWith(folder + sep) || key.includes('\0')) return undefined
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) {
      known.delete(key)
      return undefined
    }
    const stamp = `${found.mtimeMs}/${found.size}/${found.ino}`
    const kept = known.get(key)
    if (kept?.stamp === stamp) return kept.file
    const body = await readFile(path)
    const headers = {
      'content-type': mediaType(key),
      'cache-control': key.startsWith('_astro/') ? forever : brief,
      ...(await readHeaders(join(headersFolder, `${key}.json`))),
      etag: `"${createHash('md5').update(body).digest('hex')}"`,
      'last-modified': found.mtime.toUTCString(),
    }
    const file = { body, headers }
    known.set(key, { stamp, file })
    return file
  }
}
