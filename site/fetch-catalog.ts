import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { CatalogIndex, CourseRows } from '@skills/contract/snapshot.ts'

/**
 * Before a deployment: fetches the published catalog of the running site (`PUBLIC_URL`) into a folder that the build reads (`CATALOG_DIR`), so
 * that every course gets its page. Without an address, or before anything was published, the site is built with empty shelves.
 */
const target = resolve(process.env['CATALOG_DIR'] ?? '.local/published-catalog')
const site = process.env['PUBLIC_URL']?.replace(/\/$/, '')
const atOnce = 16

await rm(target, { recursive: true, force: true })
await mkdir(target, { recursive: true })
if (site === undefined) console.log('PUBLIC_URL is not set: the site is built without courses; they show their shell until the next build.')
else await fetchCatalog(site)

async function fetchCatalog(from: string): Promise<void> {
  const get = async (name: string): Promise<string | undefined> => {
    const response = await fetch(`${from}/catalog/${name}`)
    if (response.status === 404) return undefined
    if (!response.ok) throw new Error(`${name}: the site answered ${response.status}`)
    const text = await response.text()
    const file = join(target, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    return text
  }
  const index = await get('index.json')
  if (index === undefined) return console.log('Nothing is published yet.')
  await get('taxonomy.json')
  const names = (JSON.parse(index) as CatalogIndex).rows.map(({ file }) => file)
  const rows = await Promise.all(names.map(get))
  const waiting = rows.flatMap((text) =>
    text === undefined ? [] : (JSON.parse(text) as CourseRows).rows.map(({ id }) => `courses/${id}.json`),
  )
  const count = waiting.length
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) await get(name)
    }),
  )
  console.log(`${count} published courses fetched.`)
}
