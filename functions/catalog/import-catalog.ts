import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { ImportReport } from '@skills/contract/catalog.routes.ts'
import { readImport } from '@skills/core/catalog/import-read.ts'
import { writeImport } from '@skills/core/catalog/write-import.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  query: { write?: 'yes' | undefined }
  body: Uint8Array
}

/** The gateway gives up after 30 s: rows not reached by then are reported as such, and the same file goes on from there. */
const budgetMs = 20_000

/** Imports a catalog file, for operators; managers import drafts for their own provider only: a dry run's report, or with `write=yes` the report of what was written. Refuses `import-rejected` for a file that cannot be read. */
export async function importCatalog(world: World, { actor, query, body }: Call): Promise<ImportReport> {
  const operates = actor.memberships.some(
    ({ organizationId, roles }) => organizationId === platformId && roles.includes('platform:operator'),
  )
  const own = new Set(
    actor.memberships.flatMap(({ organizationId, roles }) => (roles.includes('provider:manager') ? [organizationId] : [])),
  )
  const settings = { write: query.write === 'yes', by: actor.personId, budgetMs, ...(operates ? {} : { own }) }
  return writeImport(world, await readImport(body), settings)
}
