import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { RosterReport } from '@skills/contract/rosters.routes.ts'
import { dateAt } from '@skills/contract/time.ts'
import { flaggable, readRoster } from '@skills/core/funding/roster-read.ts'
import { mayLook, mayManage } from '@skills/core/funding/sponsor.ts'
import { readSponsor } from '@skills/core/funding/sponsor.table.ts'
import { writeRoster } from '@skills/core/funding/write-roster.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  params: { sponsorId: string }
  query: { until: string; write?: 'yes' | undefined; from?: number | undefined }
  body: Uint8Array
}

/** The gateway gives up after 30 s. */
const budgetMs = 20_000

/**
 * Imports a union's roster: a dry run's report, or with `write=yes` what became of each row. Kept are a flag and its end for each person, found only by who has both
 * name and number. Refuses `not-found`, `forbidden`, `import-rejected`, and `validation-failed` for an end that is past or more than five years ahead.
 */
export async function importRoster(world: World, vault: Vault, { actor, params, query, body }: Call): Promise<RosterReport> {
  const sponsor = await readSponsor(world.table, params.sponsorId)
  if (sponsor === undefined || !mayLook(actor, sponsor.sponsor.path)) throw new Refusal('not-found')
  if (!mayManage(actor, sponsor.sponsor.path)) throw new Refusal('forbidden')
  const today = dateAt(world.now())
  if (!flaggable(query.until, today)) {
    const detail = { zh: '有效期应在今天之后、五年之内。', en: 'The membership must end after today and within five years.' }
    throw new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/query/until', code: 'out-of-range', detail }] })
  }
  const write = query.write === 'yes'
  return writeRoster(world, vault, await readRoster(body, today), {
    sponsor,
    until: query.until,
    from: query.from,
    write,
    by: actor.personId,
    budgetMs,
  })
}
