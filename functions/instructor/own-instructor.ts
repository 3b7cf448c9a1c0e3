import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Instructor, InstructorInput } from '@skills/contract/instructor.ts'
import type { InstructorRating } from '@skills/contract/ratings.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import type { InstructorItem } from '@skills/core/instructor/instructor.ts'
import { readInstructorOf, writeInstructor } from '@skills/core/instructor/instructor.table.ts'
import { withProfile } from '@skills/core/instructor/next-instructor.ts'
import { instructorRating } from '@skills/core/rating/figures.ts'
import { readTallies } from '@skills/core/rating/figures.table.ts'
import type { World } from '@skills/core/world.ts'

/** The instructor that the caller is. Refuses `no-instructor` for somebody who has made no such profile. */
export async function ownInstructor(world: World, actor: Actor): Promise<InstructorItem> {
  const item = await readInstructorOf(world.table, actor.personId)
  if (item === undefined) throw new Refusal('no-instructor')
  return item
}

/** The caller's profile as an instructor and how she was rated, or null. */
export async function getMyInstructor(
  world: World,
  { actor }: { actor: Actor },
): Promise<{ instructor: Instructor | null; rating: InstructorRating | null }> {
  const item = await readInstructorOf(world.table, actor.personId)
  if (item === undefined) return { instructor: null, rating: null }
  const instructor = { ...item.instructor, version: item.version }
  const tally = (await readTallies(world.table, [instructor.id])).get(instructor.id)
  return { instructor, rating: tally === undefined ? null : instructorRating(tally) }
}

/** The version that a change was made of, 0 where there was none; left out: of whatever stands. */
export interface Seen {
  version?: number | undefined
}

/** Refuses `version-conflict` for a change that was made of another version than stands. */
export function refuseStale(before: InstructorItem | undefined, { version }: Seen): void {
  if (version !== undefined && version !== (before?.version ?? 0)) throw new Refusal('version-conflict')
}

interface Call {
  actor: Actor
  command: Command
  body: InstructorInput & Seen
}

/** Makes or changes the caller's profile; qualifications and hours stay. Refuses `version-conflict`, `validation-failed`. */
export async function saveMyInstructor(world: World, { actor, command, body }: Call): Promise<{ instructor: Instructor }> {
  const { termOf } = await import('@skills/core/catalog/taxonomy.ts')
  const knows = (region: string) => termOf('regions', region)?.code === region
  const instructor = await untilDone(world, command, async () => {
    const before = await readInstructorOf(world.table, actor.personId)
    refuseStale(before, body)
    const { version: _, ...input } = body
    const after = withProfile(before?.instructor, before?.instructor.id ?? world.id('instructor'), input, knows)
    const action =
      before === undefined ? 'create' : body.listed === before.instructor.listed ? 'save-profile' : body.listed ? 'list' : 'unlist'
    return writeInstructor(world, command, { before, personId: actor.personId, instructor: after, action, by: actor.personId })
  })
  return { instructor }
}
