import type { ApplicationFacts, DraftVenue } from '@skills/contract/applications.ts'
import type { createClient } from '@skills/contract/client.ts'
import type { FileKind } from '@skills/contract/files.ts'
import { must } from './must.ts'
import { pngOf } from './png.ts'

type Client = ReturnType<typeof createClient>
const operator = 'demo-chen'
/** A day so far away that no demo outlives it, and one near enough to be announced. */
const far = '2099-12-31'

/** Sends an invented paper as a person's phone would: asks, posts the form, has it inspected. Each kind has its own colour, since nobody's paper is copied. */
async function sendPaper(client: Client, kind: FileKind, name: string): Promise<string> {
  const colours: Partial<Record<FileKind, [number, number, number]>> = { licence: [196, 60, 48], 'venue-photo': [120, 170, 190] }
  const bytes = pngOf(640, 420, colours[kind] ?? [222, 214, 196])
  const body = { kind, type: 'image/png' as const, bytes: bytes.length, name }
  const { file, form } = must('asking to upload', await client.call('askUpload', { body }))
  const parts = new FormData()
  for (const [field, value] of Object.entries(form.fields)) parts.append(field, value)
  parts.append('file', new Blob([new Uint8Array(bytes)]), name)
  const sent = await fetch(form.url, { method: 'POST', body: parts })
  await sent.arrayBuffer()
  if (!sent.ok) throw new Error(`the bucket answered ${sent.status}`)
  return must('inspecting a file', await client.call('inspectFile', { params: { fileId: file.id } })).id
}

interface DemoProvider {
  facts: Pick<ApplicationFacts, 'name' | 'about' | 'region' | 'uscc' | 'legalPerson'>
  trades: readonly string[]
  venue: Pick<DraftVenue, 'name' | 'address' | 'rooms'>
}

/** Fills in an application whole and submits it; gives its id and version. */
async function apply(client: Client, of: DemoProvider, providerId?: string): Promise<{ id: string; version: number }> {
  const { application } = must('applying', await client.call('openApplication', { body: providerId === undefined ? {} : { providerId } }))
  const { current } = must('reading the rules', await client.call('listRules', {}))
  const licence = await sendPaper(client, 'licence', '办学许可证（演示）.png')
  const proof = await sendPaper(client, 'scope-proof', '办学范围批复（演示）.png')
  const photo = await sendPaper(client, 'venue-photo', '教室（演示）.png')
  const fire = await sendPaper(client, 'fire-safety', '消防验收（演示）.png')
  const facts: ApplicationFacts = {
    ...of.facts,
    licence: { fileId: licence, until: far },
    scope: of.trades.map((trade) => ({ trade, fileId: proof, until: far })),
    venues: [{ ...of.venue, region: of.facts.region, photos: [photo], fireSafety: { fileId: fire, until: far } }],
    commitments: current.map(({ id }) => id),
  }
  const params = { applicationId: application.id }
  const saved = must('saving', await client.call('saveApplication', { params, body: { version: application.version, facts } }))
  const sent = must('submitting', await client.call('submitApplication', { params, body: { version: saved.application.version } }))
  return { id: application.id, version: sent.application.version }
}

const rooms = [
  { name: '301 机房', capacity: 45, equipment: ['投影', '电脑'] },
  { name: '实训室', capacity: 24, equipment: ['配电柜', '咖啡机'] },
]

/** Once: the evening school of the demo sends its papers and is approved, and somebody new waits in the operator's queue. All of it through the API. */
export async function prepareProviders(
  as: (sub: string) => Client,
  once: (step: string, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await once('provider/night-school', async () => {
    const manager = as('demo-huang')
    const { memberships } = must('asking who one is', await manager.call('getMe', {}))
    const own = memberships.find(({ roles }) => roles.includes('provider:manager'))
    // Without a catalog there is no school to act for.
    if (own === undefined) return
    const params = { providerId: own.organizationId }
    const { items } = must('reading its courses', await manager.call('listProviderCourses', { params, query: { limit: '100' } }))
    const taught = items.flatMap(({ course }) => course.trade ?? [])
    const { id, version } = await apply(
      manager,
      {
        facts: {
          name: own.organizationName,
          about: { zh: '面向一线职工的晚间学校（演示）。', en: 'An evening school for workers (demo).' },
          region: '460100',
          uscc: '52990001MJ0000001B',
          legalPerson: '黄示范',
        },
        trades: [...new Set([...taught, 'low-voltage-electrician', 'barista', 'office-software'])],
        venue: {
          name: { zh: '夜校教学楼（演示）', en: 'Evening school building (demo)' },
          address: { zh: '海口市演示路 1 号', en: '1 Demo Road, Haikou' },
          rooms,
        },
      },
      params.providerId,
    )
    const body = { to: 'approved' as const, reason: '材料齐全，现场核对无误（演示）', version }
    must('approving', await as(operator).call('decideApplication', { params: { applicationId: id }, body }))
  })
  await once('provider/applicant', async () => {
    await apply(as('demo-ye'), {
      facts: {
        name: { zh: '琼崖匠人职业培训学校（演示）', en: 'Qiongya Craftsmen School (demo)' },
        about: { zh: '焊接、登高与电工实训（演示）。', en: 'Welding, height and electrical practice (demo).' },
        region: '460200',
        uscc: '52990001MJ0000002E',
        legalPerson: '叶示范',
      },
      trades: ['low-voltage-electrician', 'fusion-welding'],
      venue: {
        name: { zh: '三亚实训基地（演示）', en: 'Sanya practice centre (demo)' },
        address: { zh: '三亚市演示大道 8 号', en: '8 Demo Avenue, Sanya' },
        rooms,
      },
    })
  })
}
