import type { Actor, Command } from '@skills/contract/actor.ts'
import type { ProviderStanding } from '@skills/contract/applications.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type * as z from 'zod/mini'
import { checkWords } from '@skills/core/funding/review.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { noticeStep } from '@skills/core/notices/notice-step.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { managersOf } from '@skills/core/people/members.table.ts'
import { closeRegistrations } from '@skills/core/provider/close-registrations.ts'
import { readRuleTexts } from '@skills/core/provider/rule-text.table.ts'
import { rulesOn } from '@skills/core/provider/rule-texts.ts'
import { licenceOver } from '@skills/core/provider/standing-ends.ts'
import type { Standing } from '@skills/core/provider/standing.ts'
import { conductCheck, readConduct } from '@skills/core/quality/conduct.table.ts'
import { isClosedBySanction, mustBeFree } from '@skills/core/quality/conduct.ts'
import { readStanding, standingSteps } from '@skills/core/provider/standing.table.ts'
import { readItem } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

type Shown = z.input<typeof ProviderStanding>

async function shown(world: World, standing: Standing): Promise<Shown> {
  const { current, announced } = rulesOn(await readRuleTexts(world.table), world.now())
  const { providerId, state, reason, licenceUntil, scope, venues = [], accepted, version } = standing
  const toAccept = current.filter(({ id }) => !accepted.includes(id))
  return { providerId, state, reason, licenceUntil, scope, venues, toAccept, announced, version }
}

interface Read {
  actor: Actor
  params: { providerId: string }
}

/** Where a provider stands, for whoever acts for it and for operators; null where it was never approved. Refuses `not-found`. */
export async function getStanding(world: World, { actor, params }: Read): Promise<{ standing: Shown | null }> {
  const { providerId } = params
  const known = await readItem(world.table, keys.provider.key(providerId))
  if (known === undefined || !mayAct(actor, providerId, ['provider:manager', 'provider:registrar'])) throw new Refusal('not-found')
  const standing = await readStanding(world.table, providerId)
  return { standing: standing === undefined ? null : await shown(world, standing) }
}

interface Step {
  actor: Actor
  command: Command
  params: { providerId: string }
  body: { to: Standing['state']; reason: string }
}

const words = {
  suspended: {
    title: { zh: '机构已被暂停', en: 'Your provider was suspended' },
    body: (reason: string) => ({
      zh: `原因：${reason}。暂停期间不能发布新的期次，正在报名的期次停止报名；已报名的学员照常上课。处理完请联系平台申请恢复。`,
      en: `The reason: ${reason}. No run can be published meanwhile and open registrations close; whoever is enrolled is taught as planned. Ask the platform to reinstate you once it is settled.`,
    }),
  },
  approved: {
    title: { zh: '机构已恢复', en: 'Your provider was reinstated' },
    body: (reason: string) => ({
      zh: `平台意见：${reason}。可以继续发布期次；停止的报名请在期次里重新开放。`,
      en: `The platform says: ${reason}. You can publish runs again; registrations that were closed are opened again at each run.`,
    }),
  },
}

/**
 * An operator suspends a provider or reinstates it; nobody steps a provider of her own. People who are enrolled keep their seats. Refuses `not-found`, `forbidden`,
 * `illegal-transition` where it stands so already, `provider-sanctioned` where a sanction keeps it suspended, `validation-failed`.
 */
export async function stepStanding(world: World, { actor, command, params, body }: Step): Promise<{ standing: Shown }> {
  checkWords(body.reason, '#/reason')
  const { providerId } = params
  if (actor.memberships.some(({ organizationId }) => organizationId === providerId)) throw new Refusal('forbidden')
  const standing = await untilDone(world, command, async () => {
    const before = await readStanding(world.table, providerId)
    if (before === undefined) throw new Refusal('not-found')
    if (before.state === body.to)
      throw new Refusal('illegal-transition', { current: before.state, allowed: [body.to === 'approved' ? 'suspended' : 'approved'] })
    const now = world.now()
    // What a sanction suspended, its end or an appeal alone reinstates.
    const conduct = await readConduct(world.table, providerId)
    if (body.to === 'approved' && isClosedBySanction(conduct, now)) mustBeFree(conduct, now)
    const blocked = body.to === 'suspended' || licenceOver(before, now)
    const after: Standing = {
      ...before,
      state: body.to,
      reason: body.to === 'suspended' ? body.reason : null,
      blockedSince: blocked ? now : null,
      sanctionId: null,
    }
    const { title, body: says } = words[body.to]
    const hear = await managersOf(world.table, providerId)
    const told = hear.map((to) => noticeStep(world, to, { title, body: says(body.reason), href: '/console/provider/' }))
    const change = { before, after, action: `step to ${body.to}`, by: actor.personId }
    return transact(
      world,
      command,
      [...standingSteps(world, command, change), conductCheck(providerId, conduct), ...told],
      await shown(world, after),
    )
  })
  // What dies here is done by the sweep: a blocked provider stays due.
  if (standing.state === 'suspended') await closeRegistrations(world, providerId, actor.personId)
  return { standing }
}

interface Accept {
  actor: Actor
  command: Command
  params: { providerId: string }
  body: { ruleTextId: string }
}

/** A manager accepts a rule that holds, for her provider. Refuses `not-found` for any other rule or provider. */
export async function acceptRule(world: World, { actor, command, params, body }: Accept): Promise<{ standing: Shown }> {
  const standing = await untilDone(world, command, async () => {
    const before = mayAct(actor, params.providerId, ['provider:manager']) ? await readStanding(world.table, params.providerId) : undefined
    const { current } = rulesOn(await readRuleTexts(world.table), world.now())
    if (before === undefined || !current.some(({ id }) => id === body.ruleTextId)) throw new Refusal('not-found')
    const holds = new Set(current.map(({ id }) => id))
    const after: Standing = { ...before, accepted: [...new Set([...before.accepted.filter((id) => holds.has(id)), body.ruleTextId])] }
    const change = { before, after, action: `accept ${body.ruleTextId}`, by: actor.personId }
    return transact(world, command, standingSteps(world, command, change), await shown(world, after))
  })
  return { standing }
}
