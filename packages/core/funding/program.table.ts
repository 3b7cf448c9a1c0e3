import type { Command } from '@skills/contract/actor.ts'
import type { Program } from '@skills/contract/funding.ts'
import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { indexes, keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { newAccountSteps } from './account.table.ts'
import { programItemOf, type ProgramItem } from './program-item.ts'
import type { SponsorItem } from './sponsor.ts'
import { hangsOnStep } from './sponsor.table.ts'

/** A program, strongly read, or undefined. */
export async function readProgram(table: Table, programId: string): Promise<ProgramItem | undefined> {
  return programItemOf(await readItem(table, keys.program.key(programId)))
}

/** The programs of a sponsor, the oldest first. */
export async function readProgramsOf(table: Table, sponsorId: string): Promise<ProgramItem[]> {
  const pointers = await readRange(table, { pk: keys.sponsor.key(sponsorId).pk, begins: 'PROGRAM#' })
  const items = await readItems(
    table,
    pointers.map((pointer) => keys.program.key(String(pointer['programId']))),
  )
  return items.map(programItemOf).filter((item) => item !== undefined)
}

/** The item as it is written. `followBy`: since when its allocations and vouchers have to follow its state; they are swept until they did. */
function stored({ program, sponsorName, version, auditHash }: ProgramItem, followBy: string | undefined): Item {
  return { ...keys.program.key(program.id), program, sponsorName, version, auditHash, ...dueAttributes('funding', program.id, followBy) }
}

/** Writes a new program with an empty account. Fails by name: `sponsor` when its union moved meanwhile. */
export function createProgram<T>(
  world: World,
  command: Command | undefined,
  by: string,
  program: Program,
  sponsor: SponsorItem,
  answer: (item: ProgramItem) => T,
): Promise<Outcome<T>> {
  const doing = { action: 'create', by, at: world.now(), commandId: command?.id }
  const audit = auditStep({ entity: program.id, ...doing }, undefined)
  const item: ProgramItem = { program, sponsorName: sponsor.sponsor.name, ...audit.history }
  const pointer = { ...keys.programOfSponsor.key(program.sponsorId, program.id), programId: program.id }
  return transact(
    world,
    command,
    [
      { name: 'program', put: { item: stored(item, undefined), condition: 'attribute_not_exists(pk)' } },
      { name: 'program of sponsor', put: { item: pointer } },
      ...newAccountSteps(world, program.id, doing),
      hangsOnStep(sponsor, 'programs'),
      audit.step,
    ],
    answer(item),
  )
}

export interface ProgramChange {
  before: ProgramItem
  program: Program
  sponsorName?: ProgramItem['sponsorName']
  action: string
  by: string
  /** Set where allocations and vouchers have to follow the new state. */
  follow?: boolean
}

/** Writes a changed program at the version it was read. Fails by the name `program`. */
export function changeProgram<T>(
  world: World,
  command: Command | undefined,
  change: ProgramChange,
  answer: (item: ProgramItem) => T,
): Promise<Outcome<T>> {
  const { before, program, action, by, follow } = change
  const at = world.now()
  const audit = auditStep({ entity: program.id, action, by, at, commandId: command?.id }, before)
  const item: ProgramItem = { program, sponsorName: change.sponsorName ?? before.sponsorName, ...audit.history }
  return transact(
    world,
    command,
    [
      {
        name: 'program',
        put: {
          // What did not follow an earlier change yet still has to.
          item: stored(item, follow === true ? at : ((before as unknown as Item)[indexes.due.sk] as string | undefined)),
          condition: 'version = :before',
          values: { ':before': before.version },
        },
      },
      audit.step,
    ],
    answer(item),
  )
}

/** Everything followed the program's state as it was read: it need not be swept again. Not a change of the program: nothing of its terms or state moves. */
export function followedStep({ program, version }: ProgramItem): Step {
  return {
    name: 'program',
    update: {
      key: keys.program.key(program.id),
      set: 'REMOVE #bucket, #at',
      condition: 'version = :version',
      names: { '#bucket': indexes.due.pk, '#at': indexes.due.sk },
      values: { ':version': version },
    },
  }
}

/** The program as it was read, still. Fails by the name `program`. */
export function programStands({ program, version }: ProgramItem): Step {
  return {
    name: 'program',
    check: { key: keys.program.key(program.id), condition: 'version = :version', values: { ':version': version } },
  }
}
