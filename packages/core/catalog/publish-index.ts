import type { CatalogIndex, ProviderRecord } from '@skills/contract/snapshot.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { World } from '../world.ts'
import { catalogFiles, type KeptRow } from './publish.ts'
import { shortLived, versionIn } from './publish-course.ts'
import type { SiteBucket, SiteFile } from './site-bucket.ts'
import { stableText } from './stable-text.ts'
import { taxonomySnapshot } from './taxonomy.ts'

const mostTries = 12
const indexKey = 'catalog/index.json'
const retiredKey = 'catalog/retired.json'
const immutable = { type: 'application/json; charset=utf-8', cache: 'public, max-age=31536000, immutable' }
/** How long a row file stays after the index stopped naming it: longer than a visit's pages are kept. */
const retiredMinutes = 30

/**
 * Writes the row files that are new and the index that names them. The index is written only over the one that was read before the rows
 * were, so of two processes the later view wins. An equal catalog writes nothing.
 */
export async function publishIndex(
  world: World,
  bucket: SiteBucket,
  rows: () => Promise<KeptRow[]>,
  recordsOf: (providerIds: string[]) => Promise<ReadonlyMap<string, ProviderRecord>>,
): Promise<void> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const before = await bucket.read(indexKey)
    const kept = await rows()
    const records = await recordsOf([...new Set(kept.map(({ provider }) => provider.id))])
    const { index, files } = catalogFiles(kept, records, world.now())
    if (before !== undefined && versionIn(before) === index.version) return
    const known = namesIn(before)
    await Promise.all(
      [...files].filter(([name]) => !known.includes(name)).map(([name, text]) => bucket.write(`catalog/${name}`, text(), immutable)),
    )
    const whole: CatalogIndex = { ...index, publishedAt: world.now() }
    if (await bucket.write(indexKey, stableText(whole), { ...shortLived, over: before?.etag ?? 'absent' })) {
      return retire(
        world,
        bucket,
        known.filter((name) => !files.has(name)),
        files,
      )
    }
    await world.pause(world.chance(Math.min(1_000, 50 * 2 ** attempt)) + 1)
  }
  throw new Error('the index of the catalog kept changing while it was published')
}

/** Writes the words of the catalog when their version is another. */
export async function publishTaxonomy(bucket: SiteBucket): Promise<void> {
  const file = taxonomySnapshot()
  const before = await bucket.read('catalog/taxonomy.json')
  if (before === undefined || versionIn(before) !== file.version)
    await bucket.write('catalog/taxonomy.json', JSON.stringify(file), shortLived)
}

/** Row files that were replaced go after a while: a visitor may still hold the index that names them. */
async function retire(world: World, bucket: SiteBucket, gone: string[], current: ReadonlyMap<string, unknown>): Promise<void> {
  if (gone.length === 0) return
  const now = world.now()
  const before = await bucket.read(retiredKey)
  const list = new Map(Object.entries(before === undefined ? {} : (JSON.parse(before.text) as Record<string, string>)))
  for (const name of gone) list.set(name, now)
  const old = [...list].filter(([name, at]) => at < plusMinutes(now, -retiredMinutes) && !current.has(name)).map(([name]) => name)
  for (const name of [...old, ...current.keys()]) list.delete(name)
  await Promise.all(old.map((name) => bucket.remove(`catalog/${name}`)))
  await bucket.write(retiredKey, stableText(Object.fromEntries(list)), { ...shortLived, cache: 'no-store' })
}

function namesIn(file: SiteFile | undefined): string[] {
  return file === undefined ? [] : (JSON.parse(file.text) as CatalogIndex).rows.map((row) => row.file)
}
