import type { Command } from '@skills/contract/actor.ts'
import type { Sponsor, SponsorView } from '@skills/contract/funding.ts'
import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { SponsorItem } from './sponsor.ts'

/** Where the unions without one above them are listed. */
export const rootOfSponsors = 'root'

/** A sponsor, strongly read, or undefined. */
export async function readSponsor(table: Table, sponsorId: string): Promise<SponsorItem | undefined> {
  return (await readItem(table, keys.sponsor.key(sponsorId))) as unknown as SponsorItem | undefined
}

/** These unions with their versions, in their order; ids that nothing has are left out. */
export async function readSponsors(table: Table, sponsorIds: readonly string[]): Promise<SponsorView[]> {
  const items = await readItems(
    table,
    sponsorIds.map((id) => keys.sponsor.key(id)),
  )
  return (items as unknown as (SponsorItem | undefined)[]).flatMap((item) =>
    item === undefined ? [] : [{ ...item.sponsor, version: item.version }],
  )
}

/** These unions and all below them, each once, level by level. Ids that nothing has are left out. */
export async function readSponsorTree(table: Table, sponsorIds: readonly string[]): Promise<SponsorView[]> {
  const found = new Map<string, SponsorView>()
  let level = [...new Set(sponsorIds)]
  while (level.length > 0) {
    for (const sponsor of await readSponsors(table, level)) found.set(sponsor.id, sponsor)
    const below: string[] = []
    for (const id of level) below.push(...(await readBelow(table, id)))
    level = below.filter((id) => !found.has(id))
  }
  return [...found.values()]
}

/** The ids of the unions directly below one, or of the roots. */
export async function readBelow(table: Table, sponsorId: string): Promise<string[]> {
  const items = await readRange(table, { pk: keys.sponsor.key(sponsorId).pk, begins: 'BELOW#' })
  return items.map((item) => String(item['sponsorId']))
}

/** One more of something hangs on a sponsor, which must stand where it was read. Fails by the name `sponsor`. */
export function hangsOnStep(sponsor: SponsorItem, what: 'below' | 'programs' | 'rosters'): Step {
  return {
    name: 'sponsor',
    update: {
      key: keys.sponsor.key(sponsor.sponsor.id),
      set: 'SET #what = #what + :one',
      condition: 'sponsor.parentId = :parent',
      names: { '#what': what },
      values: { ':one': 1, ':parent': sponsor.sponsor.parentId },
    },
  }
}

/** Writes a new sponsor with its place below its parent. Fails by name: `new sponsor` when the id is taken, `sponsor` when the parent moved, `code` when another has its code. */
export function createSponsor(
  world: World,
  command: Command | undefined,
  by: string,
  sponsor: Sponsor,
  parent: SponsorItem | undefined,
): Promise<Outcome<SponsorView>> {
  const audit = auditStep({ entity: sponsor.id, action: 'create', by, at: world.now(), commandId: command?.id }, undefined)
  const item: SponsorItem = { sponsor, below: 0, programs: 0, rosters: 0, ...audit.history }
  return transact(
    world,
    command,
    [
      { name: 'new sponsor', put: { item: { ...keys.sponsor.key(sponsor.id), ...item }, condition: 'attribute_not_exists(pk)' } },
      belowStep(sponsor),
      ...codeSteps(undefined, sponsor),
      ...(parent === undefined ? [] : [hangsOnStep(parent, 'below')]),
      audit.step,
    ],
    { ...sponsor, version: audit.history.version },
  )
}

/**
 * Writes a changed sponsor at the version it was read. One that moves must still have nothing hanging on it. Fails by name: `sponsor` when the new parent
 * moved, `code` when another has its code, `changed sponsor` otherwise.
 */
export function changeSponsor(
  world: World,
  command: Command | undefined,
  by: string,
  sponsor: Sponsor,
  before: SponsorItem,
  parent: SponsorItem | undefined,
): Promise<Outcome<SponsorView>> {
  const audit = auditStep({ entity: sponsor.id, action: 'change', by, at: world.now(), commandId: command?.id }, before)
  const moves = before.sponsor.parentId !== sponsor.parentId
  const { version, auditHash } = audit.history
  const leaves: Step[] =
    before.sponsor.parentId === null
      ? []
      : [
          {
            name: 'parent before',
            update: {
              key: keys.sponsor.key(before.sponsor.parentId),
              set: 'SET below = below - :one',
              condition: 'below >= :one',
              values: { ':one': 1 },
            },
          },
        ]
  return transact(
    world,
    command,
    [
      {
        name: 'changed sponsor',
        update: {
          key: keys.sponsor.key(sponsor.id),
          set: 'SET sponsor = :sponsor, version = :version, auditHash = :hash',
          condition: `version = :before${moves ? ' AND below = :none AND programs = :none AND rosters = :none' : ''}`,
          values: {
            ':sponsor': sponsor,
            ':version': version,
            ':hash': auditHash,
            ':before': before.version,
            ...(moves ? { ':none': 0 } : {}),
          },
        },
      },
      ...(moves
        ? [
            {
              name: 'place before',
              remove: { key: keys.sponsorBelow.key(before.sponsor.parentId ?? rootOfSponsors, sponsor.id) },
            },
            belowStep(sponsor),
            ...leaves,
            ...(parent === undefined ? [] : [hangsOnStep(parent, 'below')]),
          ]
        : []),
      ...codeSteps(before.sponsor, sponsor),
      audit.step,
    ],
    { ...sponsor, version: audit.history.version },
  )
}

/** The guard of a sponsor's code follows the code. */
function codeSteps(before: Sponsor | undefined, { id, uscc }: Sponsor): Step[] {
  if (before?.uscc === uscc) return []
  return [
    ...(before?.uscc === undefined ? [] : [{ name: 'code before', remove: { key: keys.sponsorUscc.key(before.uscc) } }]),
    ...(uscc === undefined
      ? []
      : [{ name: 'code', put: { item: { ...keys.sponsorUscc.key(uscc), sponsorId: id }, condition: 'attribute_not_exists(pk)' } }]),
  ]
}

const belowStep = ({ id, parentId }: Sponsor): Step => ({
  name: 'place',
  put: { item: { ...keys.sponsorBelow.key(parentId ?? rootOfSponsors, id), sponsorId: id } },
})
