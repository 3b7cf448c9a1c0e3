import type { Command } from '@skills/contract/actor.ts'
import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { caseSteps } from '../notices/case-steps.ts'
import { managersOf } from '../people/members.table.ts'
import { licenceOver } from '../provider/standing-ends.ts'
import { readStanding, standingSteps } from '../provider/standing.table.ts'
import type { Standing } from '../provider/standing.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { conductSteps, readConduct } from './conduct.table.ts'
import type { Bar } from './conduct.ts'
import { sanctionNotice, type SanctionOccasion } from './sanction-words.ts'
import { barsPublishing, closesRegistration, isLive, sanctionDueAt, type SanctionItem } from './sanction.ts'
import { readSanction } from './sanction.table.ts'

export interface SanctionChange {
  before: SanctionItem | undefined
  after: Omit<SanctionItem, 'version' | 'auditHash'>
  action: string
  by: string
  /** What its provider is told; left out: nothing. */
  tells?: SanctionOccasion
}

/**
 * The steps of one change of a sanction, all of it in one transaction: the sanction at the version it was read with its audit entry, its place among the live ones, what it keeps the provider
 * from, the provider's standing where registration closes or may open again, and the notices to who manages it. Fails by the names `sanction`, `conduct` and `standing` when
 * another change came between.
 */
export async function sanctionSteps(world: World, command: Command | undefined, change: SanctionChange): Promise<Step[]> {
  const { before, after, action, by, tells } = change
  const { sanction, proposedBy, confirmedBy, appealDecidedBy, closing } = after
  const { id, providerId } = sanction
  const now = world.now()
  const audit = auditStep({ entity: id, action, by, at: now, commandId: command?.id }, before)
  const due = dueAttributes('sanction', id, sanctionDueAt(after))
  const item = { ...keys.sanction.key(id), sanction, proposedBy, confirmedBy, appealDecidedBy, closing, ...audit.history, ...due }
  const is =
    before === undefined
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'version = :before', values: { ':before': before.version } }
  const live = keys.liveSanction.key(id)
  const standing = await readStanding(world.table, providerId)
  return [
    { name: 'sanction', put: { item, ...is } },
    audit.step,
    ...(before === undefined ? [{ name: 'line', put: { item: { ...keys.sanctionOfProvider.key(providerId, id), sanctionId: id } } }] : []),
    isLive(sanction) ? { name: 'live', put: { item: { ...live, sanctionId: id } } } : { name: 'live', remove: { key: live } },
    ...(await effectSteps(world, command, change, standing)),
    ...(tells === undefined
      ? []
      : (await managersOf(world.table, providerId)).flatMap((manager) =>
          caseSteps(world, manager, sanctionNotice(tells, sanction), providerId),
        )),
  ]
}

const barOf = ({ sanction: { id, grade, state, endsAt } }: Pick<SanctionItem, 'sanction'>): Bar | undefined =>
  state === 'in-force' && grade !== 'warning' ? { sanctionId: id, grade, endsAt } : undefined

/** What a change does to its provider: nothing while the sanction bars neither before nor after, or the same. */
async function effectSteps(
  world: World,
  command: Command | undefined,
  { before, after, action, by }: SanctionChange,
  standing: Standing | undefined,
): Promise<Step[]> {
  const { id, providerId, grade, reason } = after.sanction
  const was = before === undefined ? undefined : barOf(before)
  const is = barOf(after)
  if (!barsPublishing(grade) || ((was === undefined) === (is === undefined) && was?.endsAt === is?.endsAt)) return []
  const conduct = await readConduct(world.table, providerId)
  const bars = [...(conduct?.bars ?? []).filter(({ sanctionId }) => sanctionId !== id), ...(is === undefined ? [] : [is])]
  const steps = conductSteps(world, command, { providerId, before: conduct, bars, action: `${action} ${id}`, by })
  if (standing === undefined || !closesRegistration(grade)) return steps
  const next = await standingAfter(world, standing, bars, { id, reason })
  return next === undefined
    ? steps
    : [...steps, ...standingSteps(world, command, { before: standing, after: next, action: `${action} ${id}`, by })]
}

/** The standing beside these bars; undefined: as it is. What an operator suspended for another reason stays so. */
async function standingAfter(
  world: World,
  standing: Standing,
  bars: readonly Bar[],
  { id, reason }: { id: string; reason: string },
): Promise<Standing | undefined> {
  const closing = bars.filter(({ grade }) => closesRegistration(grade))
  const mark = standing.sanctionId ?? null
  const now = world.now()
  if (closing.length === 0)
    return mark === null
      ? undefined
      : { ...standing, state: 'approved', reason: null, sanctionId: null, blockedSince: licenceOver(standing, now) ? now : null }
  if (standing.state === 'approved') return { ...standing, state: 'suspended', reason, sanctionId: id, blockedSince: now }
  if (mark === null || closing.some(({ sanctionId }) => sanctionId === mark)) return undefined
  // The one it was suspended by is over, and another goes on.
  const [other] = closing
  const item = other === undefined ? undefined : await readSanction(world.table, other.sanctionId)
  return { ...standing, sanctionId: other?.sanctionId ?? null, reason: item?.sanction.reason ?? standing.reason }
}
