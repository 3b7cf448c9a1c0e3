import type { RuleText } from '@skills/contract/applications.ts'
import type { Text } from '@skills/contract/text.ts'
import { managersOf } from '../people/members.table.ts'
import { noticeStep } from '../notices/notice-step.ts'
import { transact } from '../transact.ts'
import { untilDone } from '../funding/until-done.ts'
import type { World } from '../world.ts'
import { closeRegistrations } from './close-registrations.ts'
import { dueReminders, licenceOver, unsafeVenues, type End } from './standing-ends.ts'
import type { Standing } from './standing.ts'
import { readStanding, standingSteps } from './standing.table.ts'

interface Words {
  title: Text
  body: Text
}

/** What is said of a venue's proof: the licence closes everything, this only what is taught there. */
function venueWords(venue: Text, { until, days }: Pick<End, 'until'> & { days: number }): Words {
  const name = { zh: `场地“${venue.zh}”的消防安全证明`, en: `The fire-safety proof of “${venue.en}”` }
  if (days > 0)
    return {
      title: { zh: `${name.zh}将在 ${days} 天内到期`, en: `${name.en} ends within ${days} days` },
      body: {
        zh: `${name.zh} ${until} 到期。请提交新的证明；到期后不能发布在这里上课的期次，并停止报名。`,
        en: `${name.en} ends on ${until}. Send a new one; after that no run that meets there can be published and registration closes.`,
      },
    }
  return {
    title: { zh: `${name.zh}已到期`, en: `${name.en} has ended` },
    body: {
      zh: `${name.zh} ${until} 到期。在这里上课的期次已停止报名。已报名的学员请改到安全的教室，或尽快提交新的证明。`,
      en: `${name.en} ended on ${until}. Registration of runs that meet there is closed. Move those who are enrolled to a safe room, or send a new proof soon.`,
    },
  }
}

function reminderWords({ what, until, days }: End & { days: number }, standing: Standing, tradeName: (code: string) => Text): Words {
  const venue = standing.venues?.find(({ venueId }) => venueId === what)
  if (venue !== undefined) return venueWords(venue.name, { until, days })
  const licence = what === 'licence'
  const name = licence
    ? { zh: '办学许可', en: 'Your licence' }
    : { zh: `“${tradeName(what).zh}”办学范围`, en: `Your scope for “${tradeName(what).en}”` }
  if (days > 0)
    return {
      title: { zh: `${name.zh}将在 ${days} 天内到期`, en: `${name.en} ends within ${days} days` },
      body: {
        zh: `${name.zh} ${until} 到期。请在工作台提交新的证明；到期后不能发布${licence ? '新的期次，并停止报名' : '这个工种的期次'}。`,
        en: `${name.en} ends on ${until}. Send the new proof in the console; after that ${licence ? 'nothing new can be published and registration closes' : 'no run of this trade can be published'}.`,
      },
    }
  return {
    title: { zh: `${name.zh}已到期`, en: `${name.en} has ended` },
    body: {
      zh: licence
        ? `办学许可 ${until} 到期。现在不能发布新的期次，正在报名的期次已停止报名；已报名的学员照常上课，请安排好。`
        : `${name.zh} ${until} 到期，不能再发布这个工种的期次；已报名的学员照常上课。`,
      en: licence
        ? `Your licence ended on ${until}. Nothing new can be published and open registrations are closed; whoever is enrolled is taught as planned.`
        : `${name.en} ended on ${until}. No more runs of this trade can be published; whoever is enrolled is taught as planned.`,
    },
  }
}

/** How many notices one look writes. */
const mostNotices = 80

/**
 * Looks at a standing whose time has come: tells everybody who manages the provider what ends, once for each step, and keeps registration closed where nothing may be offered. Where a venue's proof is over the runs that
 * still meet there are closed before it is written down that somebody looked, so that what dies on the way is done by the next look. Out: how many notices it wrote.
 */
export async function lookAtStanding(world: World, providerId: string, by: string, tradeName: (code: string) => Text): Promise<number> {
  const found = await readStanding(world.table, providerId)
  const unsafe = found === undefined ? [] : unsafeVenues(found, world.now())
  if (unsafe.length > 0)
    await closeRegistrations(world, providerId, by, ({ meetings }) =>
      meetings.some(({ venueId, endsAt }) => venueId !== null && unsafe.includes(venueId) && endsAt > world.now()),
    )
  const { told, blocked } = await untilDone<{ told: number; blocked: boolean }>(world, undefined, async () => {
    const before = await readStanding(world.table, providerId)
    if (before === undefined) return { answer: { told: 0, blocked: false }, replayed: false }
    const now = world.now()
    const { reminders, told } = dueReminders(before, now)
    const hear = await managersOf(world.table, providerId)
    // One transaction holds a hundred actions: what does not fit is told by the next look, which is due at once.
    const fits = reminders.slice(0, Math.floor(mostNotices / Math.max(1, hear.length)))
    const later = reminders.slice(fits.length).map(({ what, until }) => `${what}@${until}@`)
    const settled = told.filter((mark) => before.told.includes(mark) || !later.some((begins) => mark.startsWith(begins)))
    const blocked = before.state === 'suspended' || licenceOver(before, now)
    // An earlier instant than now: the next look is half an hour away, and this one closes what is open.
    const blockedSince = blocked ? (before.blockedSince ?? before.licenceUntil) : null
    const rules = before.told.filter((mark) => mark.startsWith('rul_'))
    const after: Standing = { ...before, told: [...rules, ...settled], blockedSince }
    const notices = fits.flatMap((end) =>
      hear.map((to) => noticeStep(world, to, { ...reminderWords(end, before, tradeName), href: '/console/provider/' })),
    )
    const steps = standingSteps(world, undefined, { before, after, action: 'look', by })
    return transact(world, undefined, [...steps, ...notices], { told: notices.length, blocked })
  })
  if (blocked) await closeRegistrations(world, providerId, by)
  return told
}

/** Tells one provider of a rule that was announced; once, whoever asks again. */
export async function tellRule(world: World, providerId: string, rule: RuleText, by: string): Promise<boolean> {
  return untilDone(world, undefined, async () => {
    const before = await readStanding(world.table, providerId)
    if (before === undefined || before.told.includes(rule.id)) return { answer: false, replayed: false }
    const says = {
      title: { zh: `规则变更公告：${rule.title.zh}`, en: `A change of rules: ${rule.title.en}` },
      body: {
        zh: `新规则自 ${rule.from} 起施行，全文见机构工作台。施行之日起请重新确认。不同意的，可以在施行前申请退出，已有学员按原规则处理。`,
        en: `The new rule holds from ${rule.from}; its text is in the provider console, where you accept it from that day. Who does not agree can leave before it, under the rule as it was.`,
      },
      href: '/console/provider/',
    }
    const told = (await managersOf(world.table, providerId)).map((to) => noticeStep(world, to, says))
    // Only the latest rules: a rule that everybody was told of is looked at no more.
    const rules = before.told.filter((mark) => mark.startsWith('rul_')).slice(-20)
    const after: Standing = { ...before, told: [...before.told.filter((mark) => !mark.startsWith('rul_')), ...rules, rule.id] }
    const steps = standingSteps(world, undefined, { before, after, action: `told of ${rule.id}`, by })
    return transact(world, undefined, [...steps, ...told], true)
  })
}
