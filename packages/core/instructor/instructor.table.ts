import type { Command } from '@skills/contract/actor.ts'
import type { Instructor } from '@skills/contract/instructor.ts'
import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { InstructorItem } from './instructor.ts'

/** An instructor, strongly read, or undefined. */
export async function readInstructor(table: Table, instructorId: string): Promise<InstructorItem | undefined> {
  return (await readItem(table, keys.instructor.key(instructorId))) as unknown as InstructorItem | undefined
}

/** Several instructors, in the order of their ids; undefined where there is none. */
export async function readInstructors(table: Table, instructorIds: readonly string[]): Promise<(InstructorItem | undefined)[]> {
  const items = await readItems(
    table,
    instructorIds.map((id) => keys.instructor.key(id)),
  )
  return items as unknown as (InstructorItem | undefined)[]
}

/** The instructor that a person is, or undefined. */
export async function readInstructorOf(table: Table, personId: string): Promise<InstructorItem | undefined> {
  const pointer = await readItem(table, keys.instructorOf.key(personId))
  return pointer === undefined ? undefined : readInstructor(table, pointer['instructorId'] as string)
}

/** Which lists of teachers an instructor stands in: that of everybody, and one for each trade she claims. */
export type TeacherList = 'any' | (string & {})

/** The ids of instructors who say that they teach a trade (`any`: all of them), in the order they came, from after a place. */
export async function teachersOf(
  table: Table,
  trade: TeacherList,
  page: { after?: string | undefined; limit?: number } = {},
): Promise<string[]> {
  const { pk } = keys.teacher.key(trade, '')
  const lines = await readRange(table, {
    pk,
    after: page.after === undefined ? undefined : keys.teacher.key(trade, page.after).sk,
    ...(page.limit === undefined ? {} : { limit: page.limit }),
  })
  return lines.map((line) => line['instructorId'] as string)
}

export interface InstructorChange {
  before: InstructorItem | undefined
  personId: string
  instructor: Instructor
  action: string
  by: string
}

/** The steps that write an instructor at the version she was read, with the audit entry. The first time with her pointer and her line among all; step `instructor` or `pointer` fails when another change came between. */
export function instructorSteps(world: World, command: Command | undefined, change: InstructorChange): Step[] {
  const { before, personId, instructor, action, by } = change
  const entity = instructor.id
  const audit = auditStep({ entity, action, by, at: world.now(), commandId: command?.id }, before)
  const item = { ...keys.instructor.key(entity), personId, entity, instructor, ...audit.history }
  const write = { name: 'instructor', put: { item, ...instructorIs(before) } }
  if (before !== undefined) return [write, audit.step]
  const pointer = { ...keys.instructorOf.key(personId), instructorId: entity }
  return [{ name: 'pointer', put: { item: pointer, condition: 'attribute_not_exists(pk)' } }, write, teacherStep('any', entity), audit.step]
}

/** The step that puts an instructor into the list of a trade. */
export function teacherStep(trade: TeacherList, instructorId: string): Step {
  return { name: `teacher ${trade}`, put: { item: { ...keys.teacher.key(trade, instructorId), instructorId } } }
}

/** Writes an instructor; the answer is she, at her new version. Fails by name as the steps do, and those that come with them. */
export async function writeInstructor(
  world: World,
  command: Command,
  change: InstructorChange,
  more: readonly Step[] = [],
): Promise<Outcome<Instructor>> {
  const answer = { ...change.instructor, version: (change.before?.version ?? 0) + 1 }
  return transact(world, command, [...instructorSteps(world, command, change), ...more], answer)
}

/** The step that only asks that an instructor is still as read: her qualifications, regions, cap and hours. */
export function instructorCheck(before: InstructorItem): Step {
  return { name: 'instructor', check: { key: keys.instructor.key(before.instructor.id), ...instructorIs(before) } }
}

const instructorIs = (before: InstructorItem | undefined) =>
  before === undefined
    ? { condition: 'attribute_not_exists(pk)' }
    : { condition: 'version = :before', values: { ':before': before.version } }
