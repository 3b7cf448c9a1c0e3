import type { Actor, Command } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { AvailabilityInput, Instructor, InstructorInput } from '@skills/contract/instructor.ts'
import type { Level } from '@skills/contract/taxonomy.ts'
import type { World } from '@skills/core/world.ts'
import { findInstructors } from '@skills/functions/instructor/find-instructors.ts'
import { saveMyInstructor } from '@skills/functions/instructor/own-instructor.ts'
import { claimQualification, decideQualification } from '@skills/functions/instructor/qualifications.ts'
import { saveAvailability } from '@skills/functions/instructor/save-availability.ts'
import { actor, command } from '../enrollment/claim-scene.ts'

let calls = 0
/** A command that no other request of these tests has. */
export const fresh = (route: Command['route']) => command(`${route}-${(calls += 1)}`, 'asked', route)

export const operator: Actor = {
  personId: 'per_70000000000000000000000002',
  memberships: [{ organizationId: platformId, roles: ['platform:operator'] }],
}
/** A manager of a provider. */
export const managerOf = (providerId: string, personId = 'per_70000000000000000000000003'): Actor => ({
  personId,
  memberships: [{ organizationId: providerId, roles: ['provider:manager'] }],
})

export const profile: InstructorInput = {
  name: { zh: '陈师傅', en: 'Master Chen' },
  about: { zh: '电工', en: 'Electrician' },
  kinds: ['craftsman'],
  regions: ['460100', '460200'],
  baseRegion: '460100',
  weeklyMinutes: 2400,
  feeFenPerHour: 20_000,
  languages: ['zh'],
  listed: true,
}
/** All hours of every day. */
export const always: AvailabilityInput = {
  windows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
  exceptions: [],
}

export interface Teacher {
  actor: Actor
  personId: string
  instructorId: string
}
interface Wishes {
  profile?: Partial<InstructorInput>
  hours?: AvailabilityInput
  qualifications?: { trade: string; level?: Level; until?: string; verified?: boolean }[]
}

/** An instructor as the stories make her: profile, hours, and qualifications that an operator verified. */
export async function makeTeacher(world: World, wishes: Wishes = {}): Promise<Teacher> {
  const personId = world.id('person')
  const who = actor(personId)
  const { instructor } = await saveMyInstructor(world, {
    actor: who,
    command: fresh('saveMyInstructor'),
    body: { ...profile, ...wishes.profile },
  })
  await saveAvailability(world, { actor: who, command: fresh('saveAvailability'), body: wishes.hours ?? always })
  for (const { trade, level = null, until = null, verified = true } of wishes.qualifications ?? []) {
    const held = await claim(world, who, { trade, level, until })
    if (verified) await decide(world, held, held.qualifications.at(-1)?.id ?? '')
  }
  return { actor: who, personId, instructorId: instructor.id }
}

export const claim = async (
  world: World,
  who: Actor,
  body: { trade: string; level?: Level | null; until?: string | null; proof?: string; fileId?: string },
): Promise<Instructor> =>
  (
    await claimQualification(world, {
      actor: who,
      command: fresh('claimQualification'),
      body: { level: null, until: null, proof: '官网可查', ...body },
    })
  ).instructor

export const decide = (
  world: World,
  { id }: Pick<Instructor, 'id'>,
  qualificationId: string,
  to: 'verified' | 'refused' | 'revoked' = 'verified',
  by = operator,
) =>
  decideQualification(world, {
    actor: by,
    command: fresh('decideQualification'),
    params: { instructorId: id, qualificationId },
    body: { to, reason: '已核对' },
  })

export const find = async (world: World, query: Parameters<typeof findInstructors>[1]['query'], limit = 100) =>
  (await findInstructors(world, { actor: managerOf('prv_70000000000000000000000009'), query, page: { limit, after: undefined } })).items
