import type { Command } from '@skills/contract/actor.ts'
import type { Course, Provider, Venue } from '@skills/contract/catalog.ts'
import type { Text } from '@skills/contract/text.ts'
import { auditStep, type History } from '../audit.ts'
import { keys } from '../keys.ts'
import { roomsLost } from '../planning/room-bookings.ts'
import { readItem, readRange, type Key, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'

export interface ProviderItem extends History {
  provider: Provider
}
export interface VenueItem extends History {
  venue: Venue
}
/** A course as the table holds it, with its provider's name copied for those who list courses. */
export interface CourseItem extends History {
  course: Course
  providerName: Text
}

/** Who changes something, in which word of the audit. */
export interface By {
  by: string
  action: string
  /** Left out: nobody repeats it by a key (imports have codes for that). */
  command?: Command
}

/** The guard of a natural code: whoever writes it first gives the code its id, for ever. `scope` is the provider's code, `all` for providers. */
export function codeStep(kind: 'provider' | 'venue' | 'course' | 'run', scope: string, code: string, id: string): Step {
  return { name: 'code', put: { item: { ...keys.code.key(kind, scope, code), id }, condition: 'attribute_not_exists(pk)' } }
}

/** Creates a provider. Fails by name: `code` when another has its code. */
export function createProvider(world: World, provider: Provider, by: By): Promise<Outcome<ProviderItem>> {
  return create(world, keys.provider.key(provider.id), { provider }, provider.id, by, [
    codeStep('provider', 'all', provider.code, provider.id),
  ])
}

/** Creates a venue of a provider. Fails by name: `code`. */
export function createVenue(world: World, venue: Venue, providerCode: string, by: By): Promise<Outcome<VenueItem>> {
  return create(world, keys.venue.key(venue.id), { venue }, venue.id, by, [codeStep('venue', providerCode, venue.code, venue.id)])
}

/** Creates a course of a provider and its line in the provider's list. Fails by name: `code`. */
export function createCourse(world: World, course: Course, provider: { code: string; name: Text }, by: By): Promise<Outcome<CourseItem>> {
  return create(world, keys.course.key(course.id), { course, providerName: provider.name }, course.id, by, [
    codeStep('course', provider.code, course.code, course.id),
    { name: 'pointer', put: { item: { ...keys.courseOfProvider.key(course.providerId, course.id), courseId: course.id } } },
  ])
}

/** Writes a changed provider. Fails by name: `entity` when it was changed since it was read. */
export function changeProvider(world: World, before: ProviderItem, provider: Provider, by: By): Promise<Outcome<ProviderItem>> {
  return change(world, keys.provider.key(provider.id), before, { provider }, provider.id, by)
}

/** Writes a changed venue. Fails by name: `entity`. */
export function changeVenue(world: World, before: VenueItem, venue: Venue, by: By): Promise<Outcome<VenueItem>> {
  return change(world, keys.venue.key(venue.id), before, { venue }, venue.id, { ...by, about: roomsLost(before.venue, venue) })
}

/** Writes a changed course. Fails by name: `entity`. */
export function changeCourse(
  world: World,
  before: CourseItem,
  after: Omit<CourseItem, keyof History>,
  by: By,
): Promise<Outcome<CourseItem>> {
  return change(world, keys.course.key(after.course.id), before, after, after.course.id, by)
}

/** Writes a course in its next state, together with the record of the command. Fails by name: `entity`. */
export async function saveCourseStep<T>(
  world: World,
  command: Command,
  before: CourseItem,
  course: Course,
  personId: string,
  answer: T,
): Promise<Outcome<T>> {
  const audit = auditStep(
    { entity: course.id, action: `step to ${course.state}`, by: personId, at: world.now(), commandId: command.id },
    before,
  )
  const item = { ...before, course, ...audit.history }
  return transact(world, command, [changeStep(keys.course.key(course.id), before, item), audit.step], answer)
}

/** A course, or undefined. */
export async function readCourse(table: Table, courseId: string): Promise<CourseItem | undefined> {
  return (await readItem(table, keys.course.key(courseId))) as CourseItem | undefined
}

/** The ids of a provider's courses. */
export async function courseIdsOf(table: Table, providerId: string): Promise<string[]> {
  const lines = await readRange(table, { pk: keys.provider.key(providerId).pk, begins: 'COURSE#' })
  return lines.map((line) => line['courseId'] as string)
}

async function create<T extends object>(
  world: World,
  key: Key,
  body: T,
  id: string,
  { by, action, command }: By,
  more: Step[],
): Promise<Outcome<T & History>> {
  const audit = auditStep({ entity: id, action, by, at: world.now(), commandId: command?.id }, undefined)
  const item = { ...body, ...audit.history }
  const write: Step = { name: 'entity', put: { item: { ...item, ...key }, condition: 'attribute_not_exists(pk)' } }
  return transact(world, command, [...more, write, audit.step], item)
}

async function change<T extends object>(
  world: World,
  key: Key,
  before: History,
  body: T,
  id: string,
  { by, action, command, about = [] }: By & { about?: readonly string[] },
): Promise<Outcome<T & History>> {
  const audit = auditStep({ entity: id, action, by, at: world.now(), commandId: command?.id, about }, before)
  const item = { ...body, ...audit.history }
  return transact(world, command, [changeStep(key, before, item), audit.step], item)
}

function changeStep(key: Key, before: History, item: object): Step {
  return { name: 'entity', put: { item: { ...item, ...key }, condition: 'version = :before', values: { ':before': before.version } } }
}
