import type { Command } from '@skills/contract/actor.ts'
import type { File, FileKind } from '@skills/contract/files.ts'
import { isId } from '@skills/contract/ids.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { auditStep } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, readRange, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { FileItem } from './file.ts'

/** A file of a person, strongly read, or undefined; an id that is none is none. */
export async function readFile(table: Table, personId: string, fileId: string): Promise<FileItem | undefined> {
  if (!isId('file', fileId)) return undefined
  return (await readItem(table, keys.file.key(personId, fileId))) as unknown as FileItem | undefined
}

/** All files of a person, in the order she sent them. */
export async function readFiles(table: Table, personId: string): Promise<FileItem[]> {
  return (await readRange(table, { pk: keys.file.key(personId, '').pk, begins: 'FILE#' })) as unknown as FileItem[]
}

/** The file that somebody brings as proof: hers, of one of the kinds, inspected. Refuses `file-not-accepted` for any other, without saying whether it exists. */
export async function acceptedFile(
  world: World,
  { fileId, personId, kinds }: { fileId: string; personId: string; kinds: readonly FileKind[] },
): Promise<File> {
  const item = await readFile(world.table, personId, fileId)
  if (item === undefined || item.file.state !== 'accepted' || !kinds.includes(item.file.kind)) throw new Refusal('file-not-accepted')
  return item.file
}

export interface FileChange {
  before: FileItem | undefined
  personId: string
  file: File
  action: string
  by: string
}

/** The steps that write a file at the version it was read, with its audit entry. While it is unfinished it stands in `due`. Step `file` fails when another change came between. */
export function fileSteps(world: World, command: Command | undefined, { before, personId, file, action, by }: FileChange): Step[] {
  const audit = auditStep({ entity: file.id, action, by, at: world.now(), commandId: command?.id, own: by === personId }, before)
  const due = dueAttributes('file', file.id, file.until ?? undefined)
  const item = { ...keys.file.key(personId, file.id), personId, file, ...audit.history, ...due }
  const is =
    before === undefined
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'version = :before', values: { ':before': before.version } }
  return [{ name: 'file', put: { item, ...is } }, audit.step]
}

/** Writes a file; the answer is the file. Fails by name: `file`. */
export function writeFile(world: World, command: Command | undefined, change: FileChange): Promise<Outcome<File>> {
  return transact(world, command, fileSteps(world, command, change), change.file)
}
