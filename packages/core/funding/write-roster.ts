import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import type { RosterReport } from '@skills/contract/rosters.routes.ts'
import { atOnce } from '../at-once.ts'
import { keys } from '../keys.ts'
import { namedHash } from '../people/named-number.ts'
import type { Vault } from '../people/personal-data.ts'
import { profileOf } from '../people/profile.table.ts'
import { readItems, type Table } from '../table.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { recordDone } from './chain-record.table.ts'
import type { RosterFlag } from './roster.ts'
import type { ReadRoster, RosterRow } from './roster-read.ts'
import { rosterRemark } from './roster-remarks.ts'
import { flagItem, readFlags, readUnions, refreshUnions, unionSteps } from './roster.table.ts'
import { unionsOf } from './roster.ts'
import type { SponsorItem } from './sponsor.ts'
import { hangsOnStep } from './sponsor.table.ts'

export interface RosterSettings {
  sponsor: SponsorItem
  /** The last civil date, where a row does not say its own. */
  until: string
  /** False: a dry run, which reads only. */
  write: boolean
  by: string
  /** The row of the sheet to begin with; what stands before it is not counted. */
  from?: number | undefined
  /** Rows not reached after so many milliseconds are left: the same file goes on with them. */
  budgetMs: number
}

interface Hashed extends RosterRow {
  /** Of name and number: the flag's place. Of the number alone: the guard that says who registered it. */
  hash: string
  numberHash: string
}

/** Rows that are brought to their end together; calls of the key service (two a row) and writes that are under way at once. */
const rowsAtOnce = 200
const hashesAtOnce = 24
const writesAtOnce = 16
/** The report stands in the command's record, which has its limit. */
const mostRemarks = 500

/**
 * Flags the people of a roster as members of a union, or judges it in a dry run. Numbers and names leave this only as keyed hashes; no list of the union can be read
 * back. Flags are written before anybody is looked up, and a profile is written before flags are looked up, so whoever comes second sees the other.
 */
export async function writeRoster(world: World, vault: Vault, read: ReadRoster, settings: RosterSettings): Promise<RosterReport> {
  const { sponsor, write, by } = settings
  const { id: sponsorId } = sponsor.sponsor
  const importId = world.id('import')
  const started = world.tick()
  if (write)
    await recordDone(world, `${sponsorId}/ROSTERS`, `import roster ${importId}`, by, () =>
      Promise.resolve([hangsOnStep(sponsor, 'rosters')]),
    )

  const from = settings.from ?? 0
  const good = read.good.filter(({ row }) => row >= from)
  const malformed = read.remarks.filter(({ row }) => row >= from)
  const wanted = (one: RosterRow): RosterFlag => ({ sponsorId, path: sponsor.sponsor.path, until: one.until ?? settings.until })
  const known = async (part: readonly RosterRow[]) => {
    const hashed = done(await atOnce(part, hashesAtOnce, (one) => hash(vault, one)))
    if (write) await flag(world, hashed, wanted, sponsorId)
    const people = await registered(world.table, hashed)
    if (write) await nameUnions(world, sponsorId, [...people.values()], by)
    return people
  }
  const unmatched: ImportRemark[] = []
  let reached = 0
  // Part by part, so that what was reached is done whole, and the same file goes on where time ran out.
  while (reached < good.length && world.tick() - started < settings.budgetMs) {
    const part = good.slice(reached, reached + rowsAtOnce)
    const people = await known(part).catch(unlessBusy)
    if (people === undefined) break
    unmatched.push(...part.filter(({ row }) => !people.has(row)).map(({ row }) => rosterRemark(row, null, 'unmatched')))
    reached += part.length
  }
  return {
    importId,
    written: write,
    encoding: read.encoding,
    rows: read.rows,
    matched: reached - unmatched.length,
    unmatched: unmatched.length,
    malformed: malformed.length,
    notReached: good.length - reached,
    next: good[reached]?.row ?? null,
    remarks: listed([...malformed, ...unmatched]),
  }
}

