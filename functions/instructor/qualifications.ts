import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { Instructor, Qualification } from '@skills/contract/instructor.ts'
import type { ClaimedQualification } from '@skills/contract/instructors.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { acceptedFile } from '@skills/core/files/file.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { cardOf } from '@skills/core/instructor/instructor.ts'
import { instructorSteps, readInstructor, readInstructors, teacherStep, writeInstructor } from '@skills/core/instructor/instructor.table.ts'
import { decisionNotice, withClaim, withDecision } from '@skills/core/instructor/qualification.ts'
import { unqualifiedSteps } from '@skills/core/instructor/unqualified.ts'
import { keys } from '@skills/core/keys.ts'
import { noticeStep } from '@skills/core/notices/notice-step.ts'
import { readRange } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { ownInstructor } from './own-instructor.ts'

interface Claim {
  actor: Actor
  command: Command
  body: Pick<Qualification, 'trade' | 'level' | 'proof' | 'until'> & { fileId?: string | null | undefined }
}

/** Claims a qualification for the caller, to be verified by an operator, with a scan of the proof where she sent one. Refuses `no-instructor`, `file-not-accepted`, `validation-failed`. */
export async function claimQualification(world: World, { actor, command, body }: Claim): Promise<{ instructor: Instructor }> {
  const { tradeOf } = await import('@skills/core/catalog/taxonomy.ts')
  const instructor = await untilDone(world, command, async () => {
    const before = await ownInstructor(world, actor)
    const id = world.id('qualification')
    const fileId = body.fileId ?? null
    if (fileId !== null) await acceptedFile(world, { fileId, personId: actor.personId, kinds: ['qualification-proof'] })
    const after = withClaim(before.instructor, { id, ...body, fileId }, tradeOf(body.trade)?.code === body.trade, world.now())
    const item = { ...keys.claimedQualification.key(id), instructorId: after.id, qualificationId: id, at: world.now() }
    const change = { before, personId: actor.personId, instructor: after, action: 'claim-qualification', by: actor.personId }
    return writeInstructor(world, command, change, [teacherStep(body.trade, after.id), { name: 'claimed', put: { item } }])
  })
  return { instructor }
}

interface Drop {
  actor: Actor
  command: Command
  params: { qualificationId: string }
}

/** Takes a qualification of the caller's down; what she has accepted stays hers to teach or to give back. Refuses `not-found`. */
export async function dropQualification(world: World, { actor, command, params }: Drop): Promise<{ instructor: Instructor }> {
  const { qualificationId } = params
  const instructor = await untilDone(world, command, async () => {
    const before = await ownInstructor(world, actor).catch(() => undefined)
    const qualifications = before?.instructor.qualifications.filter(({ id }) => id !== qualificationId)
    if (before === undefined || qualifications?.length === before.instructor.qualifications.length) throw new Refusal('not-found')
    const after = { ...before.instructor, qualifications: qualifications ?? [] }
    const change = { before, personId: actor.personId, instructor: after, action: 'drop-qualification', by: actor.personId }
    return writeInstructor(world, command, change, [{ name: 'claimed', remove: { key: keys.claimedQualification.key(qualificationId) } }])
  })
  return { instructor }
}

/** Qualifications that wait for an operator, the longest waiting first, a page at a time. */
export async function listQualifications(
  world: World,
  { page }: { page: Page },
): Promise<{ items: ClaimedQualification[]; next: string | null }> {
  const { pk } = keys.claimedQualification.key('')
  const lines = await readRange(world.table, { pk, after: page.after, limit: page.limit })
  const items = await readInstructors(
    world.table,
    lines.map((line) => line['instructorId'] as string),
  )
  const found = lines.flatMap((line, place): ClaimedQualification[] => {
    const { instructor, personId } = items[place] ?? {}
    const qualification = instructor?.qualifications.find(({ id, state }) => id === line['qualificationId'] && state === 'claimed')
    return instructor === undefined || personId === undefined || qualification === undefined
      ? []
      : [{ personId, instructor: cardOf(instructor, dateAt(world.now())), qualification }]
  })
  return { items: found, next: lines.length < page.limit ? null : (lines.at(-1)?.sk ?? null) }
}

interface Decide {
  actor: Actor
  command: Command
  params: { instructorId: string; qualificationId: string }
  body: { to: 'verified' | 'refused' | 'revoked'; reason: string }
}

/**
 * An operator verifies or refuses a qualification, or revokes one that was verified; nobody decides her own. Its instructor is told in the same transaction, and where it was revoked also who
 * asked her for meetings to come that need it. Refuses `not-found`, `forbidden`, `illegal-transition`, `validation-failed`.
 */
export async function decideQualification(world: World, { actor, command, params, body }: Decide): Promise<Qualification> {
  return untilDone(world, command, async () => {
    const before = await readInstructor(world.table, params.instructorId)
    if (before === undefined) throw new Refusal('not-found')
    if (before.personId === actor.personId) throw new Refusal('forbidden')
    const { tradeOf } = await import('@skills/core/catalog/taxonomy.ts')
    const { instructor, qualification } = withDecision(before.instructor, params.qualificationId, body, world.now())
    const change = { before, personId: before.personId, instructor, action: `${body.to}: ${qualification.id}`, by: actor.personId }
    const done = { name: 'claimed', remove: { key: keys.claimedQualification.key(qualification.id) } }
    const told = noticeStep(world, before.personId, decisionNotice(qualification, tradeOf(qualification.trade)?.name))
    const askers = body.to === 'revoked' ? await unqualifiedSteps(world, instructor) : []
    return transact(world, command, [...instructorSteps(world, command, change), done, told, ...askers], qualification)
  })
}
