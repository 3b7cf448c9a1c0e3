import { platformId } from '@skills/contract/ids.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { noticeStep } from '@skills/core/notices/notice-step.ts'
import { managersAmong, membershipCheck } from '@skills/core/people/members.table.ts'
import { manages, type MembershipItem } from '@skills/core/people/membership.ts'
import type { Step } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

/**
 * What keeps a change by a manager honest, in its own transaction: a manager who stays one is still there as she was read. It is the caller herself, so that who was dismissed meanwhile
 * changes nothing; where she changes her own appointment it is another one, so that of two who leave at once one stays. Refuses `not-found`, `last-manager`.
 */
export function witnessSteps(members: readonly MembershipItem[], by: string, after: { personId: string; manages: boolean }): Step[] {
  const managers = members.filter(manages)
  const caller = managers.find(({ personId }) => personId === by)
  if (caller === undefined) throw new Refusal('not-found')
  if (after.personId !== by) return [membershipCheck(caller)]
  if (after.manages) return []
  const other = managers.find(({ personId }) => personId !== by)
  if (other === undefined) throw new Refusal('last-manager')
  return [membershipCheck(other)]
}

interface Change {
  personId: string
  organizationId: string
  organizationName: Text
  how: 'appointed' | 'changed' | 'ended'
}

/** The notices of a change: to whom it is about, and to everybody who managed the organization before it, so that no appointment is made in silence. Nobody is named in them. */
export function toldOfChange(
  world: World,
  members: readonly MembershipItem[],
  { personId, organizationId, organizationName, how }: Change,
): Step[] {
  const { own, others } = words[how](organizationName)
  const href = consoles[organizationId.slice(0, 3)] ?? '/profile/'
  const managers = organizationId === platformId ? [] : managersAmong(members).filter((one) => one !== personId)
  return [
    noticeStep(world, personId, { ...own, href: how === 'ended' ? '/profile/' : href }),
    ...managers.map((to) => noticeStep(world, to, { ...others, href })),
  ]
}

const consoles: Record<string, string> = {
  prv: '/console/provider/?tab=people',
  spo: '/console/union/?do=people',
  emp: '/console/employer/?do=people',
  plt: '/console/operator/',
}

type Words = Record<'own' | 'others', { title: Text; body: Text }>

const words: Record<Change['how'], (name: Text) => Words> = {
  appointed: (name) => ({
    own: {
      title: { zh: `您可以代表“${name.zh}”了`, en: `You now act for “${name.en}”` },
      body: {
        zh: '您的角色见工作台。如果您不认识这个机构，请联系平台。',
        en: 'Your roles are in the console. If you do not know this organization, tell the platform.',
      },
    },
    others: {
      title: { zh: `“${name.zh}”任命了一位新成员`, en: `Somebody was appointed in “${name.en}”` },
      body: { zh: '谁代表本机构，见工作台的“人员”。', en: 'Who acts for your organization stands under “People” in the console.' },
    },
  }),
  changed: (name) => ({
    own: {
      title: { zh: `您在“${name.zh}”的角色有变动`, en: `Your roles in “${name.en}” were changed` },
      body: { zh: '现在的角色见工作台。', en: 'What they are now stands in the console.' },
    },
    others: {
      title: { zh: `“${name.zh}”有成员的角色变动`, en: `Somebody’s roles in “${name.en}” were changed` },
      body: { zh: '谁代表本机构，见工作台的“人员”。', en: 'Who acts for your organization stands under “People” in the console.' },
    },
  }),
  ended: (name) => ({
    own: {
      title: { zh: `您不再代表“${name.zh}”`, en: `You no longer act for “${name.en}”` },
      body: {
        zh: '任命已经解除。如有疑问，请联系该机构或平台。',
        en: 'Your appointment has ended. If that is a surprise, ask the organization or the platform.',
      },
    },
    others: {
      title: { zh: `“${name.zh}”解除了一位成员的任命`, en: `Somebody’s appointment in “${name.en}” has ended` },
      body: { zh: '谁代表本机构，见工作台的“人员”。', en: 'Who acts for your organization stands under “People” in the console.' },
    },
  }),
}