/** What must be mended comes before what only waits; what is listed stands in the order of rows. */
const listed = (remarks: ImportRemark[]) => remarks.slice(0, mostRemarks).toSorted((a, b) => a.row - b.row)

/** What the key service or the engine cannot do now is left for later, as if time had run out; errors of our own are thrown. */
function unlessBusy(error: unknown): undefined {
  if (!(error instanceof Error && '$metadata' in error)) throw error
}

function done<T>({ answers, failed }: { answers: T[]; failed: { error: unknown }[] }): T[] {
  if (failed[0] !== undefined) throw failed[0].error
  return answers
}

async function hash(vault: Vault, one: RosterRow): Promise<Hashed> {
  const { kind, number } = one.named
  const [named, numberHash] = await Promise.all([namedHash(vault, one.named), vault.hashOf(kind, number)])
  return { ...one, hash: named, numberHash }
}

/** Writes the flags that are not as they should be. */
async function flag(world: World, rows: readonly Hashed[], wanted: (row: RosterRow) => RosterFlag, sponsorId: string): Promise<void> {
  const before = await readFlags(
    world.table,
    sponsorId,
    rows.map((row) => row.hash),
  )
  const changes = rows.flatMap((row, place) => {
    const [known, next] = [before[place], wanted(row)]
    return known?.until === next.until && known.path.join() === next.path.join() ? [] : [flagItem(row.hash, next)]
  })
  done(await atOnce(changes, writesAtOnce, (Item) => world.table.client.send(new PutCommand({ TableName: world.table.name, Item }))))
}

interface Registered {
  personId: string
  namedHashes: readonly string[]
}

/** Who registered a row's number under the row's name, by row. */
async function registered(table: Table, rows: readonly Hashed[]): Promise<Map<number, Registered>> {
  const guards = await readItems(
    table,
    rows.map(({ named, numberHash }) => (named.kind === 'mobile' ? keys.mobile : keys.residentId).key(numberHash)),
  )
  const known = rows.flatMap(({ row, hash }, place) => {
    const personId = guards[place]?.['personId'] as string | undefined
    return personId === undefined ? [] : [{ row, hash, personId }]
  })
  const profiles = await readItems(
    table,
    known.map(({ personId }) => keys.profile.key(personId)),
  )
  return new Map(
    known.flatMap(({ row, hash, personId }, place): [number, Registered][] => {
      const namedHashes = profileOf(profiles[place])?.namedHashes ?? []
      return namedHashes.includes(hash) ? [[row, { personId, namedHashes }]] : []
    }),
  )
}

/** Brings the unions of the matched to what the flags say; who is up to date costs no write. */
async function nameUnions(world: World, sponsorId: string, people: readonly Registered[], by: string): Promise<void> {
  const before = await readUnions(
    world.table,
    people.map(({ personId }) => personId),
  )
  const hashes = people.flatMap(({ namedHashes }) => namedHashes)
  const flags = new Map((await readFlags(world.table, sponsorId, hashes)).map((one, place) => [hashes[place] ?? '', one]))
  const work = people.map((person, place) => ({ ...person, known: before[place] }))
  const { failed } = await atOnce(work, writesAtOnce, async ({ personId, namedHashes, known }) => {
    const others = (known?.unions ?? []).filter((union) => union.sponsorId !== sponsorId)
    const own = namedHashes.flatMap((hash) => flags.get(hash) ?? [])
    const steps = unionSteps(world, personId, known, unionsOf([...others, ...own]), by)
    if (steps.length === 0) return
    const outcome = await transact(world, undefined, steps, null)
    // Another roster, or the person's own profile, came between.
    if ('failed' in outcome) await refreshUnions(world, personId, namedHashes, by)
  })
  if (failed[0] !== undefined) throw failed[0].error
}
