import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { Run } from '@skills/contract/catalog.ts'
import type { Complaint, ComplaintKind, Sanction } from '@skills/contract/quality.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import { createCourse, createProvider } from '@skills/core/catalog/course.table.ts'
import { createRun, readRun } from '@skills/core/catalog/run.table.ts'
import { instantOf } from '@skills/contract/time.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import { rulesOn } from '@skills/core/provider/rule-texts.ts'
import { standingSteps } from '@skills/core/provider/standing.table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { raiseComplaint } from '@skills/functions/quality/complain.ts'
import { appealSanction } from '@skills/functions/quality/own-sanctions.ts'
import { confirmSanction, decideAppeal, proposeSanction, withdrawSanction } from '@skills/functions/quality/sanction-cases.ts'
import { actor, command, makePeople, quoteSecret } from '../enrollment/claim-scene.ts'

let said = 0
/** A command that no other of this run is. */
export const fresh = (route: Parameters<typeof command>[2] = 'raiseComplaint') => command(`quality-${(said += 1)}`, 'asked', route)

/** What a story came to: `done`, or the code of its refusal. */
export const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error as Error)),
  )

export const operatorOf = (world: World): Actor => ({
  personId: world.id('person'),
  memberships: [{ organizationId: platformId, roles: ['platform:operator'] }],
})

export interface School {
  providerId: string
  manager: Actor
  courseId: string
}

let schools = 0

/** An approved provider with a course that is public; its manager is who hears for it. */
export async function makeSchool(world: World, { approved = true } = {}): Promise<School> {
  const providerId = world.id('provider')
  const personId = world.id('person')
  const name = { zh: `示范夜校${(schools += 1)}`, en: `Night school ${schools}` }
  const provider = { id: providerId, code: `Q${schools}`, name, about: name, region: '460100' }
  const by = { by: 'system:test', action: 'create' }
  await createProvider(world, provider, by)
  const courseId = world.id('course')
  const course = {
    ...{ id: courseId, code: 'C1', providerId, title: name, summary: name, outcomes: [], audience: name, industry: 'modern-services' },
    ...{ trade: null, level: null, family: 'training-completion' as const, delivery: 'classroom' as const, languages: ['zh' as const] },
    ...{ theoryHours: 2, practiceHours: 0, feeFen: 0, conditions: [], images: [], state: 'published' as const },
  }
  await createCourse(world, course, provider, by)
  const after = {
    ...{ providerId, state: 'approved' as const, scope: [], licenceUntil: null, reason: null, personId },
    ...{ accepted: rulesOn([], world.now()).current.map(({ id }) => id), told: [] },
  }
  if (approved)
    await transact(
      world,
      undefined,
      standingSteps(world, undefined, { before: undefined, after, action: 'approve', by: 'system:test' }),
      null,
    )
  const roles: Role[] = ['provider:manager']
  const membership = { organizationId: providerId, organizationName: name, roles }
  await writeMembership(world, undefined, 'system:test', personId, membership, undefined)
  return { providerId, courseId, manager: { personId, memberships: [{ organizationId: providerId, roles }] } }
}

/** A run of a school, on one evening; registration is open unless it says otherwise. */
export async function makeRun(world: World, { providerId, courseId }: School, wishes: Partial<Run> & { date?: string } = {}): Promise<Run> {
  const { date = '2026-12-20', ...more } = wishes
  const id = world.id('run')
  const name = { zh: '第一期', en: 'First run' }
  const meeting = { id: world.id('meeting'), kind: 'classroom' as const, venueId: null, room: null }
  const run: Run = {
    ...{ id, code: id.slice(-8), courseId, providerId, name, state: 'registration-open', capacity: 30, priceFen: 0, cancelUntilMinutes: 0 },
    ...{ opensAt: instantOf('2026-11-20', '09:00'), closesAt: instantOf(date, '17:00'), region: '460100', venueId: null },
    meetings: [{ ...meeting, startsAt: instantOf(date, '18:30'), endsAt: instantOf(date, '20:30') }],
    ...more,
  }
  const copies = {
    title: name,
    providerName: name,
    venue: null,
    conditions: [],
    family: 'training-completion',
    trade: null,
    level: null,
  } as const
  const outcome = await createRun(world, run, { ...copies, conditions: [] }, providerId, { by: 'system:test', action: 'create' })
  if ('failed' in outcome) throw new Error(outcome.failed)
  return run
}

/** Somebody with a seat in a run. */
export async function seated(world: World, runId: string): Promise<{ actor: Actor; enrollmentId: string }> {
  const [personId = ''] = await makePeople(world, 1)
  const claim = { actor: actor(personId), command: fresh('claimSeat'), params: { runId }, body: {} }
  const { id } = await claimSeat({ world, memory: seatMemory(world), quoteSecret }, claim)
  return { actor: actor(personId), enrollmentId: id }
}

/** A complaint of somebody with a seat. */
export async function complain(
  world: World,
  by: { actor: Actor; enrollmentId: string },
  more: { kind?: ComplaintKind; text?: string; nameShown?: boolean } = {},
): Promise<Complaint> {
  const { kind = 'teaching', text = '连续两次提前半小时下课。', nameShown = false } = more
  const body = { enrollmentId: by.enrollmentId, kind, text, nameShown, fileId: null }
  return (await raiseComplaint(world, { actor: by.actor, command: fresh(), body })).complaint
}

export interface Bench {
  first: Actor
  second: Actor
  third: Actor
}

/** Three operators. */
export const bench = (world: World): Bench => ({ first: operatorOf(world), second: operatorOf(world), third: operatorOf(world) })

type Proposal = Parameters<typeof proposeSanction>[1]['body']

/** A proposal by the first operator, on a rule of the house. */
export async function propose(world: World, { first }: Bench, { providerId }: School, more: Partial<Proposal> = {}): Promise<Sanction> {
  const rule = rulesOn([], world.now()).current[0]
  const grade = more.grade ?? 'no-new-runs'
  const body: Proposal = {
    ...{ grade, reason: '两件投诉成立，没有整改', complaintIds: [], ruleTextId: rule?.id ?? '', clause: '课程如实公布', atOnce: null },
    days: grade === 'warning' || grade === 'removal' ? null : 30,
    ...more,
  }
  return (await proposeSanction(world, { actor: first, command: fresh(), params: { providerId }, body })).sanction
}

export const confirm = async (world: World, by: Actor, { id, version }: Sanction) =>
  (await confirmSanction(world, { actor: by, command: fresh(), params: { sanctionId: id }, body: { version } })).sanction
export const withdraw = async (world: World, by: Actor, { id }: Sanction) =>
  (await withdrawSanction(world, { actor: by, command: fresh(), params: { sanctionId: id }, body: { reason: '已整改' } })).sanction
export const appeal = async (world: World, { manager }: School, { id }: Sanction) =>
  (await appealSanction(world, { actor: manager, command: fresh(), params: { sanctionId: id }, body: { text: '已补课并退费' } })).sanction
export const decide = async (
  world: World,
  by: Actor,
  { id, version }: Sanction,
  outcome: 'kept' | 'shortened' | 'lifted',
  days: number | null = null,
) =>
  (
    await decideAppeal(world, {
      actor: by,
      command: fresh(),
      params: { sanctionId: id },
      body: { outcome, days, reason: '申诉有理', version },
    })
  ).sanction

export const stateOf = async (world: World, runId: string) => (await readRun(world.table, runId))?.run.state
export const titlesOf = async (world: World, { personId }: Actor) => (await latestNotices(world, personId)).map(({ title }) => title.zh)
