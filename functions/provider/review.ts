import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { Application, ApplicationCase, ApplicationLine } from '@skills/contract/applications.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import type * as z from 'zod/mini'
import { checkWords } from '@skills/core/funding/review.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { noticeStep } from '@skills/core/notices/notice-step.ts'
import { faultsOf, type ApplicationItem } from '@skills/core/provider/application.ts'
import {
  likenessesOf,
  readApplication,
  shownApplication,
  waitingApplications,
  writeApplication,
} from '@skills/core/provider/application.table.ts'
import { approvalSteps } from '@skills/core/provider/approve-application.ts'
import { mustBeOnly, readRenewal, renewalSteps } from '@skills/core/provider/renewal.table.ts'
import type { World } from '@skills/core/world.ts'
import { knownOf } from './known.ts'

/** Applications that wait for an operator, the longest waiting first. */
export async function listApplications(world: World, { page }: { page: Page }): Promise<{ items: ApplicationLine[]; next: string | null }> {
  return waitingApplications(world.table, page, world.now())
}

/** Everything an operator decides on: facts, files, what is like it, what is missing today. A draft is its applicant's alone. Refuses `not-found`. */
export async function getApplication(
  world: World,
  { params }: { params: { applicationId: string } },
): Promise<z.input<typeof ApplicationCase>> {
  const item = await readApplication(world.table, params.applicationId)
  if (item === undefined || item.application.submittedAt === null) throw new Refusal('not-found')
  const [known, likenesses] = await Promise.all([knownOf(world, item.personId), likenessesOf(world.table, item)])
  const named = new Set(fileIdsOf(item))
  return {
    application: shownApplication(item),
    personId: item.personId,
    files: [...known.files.values()].filter(({ id }) => named.has(id)),
    likenesses,
    faults: faultsOf(item.application.facts, known),
  }
}

function fileIdsOf({ application: { facts } }: ApplicationItem): string[] {
  const { licence, scope, venues } = facts
  return [
    ...(licence === null ? [] : [licence.fileId]),
    ...scope.flatMap(({ fileId }) => fileId ?? []),
    ...venues.flatMap(({ photos, fireSafety }) => [...photos, ...(fireSafety === null ? [] : [fireSafety.fileId])]),
  ]
}

const words: Record<'approved' | 'more-asked' | 'refused', { title: Text; body: (reason: string) => Text; href: string }> = {
  approved: {
    title: { zh: '入驻申请已通过', en: 'Your application was approved' },
    body: (reason) => ({
      zh: `您的机构可以排课和发布了。审核意见：${reason}`,
      en: `Your provider can plan and publish runs now. The reviewer says: ${reason}`,
    }),
    href: '/console/provider/',
  },
  'more-asked': {
    title: { zh: '入驻申请需要补充', en: 'Your application needs more' },
    body: (reason) => ({ zh: `请补充后再次提交：${reason}`, en: `Please add this and submit it again: ${reason}` }),
    href: '/apply/',
  },
  refused: {
    title: { zh: '入驻申请没有通过', en: 'Your application was refused' },
    body: (reason) => ({
      zh: `原因：${reason}。情况有变化时可以重新申请。`,
      en: `The reason: ${reason}. When things have changed, you can apply anew.`,
    }),
    href: '/apply/',
  },
}

interface Decide {
  actor: Actor
  command: Command
  params: { applicationId: string }
  body: { to: 'approved' | 'more-asked' | 'refused'; reason: string; version: number }
}

/**
 * An operator decides an application that was submitted, never her own. An approval makes provider, venues, standing and membership in the same transaction; the applicant is told in it.
 * Refuses `not-found`, `forbidden`, `version-conflict`, `illegal-transition`, `validation-failed` (also where something expired meanwhile), `provider-exists`, and for a provider that is known already `applicant-not-manager` and `application-open` unless it refuses the application.
 */
export async function decideApplication(world: World, { actor, command, params, body }: Decide): Promise<{ application: Application }> {
  checkWords(body.reason, '#/reason')
  const application = await untilDone(world, command, async () => {
    const before = await readApplication(world.table, params.applicationId)
    if (before === undefined || before.application.submittedAt === null) throw new Refusal('not-found')
    if (before.personId === actor.personId) throw new Refusal('forbidden')
    if (before.application.state !== 'submitted')
      throw new Refusal('illegal-transition', { current: before.application.state, allowed: [] })
    if (before.version !== body.version) throw new Refusal('version-conflict')
    const { personId } = before
    if (body.to === 'approved') {
      const errors = faultsOf(before.application.facts, await knownOf(world, personId))
      if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
    }
    const application: ApplicationItem['application'] = {
      ...before.application,
      state: body.to,
      answers: [...before.application.answers, { at: world.now(), to: body.to, reason: body.reason }],
    }
    let renewal = await readRenewal(world, personId, before.application)
    if (renewal !== undefined && body.to !== 'refused') {
      if (renewal.manager === undefined) throw new Refusal('applicant-not-manager')
      renewal = await mustBeOnly(world, before.application.id, renewal)
    }
    const made = body.to === 'approved' ? await approvalSteps(world, command, before, actor.personId) : []
    const { title, body: says, href } = words[body.to]
    const told = noticeStep(world, personId, { title, body: says(body.reason), href })
    const change = { before, personId, application, action: body.to, by: actor.personId }
    const outcome = await writeApplication(world, command, change, [...made, ...renewalSteps(application, renewal), told])
    if ('failed' in outcome && outcome.failed === 'uscc') throw new Refusal('provider-exists', { uscc: application.facts.uscc })
    return outcome
  })
  return { application }
}
