import { isDeepStrictEqual as same } from 'node:util'
import { auditStep, type History } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { unionsOf, type RosterFlag, type Union } from './roster.ts'
import { untilDone } from './until-done.ts'

/** Of which unions a person is a member, by what rosters say of her: one entry for each union, written anew from the flags. */
interface UnionItem extends History {
  personId: string
  unions: Union[]
}

/** The flags of one union for these hashes, in their order. */
export async function readFlags(table: Table, sponsorId: string, hashes: readonly string[]): Promise<(RosterFlag | undefined)[]> {
  const items = await readItems(
    table,
    hashes.map((hash) => keys.rosterFlag.key(hash, sponsorId)),
  )
  return items as unknown as (RosterFlag | undefined)[]
}

/** A flag as it is kept: which union, its path, until when. Nothing of the person but the keyed hash. */
export function flagItem(hash: string, flag: RosterFlag): Item {
  const { sponsorId, path, until } = flag
  return { ...keys.rosterFlag.key(hash, sponsorId), sponsorId, path: [...path], until }
}

/** Of which unions these people are members now, with where their histories stand. */
export async function readUnions(table: Table, personIds: readonly string[]): Promise<(UnionItem | undefined)[]> {
  const items = await readItems(
    table,
    personIds.map((id) => keys.union.key(id)),
  )
  return items as unknown as (UnionItem | undefined)[]
}

/** What all rosters say of somebody who is named by these hashes. */
async function unionsNamed(table: Table, hashes: readonly string[]): Promise<Union[]> {
  const flags = await Promise.all(hashes.map((hash) => readRange(table, { pk: keys.rosterFlag.key(hash, '').pk, begins: 'SPONSOR#' })))
  return unionsOf(flags.flat() as unknown as RosterFlag[])
}

/** The steps that write a person's unions; none where they stay the same. Fails by the name `union`. */
export function unionSteps(world: World, personId: string, before: UnionItem | undefined, unions: Union[], by: string): Step[] {
  if (same(before?.unions ?? [], unions)) return []
  const audit = auditStep({ entity: `${personId}/UNION`, action: 'name unions', by, at: world.now() }, before)
  return [
    {
      name: 'union',
      put: {
        item: { ...keys.union.key(personId), personId, unions, ...audit.history },
        ...(before === undefined
          ? { condition: 'attribute_not_exists(pk)' }
          : { condition: 'version = :before', values: { ':before': before.version } }),
      },
    },
    { ...audit.step, name: 'union audit' },
  ]
}

/** The steps that write a person's unions with the profile that gives her these hashes. Fails by the name `union`. */
export async function namedUnionSteps(world: World, personId: string, hashes: readonly string[]): Promise<Step[]> {
  const [before] = await readUnions(world.table, [personId])
  return unionSteps(world, personId, before, await unionsNamed(world.table, hashes), personId)
}

/** Brings a person's unions to what rosters say of her hashes now. */
export async function refreshUnions(world: World, personId: string, hashes: readonly string[], by: string): Promise<void> {
  await untilDone(world, undefined, async () => {
    const before = (await readItem(world.table, keys.union.key(personId))) as unknown as UnionItem | undefined
    const steps = unionSteps(world, personId, before, await unionsNamed(world.table, hashes), by)
    return steps.length === 0 ? { answer: null, replayed: false } : transact(world, undefined, steps, null)
  })
}
