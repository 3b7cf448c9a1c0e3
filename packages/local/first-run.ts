import { join } from 'node:path'
import { createClient } from '@skills/contract/client.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { Role } from '@skills/contract/route.ts'
import type { CatalogIndex } from '@skills/contract/snapshot.ts'
import type { Cloud } from './cloud.ts'
import { composeDemo } from './demo/compose.ts'
import { prepareInstructors } from './demo-instructors.ts'
import { prepareMoney } from './demo-money.ts'
import { prepareProviders } from './demo-providers.ts'
import { takeDemoSeats } from './demo-learners.ts'
import { demoPeople, type DemoPerson } from './demo-people.ts'
import { must } from './must.ts'
import { readKept, writeKept } from './kept-file.ts'

/** What a first start prepares, so that the demo people can do what their buttons promise. Every step goes through the front door, the API, and is done once; only consents are looked after at each start. */
export async function prepareDemo(cloud: Cloud, say: (zh: string, en: string) => void): Promise<void> {
  const file = join(cloud.dataDir, 'prepared.json')
  const prepared = readKept<string[]>(file, [])
  const once = async (step: string, work: () => Promise<void>) => {
    if (prepared.includes(step)) return
    await work()
    prepared.push(step)
    writeKept(file, prepared)
  }
  const operator = demoPeople.find(({ group }) => group === 'platform') as DemoPerson
  const as = ({ sub }: Pick<DemoPerson, 'sub'>) => createClient({ base: cloud.urls.api, token: () => cloud.tokenFor(sub), language: 'zh' })

  await once('operator', async () => {
    await cloud.invoke('appoint-operator', { subject: operator.sub })
  })
  await once('catalog', async () => {
    say('正在导入演示课程', 'importing the demo catalog')
    // Its dates are relative to the day of the first start, in the zone of the island.
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
    const report = must(
      'importing the demo catalog',
      await as(operator).call('importCatalog', {
        query: { write: 'yes' },
        body: composeDemo(today),
        headers: { 'content-type': 'text/csv' },
      }),
    )
    say(`${report.created} 条新建，${report.rejected} 条未通过`, `${report.created} created, ${report.rejected} rejected`)
  })
  await cloud.drain()
  for (const person of demoPeople) {
    const { membership } = person
    // Without a catalog there is nobody yet to act for.
    if (membership && !organizationOf(cloud, membership.organization)) continue
    if (person.profile) {
      await once(`profile/${person.sub}`, () => fillProfile(as(person), person.profile as NonNullable<DemoPerson['profile']>))
      await renewConsents(as(person))
    }
    if (membership && person !== operator) await once(`membership/${person.sub}`, () => appoint(cloud, as(operator), as(person), person))
  }
  say('演示工会正在拨款', 'the demo union sets money aside')
  await prepareMoney(cloud, (sub) => as({ sub }), once)
  await prepareProviders((sub) => as({ sub }), once)
  await prepareInstructors((sub) => as({ sub }), once)
  await once('learners', async () => {
    say('演示学员正在报名', 'demo learners are claiming seats')
    await takeDemoSeats(
      cloud,
      (sub, profile) => fillProfile(as({ sub }), profile, ['identity']),
      (sub) => as({ sub }),
    )
    await cloud.drain()
  })
}

type Client = ReturnType<typeof createClient>

async function fillProfile(
  client: Client,
  profile: NonNullable<DemoPerson['profile']>,
  purposes = ['identity', 'sms', 'provider-contact'],
): Promise<void> {
  const { consents } = must('reading consents', await client.call('listConsents', {}))
  // Text messages too, so that the mailbox has something to show; and that a provider may look a learner up.
  for (const { purpose, noticeVersion } of consents.filter((consent) => purposes.includes(consent.purpose) && !consent.given)) {
    must('consenting', await client.call('saveConsent', { params: { purpose }, body: { given: true, noticeVersion } }))
  }
  must('saving a profile', await client.call('saveProfile', { body: profile as never }))
}

/**
 * Says yes again, for a person of the demo, to notices whose words have changed since that person agreed: data kept from an older start would
 * otherwise stop every claim. A consent that was withdrawn stays withdrawn.
 */
export async function renewConsents(client: Client): Promise<void> {
  const { consents } = must('reading consents', await client.call('listConsents', {}))
  for (const { purpose, noticeVersion } of consents.filter(
    ({ given, givenVersion, noticeVersion }) => given && givenVersion !== noticeVersion,
  ))
    must('consenting again', await client.call('saveConsent', { params: { purpose }, body: { given: true, noticeVersion } }))
}

async function appoint(cloud: Cloud, operator: Client, self: Client, { membership }: DemoPerson): Promise<void> {
  const { organization, roles } = membership as NonNullable<DemoPerson['membership']>
  const { personId } = must('asking who one is', await self.call('getMe', {}))
  const found = organizationOf(cloud, organization) as Organization
  must(
    'appointing',
    await operator.call('saveMembership', {
      params: { personId, organizationId: found.id },
      body: { organizationName: found.name, roles: roles as Role[] },
    }),
  )
}

type Organization = { id: string; name: { zh: string; en: string } }

/** The platform, an organization of the demo, or a provider as the published catalog has it. */
function organizationOf(cloud: Cloud, wanted: NonNullable<DemoPerson['membership']>['organization']): Organization | undefined {
  if (wanted === 'platform') return { id: platformId, name: { zh: '技能培训超市', en: 'Skills Supermarket' } }
  if (!('provider' in wanted)) return wanted
  const index = readKept<CatalogIndex | undefined>(join(cloud.siteFolder, 'catalog', 'index.json'), undefined)
  return index?.providers.find(({ name }) => name.zh === wanted.provider) ?? index?.providers[0]
}
